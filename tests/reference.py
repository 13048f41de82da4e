"""``python -m tests.reference``: write docs/rules/, docs/commands.md and the man page anew.

The pages are made of what the program itself holds: the rules and their words, the broken sites
with their exact reports, the parser. tests/test_docs.py compares them with what is committed.
"""

import argparse
import json
import re
import shutil
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from overdue_guide import arguments, cli, policy, schemas
from overdue_guide.problems import FIXED, RULES, SetupError
from overdue_guide.wording import wording
from tests import manual
from tests.broken_sites import ROOT as BROKEN

DOCS = Path(__file__).parent.parent / "docs"
WORDS = wording("en")
MADE = "<!-- Made by `make docs`; change the catalogue or the broken site instead. -->\n\n"

_PLACE = re.compile(r"^(content/[^:\n]+):(\d+):\d+: ", re.MULTILINE)
_FILES = 3
"""Files of a bad example that are shown; the report below them names all."""
_WHOLE, _AROUND, _WIDTH = 30, 3, 100


def pages() -> Mapping[str, str]:
    """Path below docs/ → text of every page that is made."""
    return {
        "rules/index.md": _index(),
        **{f"rules/{rule}.md": _rule(rule) for rule in RULES},
        "commands.md": _commands(),
        **{f"schemas/{kind}.json": _schema(kind) for kind in arguments.SCHEMAS},
        "overdue-guide.1": _manual(),
        "nginx/policy.conf": policy.nginx_map(),
        "nginx/headers.conf": policy.nginx_headers(),
    }


def _schema(kind: str) -> str:
    return json.dumps(schemas.schema(kind), ensure_ascii=False, indent=2) + "\n"


def _index() -> str:
    rows = "".join(
        f"| [{rule}]({rule}.md) | {severity.value} | {'no' if rule in FIXED else 'yes'} "
        f"| {_text(WORDS.pattern(rule))} |\n"
        for rule, severity in RULES.items()
    )
    return (
        f"{MADE}# Rules\n\n"
        "What `overdue-guide check` and `build` look for. An error stops the build, a warning does "
        "not, unless `--strict` is given. A site changes how grave a rule is under `rules:` in `site.yml`: "
        "`error`, `warning` or `off`; rules that say “no” below stay errors.\n\n"
        "| Rule | Default | A site may soften it | What is wrong |\n| --- | --- | --- | --- |\n"
        f"{rows}"
    )


def _rule(rule: str) -> str:
    advice = WORDS.advice(rule)
    softened = (
        "stays an error on every site"
        if rule in FIXED
        else f"a site may soften it: `rules: {{{rule}: off}}` in `site.yml`"
    )
    parts = [
        f"{MADE}# {rule}",
        _sentence(WORDS.pattern(rule)),
        f"**Severity:** {RULES[rule].value}; {softened}.",
        f"**Why:** {_sentence(WORDS.why(rule))}",
        *([f"**How to mend it:** {_sentence(advice)}"] if advice else []),
        "## A bad example",
        *_bad(rule),
        "It is reported like this:",
        _fenced((BROKEN / rule / "expected.txt").read_text("utf-8"), "text"),
        *_good(rule),
        "[All rules](index.md)",
    ]
    return "\n\n".join(parts) + "\n"


def reported(rule: str) -> Mapping[str, list[int]]:
    """Path below a broken site → lines that its report names."""
    found: dict[str, list[int]] = {}
    for match in _PLACE.finditer((BROKEN / rule / "expected.txt").read_text("utf-8")):
        found.setdefault(match[1], []).append(int(match[2]))
    return found


def good_example(rule: str) -> tuple[Path, str, str]:
    """The corrected file kept beside a broken site, the path that it has there, and the wrong one's.

    ``good.md`` stands in the place of what it corrects; what is mended by another name or another
    folder lies in ``good/`` as it should lie in ``content/``.
    """
    folder = BROKEN / rule
    moved = sorted(path for path in (folder / "good").rglob("*") if path.is_file())
    (example,) = moved or sorted(folder.glob("good.*"))
    alike = [path for path in reported(rule) if path.lower().endswith(example.suffix)]
    path = f"content/{example.relative_to(folder / 'good').as_posix()}" if moved else alike[0]
    return example, path, alike[0]


def _bad(rule: str) -> Iterator[str]:
    for path, lines in list(reported(rule).items())[:_FILES]:
        file = BROKEN / rule / path
        if file.is_symlink():
            yield f"`{path}`: a symbolic link"
        elif file.is_dir():
            yield f"`{path}/`: a folder of this name"
        elif not file.stat().st_size:
            yield f"`{path}`: an empty file"
        else:
            yield f"`{path}`:"
            yield _fenced(_excerpt(_source(file), lines), _language(file))


def _good(rule: str) -> Iterator[str]:
    example, path, wrong = good_example(rule)
    yield "## A good example"
    yield f"`{path}`:" if path == wrong else f"`{path}` instead of `{wrong}`:"
    yield _fenced(_source(example), _language(example))


def _language(file: Path) -> str:
    return {".md": "markdown", ".yml": "yaml", ".yaml": "yaml"}.get(file.suffix.lower(), "text")


