"""What the build refuses to publish, because a reader's browser would tell on its reader."""

import shutil
from pathlib import Path

import pytest

from overdue_guide.model import OutputFile
from overdue_guide.privacy import STORAGE, leaks
from tests.content import HEAD, TEMPLATES, run, write

SITE = "https://guide.example/sub/"


def found(path: str, text: str) -> tuple[str, ...]:
    return leaks(OutputFile(path, text.encode()), SITE)


@pytest.mark.parametrize(
    "html",
    [
        '<script src="https://elsewhere.example/x.js"></script>',
        "<SCRIPT async SRC=//elsewhere.example/x.js></SCRIPT>",
        "<img src='http://elsewhere.example/pixel.gif'>",
        '<img alt="a" srcset="https://elsewhere.example/a.png 2x">',
        '<img src="\\\\elsewhere.example/pixel.gif">',
        '<img src="/\\elsewhere.example/pixel.gif">',
        '<link rel="stylesheet" href="https://elsewhere.example/a.css">',
        '<link rel="preconnect" href="https://elsewhere.example">',
        '<link rel="dns-prefetch" href="//elsewhere.example">',
        '<link href="//elsewhere.example/a.css" rel="alternate stylesheet">',
        '<iframe src="https://elsewhere.example/"></iframe>',
        '<video poster="https://elsewhere.example/a.jpg"></video>',
        '<object data="https://elsewhere.example/a.svg"></object>',
        '<embed src="https://elsewhere.example/a">',
        '<base href="https://elsewhere.example/">',
        '<form action="https://elsewhere.example/"></form>',
        '<button formaction="https://elsewhere.example/">x</button>',
        '<a href="/" ping="https://elsewhere.example/">x</a>',
        '<a href="https://fine.example/" ping="https://elsewhere.example/">x</a>',
        '<p style="background: url(//elsewhere.example/a.png)">x</p>',
        "<style>@import '//elsewhere.example/a.css';</style>",
        "<style>p { background: url( 'https://elsewhere.example/a.png' ) }</style>",
        '<script>fetch("https://elsewhere.example/")</script>',
        '<meta http-equiv="refresh" content="0; url=https://elsewhere.example/">',
        '<svg><image href="https://elsewhere.example/a.png"/></svg>',
        '<svg><use xlink:href="//elsewhere.example/a.svg#b"/></svg>',
        '<p title="1 > 0">x</p><img title="a>b" src="https://elsewhere.example/a.png">',
        '<script type="application/ld+json">["https://fine.example/"]</script>'
        '<img src="https://elsewhere.example/a.png">',
    ],
)
def test_a_page_that_loads_from_elsewhere_is_found(html: str) -> None:
    page = f"<!doctype html><html><head></head><body>{html}</body></html>"
    assert found("a/index.html", page)
    assert "elsewhere.example" in found("a/index.html", page)[0]


