"""What an amendment of a signed term sheet adds to what the public side pays, and which conditions before it loosen.

Every payment is compared, of whatever kind: planned, given without a payment, called, and the covenants and steps that
stand before it. What cannot be shown to ask as much as before counts as loosened; nothing is weighed against anything
else, so that a decision can name each line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from guanzi.advice.appraisal.deal import MILLION, Bracket, bracket
from guanzi.base.core import Message, Place
from guanzi.deal.terms import (
    Condition,
    Covenant,
    EventHappened,
    Expression,
    Guarantee,
    MonthsSince,
    Number,
    Payout,
    Relation,
    TermSheet,
    Tier,
    TierInForce,
    Value,
    conjuncts,
    explain_condition,
    payments,
    unparse,
    walk,
)

KINDS = ("planned", "given", "called")
"""Money that is paid on its day, given without a payment, or paid only if somebody calls for it."""
_LEAST = 1e-6
"""Millions below which an amount is no amount."""
_AS_TIGHT = {">": (">",), ">=": (">=", ">"), "<": ("<",), "<=": ("<=", "<")}


@dataclass(frozen=True, slots=True)
class AmendedLine:
    """A line of a term sheet that adds money, or loosens what stands before money.

    Attributes:
        id: Of the payment, step, event or covenant.
        kind: ``more``, ``new``, ``open`` (its amount is not stated), ``share``, ``sooner``, ``longer``, ``unfailed``,
            ``loosened``, ``step``, ``proof``, ``event``, ``covenant`` or ``unit``.
        line: In the new text, or in the old one of what is gone; 0: of the whole text.
    """

    id: str
    kind: str
    line: int
    message: Message


@dataclass(frozen=True, slots=True)
class Amended:
    """An amendment: its lines, and the money that it adds, in millions, each kind of money by itself."""

    lines: tuple[AmendedLine, ...]
    more: float


def amended(before: TermSheet, after: TermSheet) -> Amended:
    """What a term sheet adds to another, and loosens of it."""
    lines = [*_money_lines(before, after), *_payments(before, after), *_targets(before, after)]
    lines += _covenants(before, after)
    if before.unit != after.unit:
        lines.append(_line("unit", "deal", None))
    seen: dict[tuple[str, str, Message], AmendedLine] = {}
    for one in lines:
        seen.setdefault((one.id, one.kind, one.message), one)
    old, new = _money(before), _money(after)
    more = sum(max(0.0, _total(new, kind) - _total(old, kind)) for kind in KINDS)
    return Amended(tuple(seen.values()), more)


# -- money


def _money(sheet: TermSheet) -> Mapping[tuple[str, str], Bracket]:
    """(kind, payment) to its amount."""
    scale = sheet.unit / MILLION
    return {(one.kind if one.cash else "given", one.id): bracket(one.amount, scale) for one in payments(sheet)}


def _total(money: Mapping[tuple[str, str], Bracket], kind: str) -> float:
    """Money of a kind at the most, as far as it is stated."""
    return sum(_most(amount) or 0.0 for (of, _), amount in money.items() if of == kind)


def _most(amount: Bracket) -> float | None:
    return amount.high if amount.high is not None else amount.mid


def _money_lines(before: TermSheet, after: TermSheet) -> Iterator[AmendedLine]:
    old, new, places = _money(before), _money(after), _places(after)
    for (kind, id), amount in new.items():
        was, now, place = old.get((kind, id)), _most(amount), places.get(id)
        then = None if was is None else _most(was)
        if now is None:
            if was is None or then is not None:
                yield _line("open", id, place)
        elif was is None:
            if now > _LEAST:
                yield _line("new", id, place, currency=after.currency, amount=now)
        elif then is not None and now - then > _LEAST:
            yield _line("more", id, place, currency=after.currency, more=now - then, amount=now)
    shares = {item.id: item.share for item in before.of(Guarantee)}
    for item in after.of(Guarantee):
        was_share, now_share = _number(shares.get(item.id)), _number(item.share)
        if item.id in shares and was_share is not None and (now_share is None or now_share > was_share):
            yield _line("share", item.id, item.place)


def _places(sheet: TermSheet) -> Mapping[str, Place]:
    """Where payments stand in the text."""
    items = {item.id: item.place for item in (*sheet.instruments, *sheet.promises)}
    return items | {one.id: one.place for one in payments(sheet)}


def _number(value: Value | None) -> float | None:
    return None if value is None else _most(bracket(value))


# -- what stands before it


def _payments(before: TermSheet, after: TermSheet) -> Iterator[AmendedLine]:
    """Payments that can be made sooner, longer, or on less."""
    old = {one.id: one for one in payments(before)}
    for one in payments(after):
        was = old.get(one.id)
        if was is not None:
            yield from _payment(before, was, one)


def _payment(sheet: TermSheet, was: Payout, now: Payout) -> Iterator[AmendedLine]:
    if now.due < was.due:
        yield _line("sooner", now.id, now.place, day=_day(now.due), was=_day(was.due))
    if was.expires is not None and (now.expires is None or now.expires > was.expires):
        yield _line("longer", now.id, now.place, was=_day(was.expires))
    if was.failed and not now.failed:
        yield _line("unfailed", now.id, now.place)
    for part in _dropped(was.condition, now.condition):
        yield _line("loosened", now.asked, now.place, what=explain_condition(part, sheet))


def _dropped(before: Condition | None, after: Condition | None) -> list[Expression]:
    """Parts of a condition that nothing in another asks for as strictly."""
    if before is None:
        return []
    kept = () if after is None else conjuncts(after.tree)
    return [part for part in conjuncts(before.tree) if not any(_as_strict(other, part) for other in kept)]


def _as_strict(now: Expression, was: Expression) -> bool:
    """Whether what must hold now can hold only where the other does; in doubt it is not."""
    if unparse(now) == unparse(was):
        return True
    if not isinstance(now, Relation) or not isinstance(was, Relation):
        return False
    a, b = now.with_limit_right(), was.with_limit_right()
    if not isinstance(a.right, Number) or not isinstance(b.right, Number) or unparse(a.left) != unparse(b.left):
        return False
    if a.op not in _AS_TIGHT.get(b.op, ()):
        return False
    return a.right.value >= b.right.value if b.op[0] == ">" else a.right.value <= b.right.value


def _targets(before: TermSheet, after: TermSheet) -> Iterator[AmendedLine]:
    """Steps and events that payments wait for, and that ask for less or are something else."""
    new_tiers, new_events = {one.id: one for one in after.tiers}, {one.id: one for one in after.events}
    awaited = set(_awaited(one.condition for one in payments(before)))
    tiers = {one.id: one for one in before.tiers}
    waiting = list(awaited)
    while waiting:  # a step can wait for another
        tier = tiers.get(waiting.pop())
        further = set(_awaited([tier.when])) - awaited if tier is not None else set()
        awaited |= further
        waiting += further
    for tier in before.tiers:
        now = new_tiers.get(tier.id)
        if tier.id in awaited and now is not None:
            yield from _tier(before, tier, now)
    for event in before.events:
        other = new_events.get(event.id)
        if event.id in awaited and other is not None and (event.name, event.by) != (other.name, other.by):
            yield _line("event", event.id, other.place)


def _tier(sheet: TermSheet, was: Tier, now: Tier) -> Iterator[AmendedLine]:
    for part in _dropped(was.when, now.when):
        yield _line("step", was.id, now.place, what=explain_condition(part, sheet))
    if (now.baseline and not was.baseline) or (was.proof and now.proof != was.proof):
        yield _line("proof", was.id, now.place)


def _awaited(conditions: Iterator[Condition | None] | list[Condition]) -> Iterator[str]:
    for condition in conditions:
        for x in () if condition is None else walk(condition.tree):
            match x:
                case EventHappened(event=id) | MonthsSince(target=id) | TierInForce(tier=id):
                    yield id


def _covenants(before: TermSheet, after: TermSheet) -> Iterator[AmendedLine]:
    """Covenants that are gone or ask for less: none may be breached when money goes."""
    new = {one.id: one for one in after.covenants}
    for covenant in before.covenants:
        now = new.get(covenant.id)
        if now is None or _is_looser(covenant, now):
            place = covenant.place if now is None else now.place
            yield _line("covenant", covenant.id, place, name=before.called(f"covenant.{covenant.id}"))


def _is_looser(was: Covenant, now: Covenant) -> bool:
    if _dropped(was.require, now.require):
        return True
    if was.cure is not None and (now.cure is None or now.cure > was.cure):
        return True
    later = now.start is not None and (was.start is None or now.start > was.start)
    ends = now.until is not None and (was.until is None or bool(_dropped(was.until, now.until)))
    return later or ends


# -- words


def _line(kind: str, id: str, place: Place | None, currency: str = "", **given: Any) -> AmendedLine:
    line = 0 if place is None else place.line
    name = f"appraisal.amended.{kind}"
    params = {"id": id, "line": line, **given}
    message = Message.of_money(currency, name, **params) if currency else Message.of(name, **params)
    return AmendedLine(id, kind, line, message)


def _day(day: date) -> str:
    return day.isoformat()