def _source(file: Path) -> str:
    """A file as text that can be printed: what cannot be seen is named."""
    return "\n".join("".join(map(_visible, _line(line))) for line in file.read_bytes().split(b"\n"))


def _line(line: bytes) -> str:
    try:
        return line.decode()
    except UnicodeDecodeError:
        return line.decode("ascii", "backslashreplace")


def _visible(char: str) -> str:
    if char.isprintable() or char in "\n\u3000":
        return char
    return "⟨tab⟩" if char == "\t" else f"⟨U+{ord(char):04X}⟩"


def _excerpt(text: str, wanted: list[int]) -> str:
    """The whole of a short file, else the lines around those that are wanted."""
    lines = [line if len(line) <= _WIDTH else line[:_WIDTH] + "…" for line in text.split("\n")]
    if len(lines) <= _WHOLE:
        return "\n".join(lines)
    shown: list[str] = []
    for at, line in enumerate(lines, 1):
        if any(abs(at - place) <= _AROUND for place in wanted):
            shown.append(line)
        elif not shown or shown[-1] != "…":
            shown.append("…")
    return "\n".join(shown)


def _fenced(text: str, language: str) -> str:
    fence = "`" * max([3, *(len(run) + 1 for run in re.findall("`{3,}", text))])
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _sentence(text: str) -> str:
    end = "" if text.endswith((".", "…", "?")) else "."
    return _text(text[:1].upper() + text[1:] + end)


def _text(text: str) -> str:
    """The text as Markdown shows it, with no mark of its own."""
    return re.sub(r"([\\`*_\[\]<>#{}|])", r"\\\1", text)


def _commands() -> str:
    top = cli.parser(WORDS, {"SOURCE_DATE_EPOCH": "0"})
    shared = _shared(top)
    parts = [
        f"{MADE}# Commands",
        "`overdue-guide COMMAND [OPTIONS]`. Exit codes: 0 fine, 1 the content has problems, "
        "2 wrong usage or set-up, 3 the machine failed, 130 interrupted.",
        *(_command(name, parser, shared) for name, parser in commands(top).items()),
        "## Options of several commands",
        _table(
            f"| {_shown(actions[0])} | {_text(_help(actions[0]))} | {', '.join(users)} |"
            for actions, users in shared.values()
        ),
    ]
    return "\n\n".join(parts) + "\n"


def _manual() -> str:
    top = cli.parser(WORDS, {"SOURCE_DATE_EPOCH": "0"})
    shared = {option: actions for option, (actions, _) in _shared(top).items()}
    return manual.page(top, commands(top), shared)


def commands(top: argparse.ArgumentParser) -> Mapping[str, argparse.ArgumentParser]:
    """Command → its parser."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            return dict(action.choices)
    raise SetupError("no-commands")


Shared = Mapping[str, tuple[list[argparse.Action], list[str]]]
"""Option → its actions, and the commands that have it."""


def _own(parser: argparse.ArgumentParser) -> list[argparse.Action]:
    return [action for action in parser._actions if action.dest != "help"]


def _shared(top: argparse.ArgumentParser) -> Shared:
    users: dict[str, tuple[list[argparse.Action], list[str]]] = {}
    for name, parser in commands(top).items():
        for action in _own(parser):
            actions, names = users.setdefault(_shown(action), ([], []))
            actions.append(action)
            names.append(name)
    return {option: found for option, found in users.items() if len(found[1]) > 3}


def _command(name: str, parser: argparse.ArgumentParser, shared: Shared) -> str:
    actions = _own(parser)
    places = [_placeholder(action) for action in actions if not action.option_strings]
    usage = " ".join(["overdue-guide", name, *places, "[OPTIONS]"])
    own = [action for action in actions if _shown(action) not in shared]
    parts = [f"## {name}", f"`{usage}`: {_text(str(parser.description))}."]
    if own:
        rows = [f"| {_shown(one)} | {_text(_help(one))} |" for one in own]
        parts.append("\n".join(["| Option | Does |", "| --- | --- |", *rows]))
    examples = str(parser.epilog).splitlines()[1:]
    parts.append(_fenced("\n".join(line.strip() for line in examples), "sh"))
    return "\n\n".join(parts)


def _table(rows: Iterable[str]) -> str:
    return "\n".join(["| Option | Does | Commands |", "| --- | --- | --- |", *rows])


def _placeholder(action: argparse.Action) -> str:
    name = str(action.metavar or action.dest.upper())
    return f"[{name}]" if action.nargs == "?" else name


def _shown(action: argparse.Action) -> str:
    if not action.option_strings:
        return f"`{_placeholder(action)}`"
    takes = "" if action.nargs == 0 else f" {action.metavar or action.dest.upper()}"
    return ", ".join(f"`{option}{takes}`" for option in action.option_strings)


def _help(action: argparse.Action) -> str:
    text = str(action.help) % {"default": action.default}
    choices = f": {', '.join(map(str, action.choices))}" if action.choices else ""
    return text + choices


def main() -> None:
    """Write every page, and remove those of rules that are gone."""
    made = pages()
    shutil.rmtree(DOCS / "rules", ignore_errors=True)
    for name, text in made.items():
        path = DOCS / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
