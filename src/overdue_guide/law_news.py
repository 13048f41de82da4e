"""The registry and the articles → what changed in law, and in what we say of it, newest first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from overdue_guide.law import Law, Provision
from overdue_guide.laws import begins, ends_on
from overdue_guide.library import Library, sureness
from overdue_guide.structs import Struct

AHEAD = timedelta(days=30)
"""How long before its day a change of law is told of."""


class Event(Struct, frozen=True, order=True):
    """A law that comes or goes, or a correction of ours."""

    told: date
    """When a reader is to hear of it."""
    id: str
    """Names the event for ever: a feed reader shows each once."""
    title: str
    summary: str
    url: str


def events(library: Library) -> tuple[Event, ...]:
    """Everything up to today and the changes of law within ``AHEAD``; newest first."""
    today = library.site.today
    found = [*_corrections(library)]
    for law in library.site.laws:
        if not law.draft:
            found += _law(law, today, _successor(library, law))
    newest = sorted(event for event in found if event.told <= today)
    return tuple(reversed(newest))


def _law(law: Law, today: date, successor: str) -> Iterator[Event]:
    since = f"，自 {law.effective} 起施行" if law.effective else ""
    if law.adopted and law.adopted != law.effective:
        yield _event(law, None, "adopted", law.adopted, f"{law.adopted} 通过或公布{since}")
    if law.amended and law.amended not in (law.adopted, law.effective):
        yield _event(law, None, "amended", law.amended, f"{law.amended} 修改过")
    if law.effective:
        yield from _turn(law, None, "in-force", law.effective, "起施行", today)
    for provision in law.provisions:
        if provision.effective and provision.effective != law.effective:
            yield from _turn(law, provision, "in-force", provision.effective, "起施行", today)
    if law.repealed not in ("", "true"):
        yield from _turn(law, None, "repealed", law.repealed, f"起废止{successor}", today)
    if law.expires:
        yield from _end(law, today)


def _turn(
    law: Law, provision: Provision | None, kind: str, loose: str, what: str, today: date
) -> Iterator[Event]:
    """A change on a day: told ahead of it, and from then on as of that day."""
    day = begins(loose)
    if day <= today:
        yield _event(law, provision, kind, loose, f"自 {loose} {what}")
    else:
        told = date.fromordinal(max(day.toordinal() - AHEAD.days, 1))
        yield _event(law, provision, f"{kind}-soon", loose, f"将自 {loose} {what}", told)


def _end(law: Law, today: date) -> Iterator[Event]:
    last = ends_on(law.expires)
    if last < today:
        told = last + timedelta(days=1)
        yield _event(law, None, "expired", law.expires, f"{law.expires} 已到期", told)
    else:
        told = date.fromordinal(max(last.toordinal() - AHEAD.days, 1))
        yield _event(law, None, "expired-soon", law.expires, f"有效至 {law.expires}", told)


def _event(
    law: Law,
    provision: Provision | None,
    kind: str,
    loose: str,
    what: str,
    told: date | None = None,
) -> Event:
    place = law.url + (f"#{provision.anchor}" if provision else "")
    key = f"{law.id}/{provision.key}" if provision else law.id
    gist = provision.gist if provision else law.gist or law.title
    sure = sureness(law, provision)
    return Event(
        told=told or begins(loose),
        id=f"laws/{key}/{kind}/{loose}",
        title=f"《{law.name}》{provision.label if provision else ''}{what}",
        summary=f"{sure}。{gist}" if sure else gist,
        url=place,
    )


def _successor(library: Library, law: Law) -> str:
    new = library.registry.laws.get(law.successor)
    return f"，现在看《{new.name}》" if new else ""


def _corrections(library: Library) -> Iterable[Event]:
    for article in library.site.articles:
        for at, change in enumerate(article.meta.changes):
            yield Event(
                told=change.day,
                id=f"{article.url}correction/{change.day}/{at}",
                title=f"更正：{article.meta.title}",
                summary=change.note,
                url=article.url,
            )
