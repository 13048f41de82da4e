"""Every rule is shown by a site that breaks it, and every such site reports exactly what it should."""

import re
import shutil
from pathlib import Path

import pytest

from overdue_guide.problems import RULES
from tests.broken_sites import ROOT, check, folders
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
    assert {"content", "expected.txt", "good.md", "good.yml"} == {
        path.name for site in ROOT.iterdir() for path in site.iterdir()
    }


@pytest.mark.parametrize(
    "site", [site for site in folders() if good_example(site.name)], ids=lambda site: site.name
)
def test_a_good_example_mends_the_file_that_it_stands_for(site: Path, tmp_path: Path) -> None:
    example, wrong = good_example(site.name) or (Path(), "")
    copy = tmp_path / "site"
    shutil.copytree(site, copy, symlinks=True)
    shutil.copy(example, copy / wrong)
    assert f"{wrong}:" not in check(copy)[1]
