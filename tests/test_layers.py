"""A project's own templates: one file of it stands before that of the package, mistakes are named."""

from pathlib import Path

import pytest
from markupsafe import Markup

from overdue_guide.layers import packaged
from overdue_guide.problems import SetupError
from overdue_guide.theme import Theme
from overdue_guide.wording import wording

CHANNEL = "channel_block.html"


def theme(folder: Path, files: dict[str, str | bytes]) -> Theme:
    for name, text in files.items():
        path = folder / "templates" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return Theme(folder / "templates")


def published(made: Theme) -> dict[str, bytes]:
    return {file.path.removeprefix(made.assets): file.data for file in made.asset_files()}


def mistake(folder: Path, files: dict[str, str | bytes]) -> str:
    with pytest.raises(SetupError) as raised:
        theme(folder, files).render("redirect.html", site=1, page=1, view=1)
    told = wording("en").say(raised.value.key, **raised.value.values)
    return told.removeprefix("template: ").removeprefix(f"{folder}/templates/")


def test_an_empty_folder_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    assert published(Theme(packaged())) == published(theme(tmp_path, {}))


@pytest.mark.parametrize(
    ("name", "text", "path", "says"),
    [
        ("styles/tokens.css", ":root{--brand:#123456}", "site.css", b"--brand:#123456"),
        ("components/card.css", ".card{color:red}", "site.css", b".card{color:red}"),
        ("components/own.css", ".own{color:red}", "site.css", b".own{color:red}"),
        ("scripts/size.mjs", "// why\nlet size", "size.mjs", b"let size"),
        ("scripts/own.mjs", "let own", "own.mjs", b"let own"),
        ("icons/icon.svg", "<svg/>", "icons/icon.svg", b"<svg/>"),
    ],
    ids=lambda value: value if isinstance(value, str) and "/" in value else "",
)
def test_one_asset_is_replaced_or_added_and_the_others_stay(
    tmp_path: Path, name: str, text: str, path: str, says: bytes
) -> None:
    before, after = published(Theme(packaged())), published(theme(tmp_path, {name: text}))
    assert says in after[path]
    assert {p: d for p, d in before.items() if p != path} == {
        p: d for p, d in after.items() if p != path
    }


def test_one_template_is_replaced_and_the_packages_own_pages_use_it(tmp_path: Path) -> None:
    made = theme(tmp_path, {"opensearch.xml": "{% include 'robots.txt' %}", "robots.txt": "mine"})
    assert "mine" == made.render("opensearch.xml")


def test_a_new_part_may_be_added(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "robots.txt": '{% include "parts/own.html" %}',
        "parts/own.html": "part",
    }
    assert "part" == theme(tmp_path, files).render("robots.txt")


def test_a_part_that_is_made_once_is_made_anew_for_anything_else(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "robots.txt": '{% from "parts/own.html" import own %}{% for one in view %}{{ once(own, one) }}{% endfor %}',
        "parts/own.html": "{% macro own(it) %}<{{ it }}>{% endmacro %}",
    }
    view = ("<", Markup("<"), 1, True, "1", 1, "<")
    assert "<&lt;><<><1><True><1><1><&lt;>" == theme(tmp_path, files).render(
        "robots.txt", view=view
    )


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"redirect.html": "\n{{ page.titel }}"}, "redirect.html:2: 'int object' has no attribute"),
        ({"redirect.html": "\n\n{% if %}"}, "redirect.html:3: "),
        ({"redirect.html": "\n{{ view + 'a' }}"}, "redirect.html:2: unsupported operand"),
        ({"redirect.html": '{% include "no.html" %}'}, "redirect.html:1: "),
        ({"redirect.html": "ok\n\xe9".encode("latin-1")}, "redirect.html:2: this is not UTF-8"),
        ({"styles/tokens.css": b"\n\n\xff"}, "styles/tokens.css:3: this is not UTF-8"),
        ({"componets/card.html": ""}, "componets/card.html: nothing uses this file; did you"),
        (
            {"styles/tokens.css": ":root{\n--brand:#ffcc00;\n--on-brand:#fff}"},
            "styles/tokens.css:3: --on-brand cannot be read on --brand: their contrast is 1.5",
        ),
        ({"styles/colors.css": ""}, "styles/colors.css: nothing uses this file"),
    ],
    ids=[
        "field",
        "syntax",
        "type",
        "include",
        "bytes",
        "bytes of a style",
        "folder",
        "contrast",
        "style",
    ],
)
def test_a_mistake_names_its_file_and_line(
    tmp_path: Path, files: dict[str, str | bytes], says: str
) -> None:
    assert mistake(tmp_path, files).startswith(says)


def test_a_missing_folder_is_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        Theme(tmp_path / "templates")
