"""The security policy: strict, and the same in pages, in ``_headers`` and for nginx."""

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from overdue_guide import policy
from overdue_guide.build import build
from tests.golden_site import options

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("policy")
    build(options(folder))
    return folder / "site"


class _Meta(HTMLParser):
    """The page's own policy, and whether anything that loads stands before it."""

    policy = ""
    early = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if given.get("http-equiv") == "Content-Security-Policy":
            assert not self.policy
            self.policy = given.get("content") or ""
        elif tag in ("script", "link", "style", "img", "base") and not self.policy:
            self.early = True


def meta(path: Path) -> _Meta:
    reader = _Meta()
    reader.feed(path.read_text("utf-8"))
    return reader


def rules(text: str) -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """``_headers`` as its hosts read it: (addresses, header → value) of each rule, in order."""
    found = []
    for block in text.strip().split("\n\n"):
        place, *lines = block.split("\n")
        assert re.fullmatch(r"/(?:[\w-]+/|:[a-z]+/)*\*?", place), place
        # https://docs.netlify.com/manage/routing/headers/: * is anything, :name one part.
        pattern = re.sub(r":[a-z]+", "[^/]+", place.replace("*", ".*"))
        pairs = [line.removeprefix("  ").partition(": ")[::2] for line in lines]
        assert all(line.startswith("  ") and len(line) <= 2000 for line in lines)
        found.append((re.compile(pattern), dict(pairs)))
    assert len(found) <= 100
    return found


def sent(text: str, address: str) -> list[dict[str, str]]:
    """The security policies of an address: each rule that matches adds one."""
    return [
        directives(values["Content-Security-Policy"])
        for pattern, values in rules(text)
        if pattern.fullmatch(address) and "Content-Security-Policy" in values
    ]


def directives(text: str) -> dict[str, str]:
    return dict(part.strip().split(" ", 1) for part in text.split(";"))


def test_the_policy_allows_nothing_that_is_not_ours() -> None:
    found = directives(policy.page("contact/family/"))
    assert "'none'" == found["default-src"]
    allowed = {"'none'", "'self'"}
    sources = {v for name, v in found.items() if not name.startswith(("require", "trusted"))}
    assert allowed == sources
    assert "'script'" == found["require-trusted-types-for"]
    assert policy.TRUSTED == found["trusted-types"]
    assert {"object-src", "base-uri", "form-action", "frame-src"} <= set(found)


def test_the_one_named_policy_is_the_scripts_own() -> None:
    scripts = ROOT / "templates" / "scripts"
    made = [
        name
        for path in scripts.rglob("*.mjs")
        for name in re.findall(r'createPolicy\("([^"]+)"', path.read_text("utf-8"))
    ]
    assert [policy.TRUSTED] == made


def test_every_page_carries_its_policy_before_anything_that_loads(site: Path) -> None:
    for path in site.rglob("*.html"):
        read = meta(path)
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        assert policy.page(address) == read.policy, path
        assert not read.early, path


@pytest.mark.parametrize("address", ["letters/stop/", "letters/reply/", "tools/interest/", "log/"])
def test_pages_where_readers_write_connect_to_nothing(site: Path, address: str) -> None:
    assert "'none'" == directives(meta(site / address / "index.html").policy)["connect-src"]


def test_every_page_with_a_field_to_write_in_is_one_of_them(site: Path) -> None:
    for path in site.rglob("*.html"):
        body = re.sub(r'<form[^>]*role="search".*?</form>', "", path.read_text("utf-8"), flags=re.S)
        if re.search(r"<(?:textarea|input)\b", body):
            address = path.relative_to(site).as_posix().removesuffix("index.html")
            assert policy.private(address) or address in ("search/", "stage/"), address


def test_hosts_send_what_the_pages_say(site: Path) -> None:
    text = (site / policy.HEADERS_FILE).read_text("utf-8")
    for path in site.rglob("*.html"):
        address = path.relative_to(site).as_posix().removesuffix("index.html")
        first, *more = sent(text, f"/{address}")
        assert "'none'" == first.pop("frame-ancestors")
        for narrower in more:
            first |= narrower
        assert directives(meta(path).policy) == first, address


def test_hosts_send_the_rest(site: Path) -> None:
    (_, values), *_ = rules((site / policy.HEADERS_FILE).read_text("utf-8"))
    assert policy.headers() == values
    assert "nosniff" == values["X-Content-Type-Options"]
    assert "no-referrer" == values["Referrer-Policy"]
    assert "same-origin" == values["Cross-Origin-Opener-Policy"]
    assert "camera=()" in values["Permissions-Policy"]


def test_the_second_edition_has_the_same_rules() -> None:
    text = policy.headers_file(traditional=True).data.decode()
    for address in ("letters/stop/", "log/", "letters/", "contact/family/"):
        assert sent(text, f"/{address}") == sent(text, f"/zh-hant/{address}")


def test_nginx_sends_the_same() -> None:
    rows = dict(re.findall(r'^ {4}(default|"[^"]+") "([^"]+)";$', policy.nginx_map(), re.M))
    default, narrow = rows.pop("default"), {k.strip('"~'): v for k, v in rows.items()}
    for address in ("", "contact/family/", "letters/", "letters/stop/", "zh-hant/log/", "tools/x/"):
        found = next((v for k, v in narrow.items() if re.match(k, f"/{address}")), default)
        own = directives(found)
        assert "'none'" == own.pop("frame-ancestors")
        assert directives(policy.page(address.removeprefix("zh-hant/"))) == own
    for name, value in policy.headers().items():
        shown = "$overdue_guide_policy" if name == "Content-Security-Policy" else value
        assert f'add_header {name} "{shown}" always;' in policy.nginx_headers()
