"""Every rule is shown by a site that breaks it, and every such site reports exactly what it should."""

import re
import shutil
from pathlib import Path

import pytest

from overdue_guide.problems import RULES
from tests.broken_sites import check, folders
from tests.reference import good_example

SITES = pytest.mark.parametrize("site", folders(), ids=lambda site: site.name)


def test_every_rule_has_a_broken_site_and_every_site_a_rule() -> None:
    assert sorted(RULES) == [site.name for site in folders()]


@SITES
def test_the_report_is_exact(site: Path) -> None:
    assert (site / "expected.txt").read_text("utf-8") == check(site)[1]


@SITES
def test_only_the_sites_own_rule_is_reported(site: Path) -> None:
    report = (site / "expected.txt").read_text("utf-8")
    assert {site.name} == set(re.findall(r"^\S.* \[([a-z-]+)\]$", report, re.MULTILINE))


@SITES
def test_the_exit_code_follows_the_rules_severity(site: Path) -> None:
    # A rule that is off by itself is switched on as an error by its broken site.
    assert {"error": 1, "warning": 0, "off": 1}[RULES[site.name].value] == check(site)[0]
    assert check(site, "--strict")[0] == 1


def test_no_site_holds_anything_but_content_its_report_and_a_good_example() -> None:
    for site in folders():
        names = {path.name for path in site.iterdir()}
        good = names - {"content", "expected.txt"}
        assert re.fullmatch(r"good(\.md|\.yml|\.svg)?", " ".join(good)), site.name
        assert names - good == {"content", "expected.txt"}


@SITES
def test_a_good_example_mends_the_file_that_it_stands_for(site: Path, tmp_path: Path) -> None:
    example, path, wrong = good_example(site.name)
    copy = tmp_path / "site"
    shutil.copytree(site, copy, symlinks=True)
    (copy / wrong).unlink()
    (copy / path).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(example, copy / path)
    report = check(copy)[1]
    assert f"{wrong}:" not in report
    assert f"{path}:" not in report
