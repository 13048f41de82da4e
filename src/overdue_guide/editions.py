"""Where a page stands in simplified and in traditional characters: addresses and names."""

from __future__ import annotations

from overdue_guide.resolve import root_of
from overdue_guide.views import EditionView

SIMPLIFIED, TRADITIONAL = "", "zh-hant/"
"""The folder of an edition; a page has the same address below it in both."""

LANGUAGES = {SIMPLIFIED: "zh-Hans", TRADITIONAL: "zh-Hant"}
_NAMES = {SIMPLIFIED: "简体版", TRADITIONAL: "繁體版"}


def editions(base_url: str, url: str, shown: str = SIMPLIFIED) -> tuple[EditionView, ...]:
    """A page in both editions, as linked from the one that is shown."""
    home = root_of(shown + url)
    return tuple(
        EditionView(
            name=_NAMES[folder],
            language=language,
            canonical=base_url + folder + url,
            link="" if folder == shown else home + folder + url,
        )
        for folder, language in LANGUAGES.items()
    )
