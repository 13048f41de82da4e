"""What the calculators should say, worked out another way: fractions, decimals and datetime."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction
from typing import Any

Given = dict[str, Any]


def penalty(given: Given) -> Given:
    """Overdue interest, day by day."""
    principal, rate = Fraction(given["principal"]), Fraction(given["rate"])
    due, until = date.fromisoformat(given["due"]), date.fromisoformat(given["until"])
    rows: list[list[Any]] = []
    unpaid = running = Fraction(0)
    days = 0
    for n in range(1, (until - due).days + 1):
        day = due + timedelta(n)
        days += 1
        running += (principal + (unpaid if given["compound"] else 0)) * rate
        if day == until or day == later(due, len(rows) + 1):
            base = principal + (unpaid if given["compound"] else 0)
            interest = cents(running) - (Fraction(0) if given["compound"] else unpaid)
            unpaid += interest
            rows.append([day.isoformat(), days, money(base), money(interest), money(unpaid)])
            days = 0
            if given["compound"]:
                running = Fraction(0)
    claimed = unpaid + Fraction(given["fees"])
    length = (until - due).days
    limit = cents(principal * Fraction(24, 100) * length / 365)
    return {
        "days": length,
        "interest": money(unpaid),
        "claimed": money(claimed),
        "total": money(principal + claimed),
        "limit": money(limit),
        "above": money(max(claimed - limit, Fraction(0))),
        "rows": rows,
    }


def annual(given: Given) -> Given:
    """The yearly rate by Newton's method in sixty digits."""
    by_day = bool(given["start"])
    net = Decimal(given["received"]) - Decimal(given["upfront"])
    amounts = [Decimal(given["payment"])] * given["times"]
    if given["last"]:
        amounts[-1] = Decimal(given["last"])
    amounts = [amount + Decimal(given["fee"]) for amount in amounts]
    times = list(range(1, given["times"] + 1))
    if by_day:
        start, first = date.fromisoformat(given["start"]), date.fromisoformat(given["first"])
        times = [(later(first, n) - start).days for n in range(given["times"])]
    made: Given = {"net": f"{net:.2f}", "paid": f"{sum(amounts):.2f}"}
    made["cost"] = f"{sum(amounts) - net:.2f}"
    if sum(amounts) < net:
        return {**made, "simple": None, "compound": None, "court": -1}
    with localcontext() as context:
        context.prec = 60
        rate = _newton(net, list(zip(times, amounts, strict=True)))
        year = 365 if by_day else 12
        made["simple"] = hundredths(rate * year)
        made["compound"] = hundredths((1 + rate) ** year - 1)
        near = rate * year - Decimal("0.24")
        made["court"] = 0 if abs(near) < Decimal("1e-40") else (1 if near > 0 else -1)
    return made


def _newton(net: Decimal, flows: list[tuple[int, Decimal]]) -> Decimal:
    rate = Decimal("0.0001")
    for _ in range(500):
        value = sum((a / (1 + rate) ** t for t, a in flows), -net)
        slope = sum((-t * a / (1 + rate) ** (t + 1) for t, a in flows), Decimal(0))
        step = value / slope
        rate -= step
        if abs(step) < Decimal("1e-55"):
            return rate
    raise AssertionError("no root")


def plan(given: Given) -> Given:
    """A schedule of payments."""
    debt, months = Fraction(given["debt"]), given["months"]
    monthly, fee = Fraction(given["rate"]) / 100 / 12, Fraction(given["fee"])
    annuity = sum((1 / (1 + monthly) ** n for n in range(1, months + 1)), Fraction(0))
    level, left, rows = cents(debt / annuity), debt, []
    for n in range(1, months + 1):
        interest = cents(left * monthly)
        wanted = level - interest if given["equal"] == "payment" else cents(debt / months)
        part = left if n == months else min(wanted, left)
        left -= part
        rows.append([money(part + interest + fee), money(interest), money(part), money(left)])
    total = sum((Fraction(row[0]) for row in rows), Fraction(0))
    return {
        "first": rows[0][0],
        "last": rows[-1][0],
        "most": money(max(Fraction(row[0]) for row in rows)),
        "total": money(total),
        "cost": money(total - debt),
        "rows": rows if months <= 6 else [],
        "shortest": shortest(given) if given.get("spare") else None,
    }


def shortest(given: Given) -> int | None:
    """The fewest months whose dearest instalment can be borne."""
    for months in range(1, 121):
        made = plan({**given, "months": months, "spare": ""})
        if Fraction(made["most"]) <= Fraction(given["spare"]):
            return months
    return None


def limitation(given: Given) -> Given:
    """The last day of limitation after each event."""
    due = date.fromisoformat(given["due"])
    with_calls, _ = _run(due, given["events"], calls=True)
    end, effects = _run(due, given["events"], calls=False)
    return {"end": end, "counted": with_calls, "effects": effects}


def _run(due: date, events: list[list[str]], *, calls: bool) -> tuple[str, list[str]]:
    base, running, effects = due, False, []
    for day_, kind, ended_ in sorted(events, key=lambda event: event[0]):
        day, end = date.fromisoformat(day_), later(base, 36)
        restart = date.fromisoformat(ended_) if ended_ else day
        if kind == "sued" and not ended_ and not running and day <= end:
            running = True
            effects.append("running")
        elif restart <= due:
            effects.append("early")
        elif running:
            effects.append("covered")
        elif day > end:
            effects.append("late")
        elif kind == "called" and not calls:
            effects.append("unsure")
        elif restart <= base:
            effects.append("covered")
        else:
            base = restart
            effects.append("anew")
    return ("" if running else later(base, 36).isoformat()), effects


def later(day: date, months: int) -> date:
    """The same day of a later month, or its last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def cents(amount: Fraction) -> Fraction:
    """Rounded to 分, halves up."""
    return Fraction(int(amount * 100 + Fraction(1, 2)), 100)


def money(amount: Fraction) -> str:
    """With two decimals; the amount has no more."""
    whole = amount * 100
    assert whole.denominator == 1
    return f"{whole.numerator // 100}.{whole.numerator % 100:02}"


def hundredths(rate: Decimal) -> str:
    """A rate as a percentage with two decimals, halves up."""
    return f"{(rate * 100).quantize(Decimal('0.01'), ROUND_HALF_UP)}%"


RECKONED = {"penalty": penalty, "annual": annual, "plan": plan, "limitation": limitation}


def cases(vectors: Given) -> Iterator[tuple[str, Given]]:
    """(calculator, case) of all."""
    for name, found in vectors.items():
        for case in found:
            yield name, case
