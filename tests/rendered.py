"""What a site's pages and listings come to, without index and disk: fast enough for small questions."""

from collections.abc import Mapping

from overdue_guide import pages
from overdue_guide.build import content
from overdue_guide.options import Options
from overdue_guide.theme import Theme


def rendered(options: Options) -> Mapping[str, bytes]:
    """Path below the site → its bytes, in the order in which they are made."""
    found = content(options)
    planned = pages.plan(found.checked, Theme(options.templates), found.keys, download=True)
    return {file.path: file.data for recipe in planned for file in recipe.make()}
