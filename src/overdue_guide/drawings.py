"""An SVG file of the content → what in it could run or load; it is published as it is.

In a page an SVG is a picture. Opened at its own address it is a document, with scripts, on our
site: so only what draws is let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.parsers import expat

from overdue_guide.problems import Problem, Source, Span

_NAMES = (
    "svg g defs symbol use title desc metadata path rect circle ellipse line polyline polygon text "
    "tspan textPath image linearGradient radialGradient stop pattern clipPath mask marker filter "
    "feBlend feColorMatrix feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting "
    "feDisplacementMap feDistantLight feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR "
    "feGaussianBlur feMerge feMergeNode feMorphology feOffset fePointLight feSpecularLighting "
    "feSpotLight feTile feTurbulence style view switch"
)
_DRAWS = frozenset(_NAMES.split())
_SVG = "http://www.w3.org/2000/svg"
_DESCRIBES = re.compile(
    r"http://(?:www\.w3\.org/1999/02/22-rdf|purl\.org/dc/|(?:web\.resource|creativecommons)\.org/"
    r"|www\.inkscape\.org/|sodipodi\.)"
)
"""Namespaces of metadata that drawing programs leave behind."""
_OWN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp)[;,])", re.IGNORECASE)
_REACHES = re.compile(r"url\(\s*[\"']?\s*(?!#|[\"'])|@import|expression\s*\(|\\", re.IGNORECASE)


def mistakes(path: str, data: bytes) -> tuple[Problem, ...]:
    """The first thing in the file that is no drawing, or nothing."""
    found = next(_strange(data), None)
    if found is None:
        return ()
    line, what = found
    text = data.decode("utf-8", "replace")
    span = Source(path, text).at(line, 1) if line else Span(path)
    return (Problem.at(span, "unsafe-drawing", found=what),)


def _strange(data: bytes) -> Iterator[tuple[int, str]]:
    """(line, what stands there) for each thing that is no drawing, as they come."""
    met: list[tuple[int, str]] = []
    parser = expat.ParserCreate(namespace_separator=" ")

    def start(name: str, attributes: dict[str, str]) -> None:
        for what in _element(name, attributes):
            met.append((parser.CurrentLineNumber, what))

    def text(words: str) -> None:
        if _REACHES.search(words):
            met.append((parser.CurrentLineNumber, words.strip()[:40]))

    def declared(*_: object) -> None:
        met.append((parser.CurrentLineNumber, "<!DOCTYPE"))

    def instructed(target: str, _: str) -> None:
        met.append((parser.CurrentLineNumber, f"<?{target}"))

    parser.StartElementHandler = start
    parser.CharacterDataHandler = text
    parser.EntityDeclHandler = declared
    parser.ProcessingInstructionHandler = instructed
    try:
        parser.Parse(data, True)
    except expat.ExpatError as error:
        met.append((error.lineno, expat.errors.messages[error.code]))
    yield from met


def _element(name: str, attributes: dict[str, str]) -> Iterator[str]:
    space, _, tag = name.rpartition(" ")
    if tag not in _DRAWS if space == _SVG else not _DESCRIBES.match(space):
        yield f"<{tag}>"
    for full, value in attributes.items():
        attribute = full.rpartition(" ")[2]
        if attribute.lower().startswith("on") or _REACHES.search(value):
            yield f"{attribute}="
        if attribute == "href" and space == _SVG and not _OWN.match(value):
            yield f"{attribute}={value.strip()[:40]}"
