"""A path told as a dated story, from what each clause did."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from guanzi.base.core import Message, Parameter, Period
from guanzi.deal.program import grid_of
from guanzi.deal.terms import Call, Put, TermSheet
from guanzi.engine.machine import PathEvent

MOST = 12
"""Lines of a story."""
QUARTER = 3
PAID, BACK = 6, 5
"""Weights of money that flows; what a truth that turned weighs stands in :func:`_turned`."""


@dataclass(slots=True)
class Moment:
    """What happened in one step, as far as a story tells it.

    Attributes:
        paid: Clause to what public parties paid in it.
        back: Clause to what they got back.
        sentences: Sentences about what turned, with their weight.
    """

    paid: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    back: dict[str, float] = field(default_factory=lambda: defaultdict(float))
    sentences: list[tuple[int, Message]] = field(default_factory=list)


def tell_story(
    sheet: TermSheet,
    entries: Iterable[PathEvent],
    *,
    path: int,
    seed: int,
    saved: float,
    stood_for: Sequence[str] = (),
) -> tuple[Message, ...]:
    """The story of one path.

    Args:
        sheet: The term sheet.
        entries: What each clause did, in the order of time.
        path, seed: By which the path can be replayed.
        saved: What the corrected deal would have been worth more, in the sheet's unit.
        stood_for: Observables for which the plant stands.

    Returns:
        A head, dated lines, and what it comes to: at most twelve lines.
    """
    moments, paid, back = _moments(sheet, entries)
    head = [Message.of("lint.story.head", path=path, seed=seed)]
    if stood_for:
        head.append(Message.of("lint.story.stood_for", names=tuple(stood_for)))
    tail = Message.of(
        "lint.story.end",
        paid=_money(sheet, paid),
        back=_money(sheet, back),
        saved=_money(sheet, saved),
        currency=sheet.currency,
    )
    room = MOST - len(head) - 1
    lines = _lines(sheet, moments)
    if len(lines) > room:
        kept = sorted(sorted(range(len(lines)), key=lambda n: (-lines[n][0], n))[: room - 1])
        sentences = [lines[n][1] for n in kept] + [Message.of("lint.story.more", n=len(lines) - len(kept))]
    else:
        sentences = [line for _, line in lines]
    return (*head, *sentences, tail)


def _money(sheet: TermSheet, value: float) -> float:
    """An amount in millions of the currency."""
    return value * sheet.unit / 1e6


def _moments(sheet: TermSheet, entries: Iterable[PathEvent]) -> tuple[dict[int, Moment], float, float]:
    public = {f"acct.{party}" for party in sheet.public}
    moments: dict[int, Moment] = defaultdict(Moment)
    paid = back = 0.0
    for entry in entries:
        moment = moments[entry.step]
        if entry.what == "pays":
            if entry.subject in public and entry.object not in public:
                moment.paid[entry.clause] += entry.amount
                paid += entry.amount
            elif entry.object in public and entry.subject not in public:
                moment.back[entry.clause] += entry.amount
                back += entry.amount
        elif (sentences := _turned(sheet, entry)) is not None:
            moment.sentences.append(sentences)
    return moments, paid, back


def _turned(sheet: TermSheet, entry: PathEvent) -> tuple[int, Message] | None:
    """What a truth that turned means, with its weight; None for bookkeeping."""
    kind, _, id = entry.subject.partition(".")
    on = entry.what == "becomes_true"
    if entry.subject == "with.solvent" and not on:
        return 9, Message.of("lint.story.failed", name=_issuer(sheet))
    bare = ("with.listed", "with.control_changed")
    if entry.subject in (bare if sheet.tiers else (*bare, "with.hq_local", "with.plant_local")) and on:
        return 3, Message.of(f"lint.story.{id}", name=_issuer(sheet))
    if kind == "breach" and on:
        return 7, Message.of("lint.story.breach", id=sheet.called(f"covenant.{id}"))
    if kind == "tier":
        tier = next(t for t in sheet.tiers if t.id == id)
        message = Message.of("lint.story.tier" if on else "lint.story.tier_ends", name=sheet.called(f"tier.{id}"))
        return None if tier.baseline else (4, message)
    if kind == "event" and on:
        of = "promise" if any(promise.id == id for promise in sheet.promises) else "event"
        return 2, Message.of(f"lint.story.{of}", name=sheet.called(f"{of}.{id}"))
    right = {put.id for put in sheet.of(Put)} | {call.id for call in sheet.of(Call)}
    if kind in right and id in ("opened", "done") and on:
        called = any(c.id == kind for c in sheet.of(Call))
        state = "called" if called else "put_opened" if id == "opened" else "put_used"
        return 8, Message.of(f"lint.story.{state}", id=sheet.called(kind))
    if id == "clawed" and on:
        return 7, Message.of("lint.story.clawed", id=sheet.called(kind))
    return None


def _issuer(sheet: TermSheet) -> str:
    return next((p.name or p.id for p in sheet.parties if p.role == "issuer"), "")


@dataclass(slots=True)
class StoryLine:
    """One line of a story.

    Attributes:
        weight: How much it matters, if there is no room for all.
        days: Steps that it tells, from the first to the last, as periods.
        flow: ``paid`` or ``back`` when it tells of nothing else, otherwise empty.
        amount: What flowed, in millions.
        clauses: In which clauses it flowed.
        items: What happened.
    """

    weight: int
    days: list[str]
    flow: str
    amount: float
    clauses: tuple[Parameter, ...]
    items: Message

    def message(self, currency: str) -> Message:
        """The line in words; payments that repeat are told once, with their sum."""
        if len(self.days) == 1:
            return Message.of("lint.story.line", day=self.days[0], items=self.items)
        return Message.of(
            f"lint.story.{self.flow}_often",
            first=self.days[0],
            last=self.days[-1],
            n=len(self.days),
            amount=self.amount,
            clauses=self.clauses,
            currency=currency,
        )


def _lines(sheet: TermSheet, moments: dict[int, Moment]) -> list[tuple[int, Message]]:
    """The story by steps, with the weight of the heaviest thing in each line."""
    grid = grid_of(sheet)
    failed = False
    lines: list[StoryLine] = []
    for step, moment in sorted(moments.items()):
        sentences = sorted(moment.sentences, key=lambda item: item[1].id == "lint.story.failed")
        # what ends because the company failed needs no words of its own
        sentences = [(w, m) for w, m in sentences if not (failed and m.id == "lint.story.tier_ends")]
        failed = failed or any(m.id == "lint.story.failed" for _, m in sentences)
        day = str(Period.of("quarter" if sheet.step == QUARTER else "month", grid.first_day(step)))
        line = _line(sheet, day, moment, sentences)
        if line is None:
            continue
        before = lines[-1] if lines else None
        if before is not None and line.flow and (line.flow, line.clauses) == (before.flow, before.clauses):
            before.days += line.days
            before.amount += line.amount
        else:
            lines.append(line)
    return [(line.weight, line.message(sheet.currency)) for line in lines]


def _line(sheet: TermSheet, day: str, moment: Moment, sentences: Sequence[tuple[int, Message]]) -> StoryLine | None:
    flows = [(flow, sums) for flow, sums in (("paid", moment.paid), ("back", moment.back)) if sums]
    parts = [_flow(sheet, flow, sums) for flow, sums in flows] + [message for _, message in sentences]
    if not parts:
        return None
    weights = [w for w, _ in sentences] + [PAID if flow == "paid" else BACK for flow, _ in flows]
    items = parts[-1]
    for part in reversed(parts[:-1]):
        items = Message.of("lint.story.next", first=part, rest=items)
    alone = flows[0][0] if len(flows) == 1 and not sentences else ""
    sums = flows[0][1] if flows else {}
    return StoryLine(max(weights), [day], alone, _money(sheet, sum(sums.values())), _clauses(sums), items)


def _flow(sheet: TermSheet, flow: str, sums: Mapping[str, float]) -> Message:
    amount = _money(sheet, sum(sums.values()))
    return Message.of(f"lint.story.{flow}", amount=amount, clauses=_clauses(sums), currency=sheet.currency)


def _clauses(sums: Mapping[str, float]) -> tuple[Parameter, ...]:
    return tuple(dict.fromkeys(_clause(clause) for clause in sums))


def _clause(clause: str) -> Parameter:
    """A clause as a person names it: the last part of its id."""
    last = clause.split(".")[-1]
    return Message.of(f"lint.story.clause_{last}") if last in ("failure", "exit") else last
