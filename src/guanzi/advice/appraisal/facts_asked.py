"""Which facts the company model of a case would use, and how much of the result's spread each could settle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import UNITS, InvalidInput, Message, Period, Place, UnitKind, money_form, rate_between
from guanzi.engine.company import MODELS, Parameter
from guanzi.record.evidence import UNCOUNTED, UNITS_BY_NAME, Fact, Source, View, asked_of, flow_of, product_unit
from guanzi.study.diligence import SALES, sells

_PROBE = "probe"
_YEARS = 2
_GROWTH = 1.5


@dataclass(frozen=True, slots=True)
class AskedFact:
    """A fact that the rules of a company model look for.

    Attributes:
        name: Its name.
        subject: Whom it is about.
        unit: The unit in which it would be entered.
        effect: Share of the spread of the result that hangs on the assumptions which it would replace.
        moves: What these assumptions are called.
    """

    name: str
    subject: str
    unit: str
    effect: float
    moves: tuple[Message, ...]


def asked_facts(view: View, shares: Mapping[str, float]) -> tuple[AskedFact, ...]:
    """The facts that the rules look for, the one that could settle most first.

    Found by trial: figures of the usual size are put in for a name, and what the rules then derive otherwise is what
    they use it for. What a name does only together with others is found by leaving it out of all of them. Of the names
    of one flow, its own is asked for.

    Args:
        view: What is known.
        shares: Share of each parameter in the spread of the result.
    """
    read = sorted((subject, name) for subject, name in _read_by_rules(view) if flow_of(name) == name)
    sold = sells(view)
    asked = [(subject, name) for subject, name in read if asked_of(view, name) and (sold or name not in SALES)]
    probes = {key: tuple(_figures(view, *key)) for key in asked if _usable(*key)}
    everything = [fact for facts in probes.values() for fact in facts]
    as_known, with_all = _parameters(view, ()), _parameters(view, everything)
    if as_known is None:
        return ()
    found = []
    for (subject, name), facts in probes.items():
        alone = _parameters(view, facts)
        rest = _parameters(view, [fact for fact in everything if fact not in facts])
        moved = _changed(as_known, alone) | (_changed(with_all, rest) & _changed(as_known, with_all))
        ordered = sorted(moved, key=lambda p: (-shares.get(p, 0.0), p))
        effect = min(sum(shares.get(p, 0.0) for p in ordered), 1.0)
        meanings = tuple(Message.of(MODELS[view.model].MEANINGS[p]) for p in ordered[:3] if shares.get(p, 0.0) > 0.0)
        found.append(AskedFact(name, subject, unit_asked(view, name), effect, meanings))
    return tuple(sorted(found, key=lambda a: (-a.effect, a.subject, a.name)))


def _usable(subject: str, name: str) -> bool:
    kind = UNITS.get(UNITS_BY_NAME[name][0]) if name in UNITS_BY_NAME else None
    return kind in (UnitKind.NUMBER, UnitKind.RATIO) and rate_between(name) is None and subject in ("company", "region")


def _read_by_rules(view: View) -> set[tuple[str, str]]:
    """Subject and name of every fact for which the rules ask this view."""
    asked: set[tuple[str, str]] = set()

    class Listening(View):
        def named(self, name: str, subject: str = "company") -> tuple[Fact, ...]:
            asked.add((subject, name))
            return super().named(name, subject)

    fields = {name: getattr(view, name) for name in View.__dataclass_fields__}
    for facts in ((), tuple(_guesses(view))):
        listening = Listening(
            **{**fields, "facts": (*view.facts, *facts), "sources": (*view.sources, _probe_source(view.as_of))}
        )
        _calibrated(listening)
    return asked


def _guesses(view: View) -> Iterator[Fact]:
    """Figures under every name, so that rules which look further once they hold something do so."""
    for name in UNITS_BY_NAME:
        if _usable("company", name) and not view.named(name):
            yield from _figures(view, "company", name)


def _parameters(view: View, facts: Sequence[Fact]) -> dict[str, Parameter] | None:
    return _calibrated(with_trials(view, facts) if facts else view)


def with_trials(view: View, facts: Sequence[Fact]) -> View:
    """A view in which facts are put in to see what would follow."""
    return replace(view, facts=(*view.facts, *facts), sources=(*view.sources, _probe_source(view.as_of)))


def trial(id: str, subject: str, name: str, value: bool | float, unit: str, period: Period, day: date) -> Fact:
    """A fact that is put into a view of a day to see what would follow."""
    return Fact(
        id, subject, name, value, unit, period, day, "public", _PROBE, "high",
        note="", held_because="", supersedes=None, place=Place(_PROBE),
    )  # fmt: skip


def _calibrated(view: View) -> dict[str, Parameter] | None:
    try:
        return dict(calibrate_company(view, view.as_of).parameters)
    except InvalidInput:
        return None


def _changed(one: Mapping[str, Parameter] | None, other: Mapping[str, Parameter] | None) -> set[str]:
    if one is None or other is None:
        return set()
    return {name for name in one if one[name].distribution != other[name].distribution}


@cache
def _probe_source(day: date) -> Source:
    return Source(id=_PROBE, publisher=_PROBE, title=_PROBE, date=day, address=None, mirror=False, grade="A", note="")


def unit_asked(view: View, name: str) -> str:
    """The unit in which a fact of a name would be entered."""
    for unit in UNITS_BY_NAME[name]:
        form = money_form(unit)
        if form is not None:
            return f"{view.currency}{form[1]}"
    pieces = {unit.split("/")[0]: unit for unit in reversed(UNITS_BY_NAME[name])}
    made = product_unit(view)
    told = made if made != UNCOUNTED else next((p for f in view.facts if (p := f.unit.split("/")[0]) in pieces), made)
    return pieces.get(told, UNITS_BY_NAME[name][0])


def _figures(view: View, subject: str, name: str) -> Iterator[Fact]:
    """Figures of the two years and eight quarters before the day, growing, of a usual size."""
    unit = unit_asked(view, name)
    first = 0.1 if UNITS.get(unit) is UnitKind.RATIO else 1_000.0 if unit.endswith(" m") else 10_000.0
    last_year = Period.parse(view.as_of.year - 1)
    last_quarter = Period.of("quarter", view.as_of).shift(-1)
    periods = [last_year.shift(-n) for n in reversed(range(_YEARS))]
    quarters = [last_quarter.shift(-n) for n in reversed(range(4 * _YEARS))]
    for row, part in ((periods, 1.0), (quarters, 0.25 if UNITS.get(unit) is not UnitKind.RATIO else 1.0)):
        for step, period in enumerate(row):
            grown = first * part * _GROWTH ** (step / len(row) * _YEARS)
            yield trial(f"{_PROBE}-{subject}-{name}-{period}", subject, name, grown, unit, period, view.as_of)
