"""HTML that Markdown and its author made → what of it may stand on a page; the only user of nh3."""

from __future__ import annotations

import html
import re

import nh3

_TAGS = (
    "a abbr b blockquote br caption cite code dd del details dfn div dl dt em h2 h3 h4 h5 h6 hr "
    "i img ins kbd li mark ol p pre q rp rt ruby s small span strong sub summary sup table "
    "tbody td tfoot th thead tr u ul var wbr "
)
ALLOWED_TAGS = frozenset(_TAGS.split())

_ATTRIBUTES = {
    "*": {"id", "class", "lang", "dir", "title"},
    "a": {"href"},
    "img": {"src", "alt", "width", "height"},
    "li": {"value"},
    "ol": {"start", "reversed"},
    "td": {"colspan", "rowspan", "align"},
    "th": {"colspan", "rowspan", "align", "scope"},
}
_SCHEMES = {"http", "https", "mailto", "tel"}
_OPEN_TAG = re.compile(r"<([a-zA-Z][\w-]*)")
# What stands before ="  is looked at last: signs that are rare are found fast.
_SCHEME = re.compile(r'="(?:(?<=\shref=")|(?<=\ssrc="))\s*([a-zA-Z][\w+.-]*):')
_TITLE = re.compile(r"<(/?)h1\b")
_CLEANER = nh3.Cleaner(
    tags=ALLOWED_TAGS, attributes=_ATTRIBUTES, url_schemes=_SCHEMES, link_rel=None
)


def clean(raw: str) -> str:
    """The HTML with nothing in it that runs, loads or leads to a strange scheme."""
    # An article's title is its page's only h1.
    return _CLEANER.clean(_TITLE.sub(r"<\1h2", raw))


def removed(raw: str) -> tuple[str, ...]:
    """How what ``clean`` takes out begins, as it was written: ``<script``, ``javascript:``."""
    tags = {tag.lower() for tag in set(_OPEN_TAG.findall(raw))} - ALLOWED_TAGS - {"h1"}
    schemes = {scheme.lower() for scheme in _SCHEME.findall(html.unescape(raw))} - _SCHEMES
    return tuple(sorted({f"<{tag}" for tag in tags} | {f"{name}:" for name in schemes}))
