"""What browsers may do on our pages: one source for the pages themselves and for hosts' headers.

The pages' ``<meta>`` counts wherever they are read, from a disk too; a host that sends the headers
adds what no ``<meta>`` can say. Words: https://www.w3.org/TR/CSP3/ and
https://www.w3.org/TR/permissions-policy/.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from overdue_guide.editions import TRADITIONAL
from overdue_guide.model import OutputFile

HEADERS_FILE = "_headers"
"""Read by Netlify, Cloudflare Pages and others; to any other host a text like every other."""
TRUSTED = "overdue-guide"
"""The one Trusted Types policy (``scripts/trusted.mjs``): it lets the worker and the terms through."""

_PRIVATE = ("letters/:name/", "tools/:name/", "log/")
"""Addresses where readers write of themselves: those pages may connect to nothing at all."""
_IS_PRIVATE = re.compile("|".join(rule.replace(":name", "[^/]+") for rule in _PRIVATE))
_SPARE = (
    "accelerometer autoplay browsing-topics camera clipboard-read display-capture "
    "encrypted-media fullscreen gamepad geolocation gyroscope hid idle-detection interest-cohort "
    "local-fonts magnetometer microphone midi payment picture-in-picture "
    "publickey-credentials-get screen-wake-lock serial storage-access usb "
    "xr-spatial-tracking"
)
_UNCHANGING = "public, max-age=31536000, immutable"


def page(url: str) -> str:
    """The security policy in the page at an address below the root (``letters/stop/``)."""
    return _policy("'none'" if private(url) else "'self'")


def private(url: str) -> bool:
    """Whether readers write of themselves on the page at this address."""
    return _IS_PRIVATE.fullmatch(url) is not None


def headers(connect: str = "'self'") -> Mapping[str, str]:
    """Header → value for every file of the site; ``connect`` is what a page may connect to."""
    return {
        "Content-Security-Policy": f"{_policy(connect)}; frame-ancestors 'none'",
        "Referrer-Policy": "no-referrer",
        "Permissions-Policy": ", ".join(f"{name}=()" for name in _SPARE.split()),
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
    }


def headers_file(*, traditional: bool) -> OutputFile:
    """The rules for hosts that read ``_headers``; with those of the second edition on demand."""
    rules = [_rule("/*", headers())]
    rules += [
        # A second policy beside that of the first rule: what both allow is allowed.
        _rule(f"/{edition}{url}", {"Content-Security-Policy": "connect-src 'none'"})
        for edition in ("", *([TRADITIONAL] if traditional else []))
        for url in _PRIVATE
    ]
    rules.append(_rule("/assets/*", {"Cache-Control": _UNCHANGING}))
    return OutputFile(HEADERS_FILE, "\n".join(rules).encode())


def nginx_map() -> str:
    """For nginx's ``http`` block: address → security policy."""
    paths = "|".join(url.replace(":name", "[^/]+") for url in _PRIVATE)
    places = (("default", "'self'"), (f'"~^/(?:{TRADITIONAL})?(?:{paths})"', "'none'"))
    rows = (
        f'    {place} "{headers(connect)["Content-Security-Policy"]}";\n'
        for place, connect in places
    )
    return f"map $uri $overdue_guide_policy {{\n{''.join(rows)}}}\n"


def nginx_headers() -> str:
    """For nginx's ``server`` block, and for each ``location`` with an ``add_header`` of its own."""
    values = {**headers(), "Content-Security-Policy": "$overdue_guide_policy"}
    return "".join(f'add_header {name} "{value}" always;\n' for name, value in values.items())


@cache
def _policy(connect: str) -> str:
    rules = {
        "default-src": "'none'",
        "script-src": "'self'",
        "style-src": "'self'",
        "img-src": "'self'",
        "connect-src": connect,
        "manifest-src": "'self'",
        "worker-src": "'self'",
        "object-src": "'none'",
        "frame-src": "'none'",
        "form-action": "'self'",
        "base-uri": "'none'",
        "require-trusted-types-for": "'script'",
        "trusted-types": TRUSTED,
    }
    return "; ".join(f"{name} {value}" for name, value in rules.items())


def _rule(place: str, values: Mapping[str, str]) -> str:
    return "".join([f"{place}\n", *(f"  {name}: {value}\n" for name, value in values.items())])
