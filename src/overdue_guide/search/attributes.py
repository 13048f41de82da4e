"""What results are filtered by: kind, section and stages of every document, as columns."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from overdue_guide.model import SearchDocument

Row = tuple[str, str, tuple[str, ...]]
"""Kind, section and stages of a document."""


@dataclass(frozen=True, slots=True)
class Attributes:
    """Each value once, sorted, and for each document which it has."""

    kinds: list[str]
    sections: list[str]
    stages: list[str]
    kind: list[int]
    section: list[int]
    stage: list[list[int]]

    def row(self, number: int) -> Row:
        """Those of one document."""
        stages = tuple(self.stages[at] for at in self.stage[number])
        return self.kinds[self.kind[number]], self.sections[self.section[number]], stages

    def rows(self) -> Iterator[Row]:
        """Those of every document."""
        return (self.row(number) for number in range(len(self.kind)))

    def plain(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "kinds": self.kinds,
            "sections": self.sections,
            "stages": self.stages,
            "kind": self.kind,
            "section": self.section,
            "stage": self.stage,
        }


def row(document: SearchDocument) -> Row:
    """A document's attributes."""
    return document.kind, document.section, tuple(document.stages)


def columns(rows: Iterable[Row]) -> Attributes:
    """Every document's attributes in columns."""
    every = list(rows)
    kinds = sorted({kind for kind, _, _ in every})
    sections = sorted({section for _, section, _ in every})
    stages = sorted({stage for _, _, named in every for stage in named})
    kind_at, section_at, stage_at = (
        {value: at for at, value in enumerate(values)} for values in (kinds, sections, stages)
    )
    return Attributes(
        kinds,
        sections,
        stages,
        [kind_at[kind] for kind, _, _ in every],
        [section_at[section] for _, section, _ in every],
        [[stage_at[stage] for stage in named] for _, _, named in every],
    )