@pytest.mark.parametrize(
    "html",
    [
        '<a href="https://elsewhere.example/">x</a>',
        '<a class="x" title="//a" href="//elsewhere.example/" rel="noreferrer">x</a>',
        '<link rel="canonical" href="https://elsewhere.example/a/">',
        '<link hreflang="zh" href="https://elsewhere.example/a/" rel="alternate">',
        '<meta property="og:url" content="https://elsewhere.example/">',
        '<meta name="description" content="https://elsewhere.example/">',
        "<p>https://elsewhere.example/ and <code>&lt;img src=//elsewhere.example&gt;</code></p>",
        '<p title="<img src=//elsewhere.example>">x</p>',
        "<p>C:\\folder\\\\file</p>",
        f'<script src="{SITE}assets/main.mjs"></script>',
        '<img src="../a.png" alt="//elsewhere.example">',
        '<svg xmlns="http://www.w3.org/2000/svg"><path d="M0 0"/></svg>',
        "<!-- https://elsewhere.example/ --><p>x</p>",
        '<script type="application/ld+json">{"@context":"https://schema.org"}</script>',
    ],
)
def test_a_page_that_only_speaks_of_elsewhere_is_not(html: str) -> None:
    page = f"<!doctype html><html><head></head><body>{html}</body></html>"
    assert () == found("a/index.html", page)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assets/0/site.css", "@font-face{src:url(https://elsewhere.example/a.woff2)}"),
        ("assets/0/site.css", "@import url('//elsewhere.example/a.css');"),
        ("assets/0/site.css", '@import "https://elsewhere.example/a.css";'),
        ("assets/0/main.mjs", 'fetch("https://elsewhere.example/")'),
        ("assets/0/main.mjs", "import('//elsewhere.example/a.mjs')"),
        ("assets/0/main.mjs", "new Image().src=`https://elsewhere.example/?${location}`"),
        ("assets/0/main.mjs", 'navigator.sendBeacon("/log")'),
        ("assets/0/main.mjs", 'document.cookie="a=b"'),
        ("assets/0/main.mjs", 'document . cookie="a=b"'),
        ("assets/0/main.mjs", 'document["cookie"]="a=b"'),
        ("assets/0/main.mjs", 'cookieStore.set("a","b")'),
        ("assets/0/main.mjs", 'new WebSocket("wss:")'),
        ("assets/0/main.mjs", 'new XMLHttpRequest().open("GET","/")'),
        ("assets/0/main.mjs", 'indexedDB.open("a")'),
        ("assets/0/main.mjs", 'localStorage.setItem("visitor","1")'),
        ("assets/0/main.mjs", 'const K="visitor";sessionStorage.getItem(K)'),
        ("assets/0/main.mjs", 'localStorage.visitor="1"'),
        ("assets/0/main.mjs", 'localStorage["visitor"]="1"'),
        ("assets/0/main.mjs", "localStorage.setItem(key(),1)"),
        ("assets/0/main.mjs", 'caches.open("visits")'),
        ("sw.js", 'importScripts("https://elsewhere.example/sw.js")'),
        ("glossary/terms.js", 'globalThis.TERMS={"a":["b"]};fetch("//elsewhere.example")'),
        ("manifest.webmanifest", '{"icons":[{"src":"https://elsewhere.example/a.png"}]}'),
        ("a/b.svg", '<svg><image href="https://elsewhere.example/a.png"/></svg>'),
    ],
)
def test_what_a_script_or_a_sheet_does_is_found(path: str, text: str) -> None:
    assert found(path, text)


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("assets/0/site.css", "a{background:url(icons/a.svg)}/* http: */"),
        ("assets/0/main.mjs", 'const K="overdue-guide:log";localStorage.getItem(K)'),
        ("assets/0/docx.mjs", 'const W="http://www.w3.org/2000/svg"'),
        ("assets/0/main.mjs", "const half=a//b\n;"),
        ("sw.js", "caches.open(KEPT)"),
        ("glossary/terms.js", 'globalThis.TERMS={"a":["cookie","document.cookie // \\"x"]};'),
        ("manifest.webmanifest", f'{{"start_url":"./","id":"{SITE}"}}'),
        ("offline.zip", "https://elsewhere.example/"),
    ],
)
def test_what_they_may_do_is_not(path: str, text: str) -> None:
    assert () == found(path, text)


def test_every_declared_key_is_used() -> None:
    scripts = "".join(path.read_text("utf-8") for path in (TEMPLATES / "scripts").rglob("*.mjs"))
    assert [] == [key for key in STORAGE if f'"{key}"' not in scripts]


@pytest.mark.parametrize(
    ("template", "added", "told"),
    [
        ("base.html", '<script src="https://elsewhere.example/count.js"></script>', "index.html"),
        ("components/help.css", "p{background:url(//elsewhere.example/a.png)}", "site.css"),
        (
            "offline/sw.js",
            'fetch("https://elsewhere.example/?" + self.registration.scope);',
            "sw.js",
        ),
        ("scripts/main.mjs", 'navigator.sendBeacon("https://elsewhere.example/");', "main.mjs"),
    ],
)
def test_such_a_theme_publishes_nothing(
    tmp_path: Path, template: str, added: str, told: str
) -> None:
    content = write(tmp_path, {"contact/a.md": HEAD + "正文。\n"})
    theme = shutil.copytree(TEMPLATES, tmp_path / "templates")
    place = theme / template
    text = place.read_text("utf-8")
    put = text.replace("</head>", f"{added}</head>") if place.suffix == ".html" else text + added
    place.write_text(put, "utf-8")
    said = run(
        *("build", "--content", content, "--templates", theme),
        *("--output", tmp_path / "site", "--cache", tmp_path / "cache"),
    )
    assert 2 == said.code
    assert told in said.err
    assert "elsewhere.example" in said.err or "sendBeacon" in said.err
    assert not (tmp_path / "site").exists()
