"""What decides the bytes of each file: so that only what changed is made again."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from overdue_guide import cache
from overdue_guide.buildlog import Log
from overdue_guide.inventory import Seen
from overdue_guide.load import Loaded
from overdue_guide.model import OutputFile
from overdue_guide.structs import Struct


class Recipe(Struct, frozen=True):
    """Some files of the site, and everything that they depend on."""

    name: str
    """Unique: the address of a page."""
    key: str
    """Differs whenever a byte of the files may differ."""
    make: Callable[[], Iterator[OutputFile]]
    around: str = ""
    """Of an article: the digest of what its page shows around its text."""


class Keys(Struct, frozen=True):
    """Digests of what pages are made of."""

    common: str
    """Everything but Markdown: code, templates, configuration, reference data, the day."""
    heads: str
    """Besides, all that other pages may know of Markdown files, and which they are."""
    texts: Mapping[str, str]
    """Each Markdown file by its path."""
    around: Mapping[str, str] = {}
    """What is shown around an article's text, by address; known while the heads are the same."""

    def page(self, *depends: str) -> str:
        """The key of a page that depends on these, and on what is common."""
        return cache.digest(self.common, *depends)


def common(options: str, templates: Sequence[Mapping[str, Seen]], loaded: Loaded) -> str:
    """The digest of everything but Markdown."""
    data = [
        part
        for path, digest in sorted(loaded.digests.items())
        if not path.endswith(".md")
        for part in (path, digest)
    ]
    theme = [
        part
        for layer in templates
        for path, one in sorted(layer.items())
        for part in (path, one.digest)
    ]
    return cache.digest(options, cache.digest(*data), cache.digest(*theme))


def named(common: str, loaded: Loaded) -> str:
    """The digest of everything that a reference in an article can name."""
    told = [common, *loaded.site.drafts, "", *(asset.path for asset in loaded.site.assets), ""]
    for path, one in loaded.articles.items():
        told += (path, one.outline.anchors_digest)
    return cache.digest(*told)


def keys(common: str, loaded: Loaded, log: Log) -> Keys:
    """The digests of a site's articles; ``common`` covers the rest."""
    told = [common, *loaded.site.drafts, ""]
    for path, one in loaded.articles.items():
        told += (path, one.outline.head_digest)
        if one.outline.head.kind in ("home", "section"):  # other pages show these texts
            told.append(one.key)
    heads, texts = cache.digest(*told), {path: one.key for path, one in loaded.articles.items()}
    same = log.pages if heads == log.heads else {}
    around = {name: made.around for name, made in same.items() if made.around}
    return Keys(common, heads, texts, around)
