"""The registry: reading laws, finding them by id and by name, and what is in force when."""

from datetime import date

import pytest

from overdue_guide import laws
from overdue_guide.citations import Name
from overdue_guide.law import Law, ResolvedCitation
from overdue_guide.laws import FORCES, Registry, Standing, standing
from overdue_guide.problems import Source

TODAY = date(2026, 11, 23)
NEW = """title: 中华人民共和国治安管理处罚法
short: [治安管理处罚法]
issuer: 全国人民代表大会常务委员会
effective: 2026-01-01
force: statute
provisions:
  "50": {gist: 新。}
  "50-1": {gist: 之一。, effective: 2027-01-01}
"""
OLD = """title: 中华人民共和国治安管理处罚法
short: [原治安管理处罚法]
issuer: 全国人民代表大会常务委员会
effective: 2006-03-01
repealed: 2026-01-01
successor: security-admin
force: statute
provisions:
  "42": {gist: 旧。, successor: "security-admin:50"}
  "50": {gist: 旧的五十条。}
"""


def law(text: str, law_id: str) -> Law:
    made, problems = laws.read(Source(f"{law_id}.yml", text), law_id)
    assert () == problems
    return made


@pytest.fixture
def registry() -> Registry:
    return Registry([law(NEW, "security-admin"), law(OLD, "security-admin-old")], TODAY)


@pytest.mark.parametrize(
    ("line", "today", "expected"),
    [
        ("effective: 2026-11-23", TODAY, Standing.IN_FORCE),
        ("effective: 2026-11-24", TODAY, Standing.NOT_YET),
        ("effective: 2026-11-24", date(2026, 11, 24), Standing.IN_FORCE),
        ("effective: 2026-11", TODAY, Standing.IN_FORCE),
        ("effective: 2027", TODAY, Standing.NOT_YET),
        ("repealed: 2026-11-23", TODAY, Standing.REPEALED),
        ("repealed: 2026-11-24", TODAY, Standing.IN_FORCE),
        ("repealed: true", TODAY, Standing.REPEALED),
        ("expires: 2026-11-23", TODAY, Standing.IN_FORCE),
        ("expires: 2026-11-22", TODAY, Standing.EXPIRED),
        ("draft: true", TODAY, Standing.DRAFT),
        ("note: 没有日期", TODAY, Standing.IN_FORCE),
    ],
)
def test_a_law_stands_by_its_dates(line: str, today: date, expected: Standing) -> None:
    made = law(f"title: 甲法\nissuer: 乙\nforce: statute\n{line}\n", "a")
    assert expected is standing(made, None, today)


@pytest.mark.parametrize(
    ("line", "today", "expected"),
    [
        ("expires: 2026", date(2026, 12, 31), Standing.IN_FORCE),
        ("expires: 2026", date(2027, 1, 1), Standing.EXPIRED),
        ("expires: 2026-02", date(2026, 2, 28), Standing.IN_FORCE),
        ("expires: 2026-02", date(2026, 3, 1), Standing.EXPIRED),
    ],
)
def test_a_rule_that_ends_in_a_month_or_year_counts_to_its_last_day(
    line: str, today: date, expected: Standing
) -> None:
    made = law(f"title: 甲法\nissuer: 乙\nforce: statute\n{line}\n", "a")
    assert expected is standing(made, None, today)


def test_a_provision_may_take_effect_later_than_its_law(registry: Registry) -> None:
    found = registry.find(Name("security-admin", "50-1"))
    assert found
    assert Standing.NOT_YET is standing(found.law, found.provision, TODAY)
    assert Standing.IN_FORCE is standing(found.law, found.provision, date(2027, 1, 1))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        (Name("security-admin", "50"), "《治安管理处罚法》第50条"),
        (Name("security-admin", "50-1"), "《治安管理处罚法》第50条之一"),
        (Name("security-admin-50", "1"), "《治安管理处罚法》第50条之一"),
        (Name("security-admin", ""), "《治安管理处罚法》"),
        (Name("security-admin-old", "42"), "《原治安管理处罚法》第42条"),
    ],
)
def test_a_provision_is_found_by_its_id(registry: Registry, name: Name, label: str) -> None:
    found = registry.find(name)
    assert found
    assert label == found.label


@pytest.mark.parametrize(
    "name", [Name("security-admin", "42"), Name("security", "50"), Name("security-admin-50-1", "1")]
)
def test_an_unknown_id_finds_nothing(registry: Registry, name: Name) -> None:
    assert registry.find(name) is None


@pytest.mark.parametrize(
    "name", ["治安管理处罚法", "中华人民共和国治安管理处罚法", " 治安 管理处罚法 "]
)
def test_of_two_laws_of_one_name_the_one_in_force_counts(registry: Registry, name: str) -> None:
    found = registry.find_written(Name(name, "50"))
    assert isinstance(found, ResolvedCitation)
    assert found.law.id == "security-admin"


def test_before_the_new_law_the_old_one_counts() -> None:
    before = Registry(
        [law(NEW, "security-admin"), law(OLD, "security-admin-old")], date(2025, 12, 31)
    )
    found = before.find_written(Name("治安管理处罚法", "42"))
    assert isinstance(found, ResolvedCitation)
    assert found.law.id == "security-admin-old"


def test_a_provision_only_the_old_law_has_leads_to_its_successor(registry: Registry) -> None:
    name = Name("治安管理处罚法", "42")
    found, older = registry.find_written(name), registry.older(name)
    assert isinstance(found, Law)
    assert found.id == "security-admin"
    assert older
    assert older.provision
    assert older.provision.successor == "security-admin:50"


def test_a_name_nobody_registered_finds_nothing(registry: Registry) -> None:
    assert registry.find_written(Name("催收管理法", "1")) is None


@pytest.mark.parametrize(
    ("name", "suggestion"),
    [
        (Name("securty-admin", "50"), "security-admin"),
        (Name("security-admin", "500"), "security-admin:50"),
        (Name("zzz", "1"), ""),
        (Name("security-admin", "xyz"), ""),
    ],
)
def test_a_wrong_id_suggests_the_nearest(registry: Registry, name: Name, suggestion: str) -> None:
    assert suggestion == registry.suggestion(name)


def test_every_force_is_explained() -> None:
    assert all(force.label and force.meaning for force in FORCES.values())


@pytest.mark.parametrize("key", ["第1条", "1 2", "-1", "1:2"])
def test_a_key_that_no_citation_can_name_is_a_problem(key: str) -> None:
    text = f'title: 甲\nissuer: 乙\nforce: statute\nprovisions:\n  "{key}": {{gist: 丙}}\n'
    _, problems = laws.read(Source("a.yml", text), "a")
    assert [(5, "bad-value")] == [(p.span.line, p.rule) for p in problems]


def test_only_a_repeal_may_be_known_without_a_date() -> None:
    text = "title: 甲\nissuer: 乙\nforce: statute\neffective: true\n"
    _, problems = laws.read(Source("a.yml", text), "a")
    assert [p.rule for p in problems] == ["wrong-type"]
