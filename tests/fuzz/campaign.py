"""``python -m tests.fuzz.campaign``: try very many inputs, keep those that break something.

A campaign is cut into rounds of ``ROUND`` inputs with a seed each, because Hypothesis remembers all
that one round tried. The same seed gives the same inputs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
import time
import traceback
import warnings
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import HypothesisWarning

from tests.figures.records import Figure, begun, called
from tests.fuzz.targets import TARGETS, Target

CORPUS = Path(__file__).parent / "corpus"
ROUND = 5_000
"""Inputs of one round."""


def attempt(target: Target, count: int, number: int) -> int:
    """Try so many inputs, shrink what fails and raise it; how many were tried."""
    tried = 0

    @seed(number)
    @settings(
        max_examples=count,
        database=None,
        deadline=None,
        phases=[Phase.generate, Phase.shrink],
        suppress_health_check=list(HealthCheck),
    )
    @given(target.inputs)
    def run(value: Any) -> None:
        nonlocal tried
        tried += 1
        failed.value = value
        target.holds(value)

    failed = _Last()
    try:
        run()
    except Exception as error:
        error.add_note(f"input: {failed.value!r}")
        error.input = failed.value  # type: ignore[attr-defined]
        raise
    return tried


class _Last:
    """What was tried last: after a failure, Hypothesis' smallest example."""

    value: Any = None


def kept(name: str) -> list[Any]:
    """The inputs of a target that once broke something, or stand for a kind of trouble."""
    return [decoded(path.read_text("utf-8")) for path in sorted(CORPUS.glob(f"{name}-*.json"))]


def encoded(value: Any) -> str:
    """An input as JSON; bytes as {"base64": …}, tuples as lists."""
    return json.dumps(
        value, ensure_ascii=True, default=lambda data: {"base64": b64encode(data).decode()}
    )


def decoded(text: str) -> Any:
    """The input again."""
    return json.loads(
        text, object_hook=lambda one: b64decode(one["base64"]) if set(one) == {"base64"} else one
    )


def main() -> int:
    """Run rounds until the inputs or the minutes are used up; 1 when something broke."""
    options = _options()
    measuring = begun(called("fuzz", sys.argv[1:]))
    warnings.simplefilter("ignore", HypothesisWarning)  # that a strategy has a long name
    ends = time.monotonic() + options.minutes * 60
    tried, broken = dict.fromkeys(TARGETS, 0), 0
    for name, target in TARGETS.items():
        for value in kept(name):
            target.holds(value)
            tried[name] += 1
    number = options.seed
    while sum(tried.values()) < options.inputs and time.monotonic() < ends:
        for name in options.only or TARGETS:
            count = ROUND * TARGETS[name].share // 1_000
            try:
                tried[name] += attempt(TARGETS[name], count, number)
            except Exception as error:
                broken += 1
                _keep(name, getattr(error, "input", None))
                traceback.print_exc()
        number += 1
        _tell(tried, broken)
    if not options.only:  # then it says nothing of the rest
        counts = f"{_counts(tried)}; seeds {options.seed} to {number - 1}"
        measuring.record(
            [Figure("fuzz-inputs", sum(tried.values()), counts), Figure("fuzz-broken", broken)]
        )
    return 1 if broken else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--inputs", type=int, default=1_000_000)
    parser.add_argument("--minutes", type=float, default=600)
    parser.add_argument("--seed", type=int, default=1, help="of the first round")
    parser.add_argument("--only", nargs="*", choices=TARGETS)
    return parser.parse_args()


def _keep(name: str, value: Any) -> None:
    text = encoded(value)
    digest = hashlib.sha256(text.encode()).hexdigest()[:12]
    (CORPUS / f"{name}-{digest}.json").write_text(text + "\n", "utf-8")


def _tell(tried: dict[str, int], broken: int) -> None:
    sys.stdout.write(f"{sum(tried.values()):,} inputs ({_counts(tried)}), {broken} broken\n")
    sys.stdout.flush()


def _counts(tried: dict[str, int]) -> str:
    return ", ".join(f"{name} {count:,}" for name, count in tried.items())


if __name__ == "__main__":
    sys.exit(main())
