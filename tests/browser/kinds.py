"""One address of every kind of page of a built site, found in the build itself."""

import re
from pathlib import Path

SINGLE = (
    "",
    "404.html",
    "channels/",
    "glossary/",
    "laws/",
    "letters/",
    "log/",
    "offline/",
    "search/",
    "stage/",
    "tags/",
)
FOLDERS = ("laws", "letters", "stage", "stages", "tags", "tools", "check", "calc", "calculators")


def kinds_of(site: Path) -> list[str]:
    """Addresses below the root: the heaviest page of each kind."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for path in site.rglob("*.html"):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        kind = kind_of(address)
        if kind:
            groups.setdefault(kind, []).append((path.stat().st_size, address))
    return sorted(max(group)[1] for group in groups.values())


def kind_of(address: str) -> str:
    """What a page is, by its address."""
    if address in SINGLE:
        return address or "home"
    parts = [part for part in address.split("/") if part]
    if parts[0].startswith("zh-"):
        inner = kind_of(address.removeprefix(f"{parts[0]}/"))
        return f"{parts[0]} {inner}" if inner in ("home", "article") else ""
    if parts[0] in FOLDERS:
        return f"{parts[0]} {len(parts)}"
    return re.sub(r"\d+", "", {1: "section", 2: "article"}.get(len(parts), "other"))
