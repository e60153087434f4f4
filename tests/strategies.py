"""Random conditions and random term sheets, for tests that must hold for all of them.

A term sheet is made as plain data, written as YAML and read by the parser: what holds for it holds for what people
write. ``sheets()`` gives term sheets; ``sheet_data()`` the data; ``sheet_of(data)`` reads data.
"""

from __future__ import annotations

from dataclasses import fields, is_dataclass, replace
from datetime import date, timedelta
from functools import cache, lru_cache
from typing import Any

import yaml
from hypothesis import strategies as st
from tests import strategy_instruments as more
from tests.strategy_values import SIGNED, amounts, days, percents, rates

from guanzi.base.core import LARGEST, Place
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import OBSERVABLES, Expression, Scope, TermSheet, Type, parse_sheet, unparse
from guanzi.deal.terms.conditions import (
    Arithmetic,
    Consecutive,
    DateTest,
    EventHappened,
    Held,
    Logic,
    MonthsSince,
    Negation,
    Number,
    Observable,
    Relation,
    TierInForce,
    Total,
)
from guanzi.deal.terms.vocabulary import FLOW, MONEY

AT = Place("random.yaml", 1, 1)
SCOPE = Scope(events=("closing", "assets"), tiers=("headquarters", "plant"), tranches=("t1", "t2"), loans=("bridge",))
COMPARISONS = ("<", "<=", ">", ">=", "==", "!=")

_DIMENSION = {"units/year": "units", "jobs": "people"}
_LEVELS = {  # thresholds near which things happen, so that conditions are neither always true nor never
    "units": st.integers(0, 60_000).map(float),
    MONEY: st.integers(-5_000, 20_000).map(float),
    "ratio": st.integers(-30, 100).map(lambda n: n / 100),
    "people": st.integers(0, 20_000).map(float),
    "months": st.integers(0, 96).map(float),
}


# -- conditions ----------------------------------------------------------------------------------------------------


@lru_cache(maxsize=512)
def conditions(
    scope: Scope = SCOPE,
    names: tuple[str, ...] = tuple(OBSERVABLES),
    *,
    wild: bool = False,
    nested_windows: bool = True,
) -> st.SearchStrategy[Expression]:
    """Truths over the observables ``names`` and what ``scope`` declares, right in types and units.

    Args:
        scope: Declared events, tiers, tranches and loans, and the months per step.
        names: Observables that may be used.
        wild: Any finite number as a literal, instead of plausible levels.
        nested_windows: ``held`` and ``consecutive`` may stand within one another.
    """
    flat = _truths(scope, names, wild)
    inner = _logic(flat)
    windowed = _windows(scope, inner)
    truths = st.one_of(flat, inner, windowed)
    if nested_windows:
        truths = st.one_of(truths, _windows(scope, _logic(truths)))
    return st.one_of(truths, _logic(truths))


def _logic(truths: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.one_of(
        st.builds(
            Logic, st.sampled_from(("and", "or")), st.lists(truths, min_size=2, max_size=3).map(tuple), st.just(AT)
        ),
        st.builds(Negation, truths, st.just(AT)),
    )


def _windows(scope: Scope, truths: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    spans = st.integers(1, 36 // scope.step).map(lambda n: n * scope.step / 12)
    return st.one_of(
        st.builds(Consecutive, truths, st.integers(1, 3), st.just(AT)),
        st.builds(Held, truths, spans, st.just(AT)),
    )


def _truths(scope: Scope, names: tuple[str, ...], wild: bool) -> st.SearchStrategy[Expression]:
    choices: list[st.SearchStrategy[Expression]] = []
    truths = [n for n in names if OBSERVABLES[n].type is Type.TRUTH]
    if truths:
        choices.append(st.sampled_from(truths).map(lambda n: Observable(n, Type.TRUTH, "", AT)))
    if scope.events:
        choices.append(st.sampled_from(scope.events).map(lambda n: EventHappened(n, AT)))
    if scope.tiers:
        choices.append(st.sampled_from(scope.tiers).map(lambda n: TierInForce(n, AT)))
    days = st.dates(date(2019, 1, 1), date(2030, 12, 31)).map(date.isoformat)
    choices.append(st.builds(DateTest, st.sampled_from(("before", "after")), days, st.just(AT)))
    units = dict.fromkeys(_dimension(n) for n in names if OBSERVABLES[n].type is Type.NUMBER)
    choices += [_relations(unit, scope.money, scope.step, names, wild) for unit in units]
    ops = st.sampled_from(COMPARISONS)
    targets = scope.payments + scope.events
    if targets:
        elapsed = st.sampled_from(targets).map(lambda n: MonthsSince(n, AT))
        choices.append(st.builds(Relation, ops, elapsed, _literals("months", wild), st.just(AT)))
        choices.append(st.builds(Relation, ops, _literals("months", wild), elapsed, st.just(AT)))
    return st.one_of(choices)


@cache
def _relations(unit: str, money: str, step: int, names: tuple[str, ...], wild: bool) -> st.SearchStrategy[Expression]:
    """Comparisons of numbers of one unit: the same whatever else a sheet declares, so that they are made once."""
    numbers = _numbers(unit, Scope(money=money, step=step), names, wild)
    other = st.one_of(_literals(unit, wild), numbers)
    return st.builds(Relation, st.sampled_from(COMPARISONS), numbers, other, st.just(AT))


def _dimension(name: str) -> str:
    unit = OBSERVABLES[name].unit
    return _DIMENSION.get(unit, unit)


def _literals(unit: str, wild: bool) -> st.SearchStrategy[Expression]:
    values = st.floats(-LARGEST, LARGEST) if wild else _LEVELS[unit]
    return values.map(lambda value: Number(value, AT))


def _numbers(unit: str, scope: Scope, names: tuple[str, ...], wild: bool) -> st.SearchStrategy[Expression]:
    """Numbers of one unit; sums over windows are of flows only."""
    of_unit = [n for n in names if OBSERVABLES[n].type is Type.NUMBER and _dimension(n) == unit]
    observed = st.sampled_from(of_unit).map(lambda n: _observable(n, scope))
    flows = [n for n in of_unit if OBSERVABLES[n].kind == FLOW]
    factor = st.integers(1, 400).map(lambda n: Number(n / 100, AT))
    choices: list[st.SearchStrategy[Expression]] = [observed]
    if flows:
        flow = st.sampled_from(flows).map(lambda n: _observable(n, scope))
        item = st.one_of(flow, st.builds(Arithmetic, st.just("*"), factor, flow, st.just(AT)))
        months = st.one_of(st.none(), st.just(0), st.integers(1, 24 // scope.step).map(lambda n: n * scope.step))
        choices.append(st.builds(Total, item, months, st.just(AT)))
    plain = st.one_of(choices)
    terms = st.one_of(plain, _literals(unit, wild))
    return st.one_of(
        plain,
        st.builds(Arithmetic, st.sampled_from(("+", "-")), plain, terms, st.just(AT)),
        st.builds(
            Arithmetic, st.just("-"), terms, st.builds(Arithmetic, st.just("+"), plain, plain, st.just(AT)), st.just(AT)
        ),
        st.builds(Arithmetic, st.just("*"), factor, plain, st.just(AT)),
        st.builds(Arithmetic, st.just("/"), plain, st.one_of(factor, st.just(Number(0.0, AT))), st.just(AT)),
    )


def _observable(name: str, scope: Scope) -> Observable:
    term = OBSERVABLES[name]
    return Observable(name, term.type, scope.money if term.unit == MONEY else term.unit, AT)


def without_places(tree: Any) -> Any:
    """The same data with every place the same, to compare two of them."""
    if isinstance(tree, Place):
        return AT
    if isinstance(tree, tuple):
        return tuple(map(without_places, tree))
    if isinstance(tree, dict):
        return {key: without_places(value) for key, value in tree.items()}
    if is_dataclass(tree) and not isinstance(tree, type):
        return replace(tree, **{field.name: without_places(getattr(tree, field.name)) for field in fields(tree)})
    return tree


class _Dumper(yaml.SafeDumper):
    """Writes YAML without anchors, which the reader refuses."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


# -- term sheets ---------------------------------------------------------------------------------------------------


def sheets(
    names: tuple[str, ...] = tuple(OBSERVABLES), steps: tuple[str, ...] = ("quarter",)
) -> st.SearchStrategy[TermSheet]:
    """Valid term sheets that can be simulated; their conditions use the observables ``names`` only."""
    return sheet_data(names, steps).map(sheet_of)


def sheet_of(data: dict[str, Any]) -> TermSheet:
    """The term sheet that data describe, written as YAML and read by the parser."""
    return parse_sheet(document_of(data))


def document_of(data: dict[str, Any]) -> Any:
    """Data as a YAML document with positions."""
    text = yaml.dump(data, Dumper=_Dumper, sort_keys=False, allow_unicode=True)
    return parse_yaml(TextFile("random.yaml", text, tuple(text.split("\n"))))


@st.composite
def sheet_data(
    draw: st.DrawFn, names: tuple[str, ...] = tuple(OBSERVABLES), steps: tuple[str, ...] = ("quarter", "month")
) -> dict[str, Any]:
    """A valid term sheet as data: parties, one to five instalments, and some of all other clauses."""
    step = draw(st.sampled_from(steps))
    public = ("city", "province", "fund")[: draw(st.integers(1, 3))]
    founder = draw(st.booleans())
    events = ("closing", "assets", "approval")[: draw(st.integers(0, 3))]
    tiers = ("headquarters", "plant", "chain")[: draw(st.integers(0, 3))]
    tranches = tuple(f"t{n}" for n in range(1, draw(st.integers(1, 5)) + 1))
    loans = ("bridge", "line")[: draw(st.integers(0, 2))]
    notes = ("note",)[: draw(st.integers(0, 1))]
    others = tuple(name for name in more.OTHERS if draw(st.integers(0, 2)) == 0)
    promises = ("site", "road")[: draw(st.integers(0, 2))]
    months = 1 if step == "month" else 3
    scope = Scope(events + promises, tiers, tranches, loans + notes + more.clocked(others), step=months)

    def text(scope: Scope = scope) -> str:
        return unparse(draw(conditions(scope, names, nested_windows=False)))

    parties: dict[str, Any] = {"company": {"role": "issuer", "name": "Example Motors"}}
    parties |= {name: {"role": "public", "limits": {"total": 5000}} for name in public}
    if founder:
        parties["founder"] = {"role": "holder", "limits": {"total": draw(st.integers(0, 3000))}}
    instruments: dict[str, Any] = {"stake": draw(_equity(public, tranches, text, founder=founder))}
    if draw(st.booleans()):
        instruments["put"] = draw(_put(public, text, founder=founder))
    if draw(st.booleans()):
        instruments["call"] = draw(_call(public, text, founder=founder))
    for name in loans:
        instruments[name] = draw(_loan(public, text, founder=founder))
    for name in notes:
        instruments[name] = draw(more.notes(public, text, founder=founder))
    for name in others:
        instruments[name] = draw(more.other(name, public, text, founder=founder))
    data: dict[str, Any] = {
        "deal": "random",
        "status": draw(st.sampled_from(("draft", "framework", "definitive"))),
        "currency": "CNY",
        "unit": 1e6,
        "known_on": SIGNED,
        "signed": SIGNED,
        "horizon": f"{draw(st.integers(4, 6))} years",
        "step": step,
        "parties": parties,
        "instruments": instruments,
        "covenants": {},
        "tiers": [],
        "incentives": draw(_incentives(public, text, {id: instruments[id]["lender"] for id in loans + notes})),
        "promises": {name: draw(_promise(public)) for name in promises},
        "events": {},
        "unknown_clauses": {"liquidation_preference": {"text": "Rank in a liquidation"}},
    }
    remedies = ["unknown", *(["put", "put"] if "put" in instruments else [])]
    for name in ("control", "headquarters")[: draw(st.integers(0, 2))]:
        covenant: dict[str, Any] = {"require": draw(st.one_of(st.just("unknown"), st.builds(text)))}
        cures = st.sampled_from(["3 months", "6 months", "1 year", "unknown"])
        when: dict[Any, st.SearchStrategy[Any]] = {
            "from": days(0, 900), "remedy": st.sampled_from(remedies), "cure": cures
        }  # fmt: skip
        covenant |= draw(st.fixed_dictionaries({}, optional=when))
        if draw(st.booleans()):
            covenant["until"] = text()
        data["covenants"][name] = covenant
    for promise in data["promises"].values() if data["covenants"] else ():
        promise["suspends"] = list(data["covenants"])[: draw(st.integers(0, 1))]
    for number, name in enumerate(tiers):  # a tier may rest on earlier ones only: no circle
        tier: dict[str, Any] = {"id": name, "when": text(replace(scope, tiers=tiers[:number]))}
        if draw(st.booleans()):
            tier |= {"proof": "a certificate", "leaving_costs": {"low": 100, "high": 900, "source": "judgement"}}
        tier["baseline"] = draw(st.booleans())
        data["tiers"].append(tier)
    for name in events:
        data["events"][name] = {"due": draw(days(0, 900)), "probability": draw(rates(0, 100)), "by": "company"}
    return data


@st.composite
def _equity(draw: st.DrawFn, public: tuple[str, ...], tranches: tuple[str, ...], text: Any, *, founder: bool) -> Any:
    equity: dict[str, Any] = {"type": "equity", "issuer": "company", "share": draw(rates(5, 40)), "tranches": []}
    if draw(st.booleans()):
        parts = [draw(st.integers(1, 100)) for _ in public]
        equity["share"] = f"{sum(parts) / 10:g}%"
        equity["holders"] = {name: f"{part / 10:g}%" for name, part in zip(public, parts, strict=True)}
        if len(public) > 1 and draw(st.booleans()):
            equity["holders"] |= dict.fromkeys(public[1:], "unknown")
    if split := draw(st.booleans()):
        equity["split"] = (
            {public[0]: "50%"} | dict.fromkeys(public[1:], "unknown") if public[1:] else {public[0]: "100%"}
        )
    for id in tranches:
        due = draw(days(0, 1000))
        tranche: dict[str, Any] = {"id": id, "due": due}
        if split and draw(st.booleans()):
            tranche["amount"] = draw(amounts(0, 3000))
        else:
            tranche["amount"] = {name: draw(amounts(0, 1500)) for name in public}
        if draw(st.booleans()):
            tranche["if"] = text()
        if draw(st.booleans()):
            tranche["expires"] = due + timedelta(days=draw(st.integers(0, 900)))
        equity["tranches"].append(tranche)
    payments = st.lists(st.fixed_dictionaries({"due": days(0, 700), "amount": amounts(0, 900)}), max_size=3)
    if draw(st.booleans()):
        party = "founder" if founder else "company"
        assets = {"value": draw(amounts(0, 9000)), "basis": "a valuation"}
        equity["contribution"] = {party: {"cash": draw(payments), "assets": assets}}
    if draw(st.booleans()):
        equity["preference"] = draw(more.preferences(text))
    if draw(st.booleans()):
        equity["anti_dilution"] = draw(st.sampled_from(("none", "weighted", "full")))
    return equity


@st.composite
def _put(draw: st.DrawFn, public: tuple[str, ...], text: Any, *, founder: bool) -> Any:
    obligors: list[Any] = ["unknown", ["company"]]
    if founder:
        obligors += [["company", "founder"], ["founder"]]
    return {
        "type": "put",
        "on": "stake",
        "holders": list(public[: draw(st.integers(1, len(public)))]),
        "obligors": draw(st.sampled_from(obligors)),
        "price": {"rate": draw(rates(0, 15)), "basis": draw(st.sampled_from(("compound", "simple", "unknown")))},
        "when": text(),
    }


@st.composite
def _call(draw: st.DrawFn, public: tuple[str, ...], text: Any, *, founder: bool) -> Any:
    of = draw(st.sampled_from(("", *(f" of {name}" for name in public))))
    return {
        "type": "call",
        "on": "stake",
        "holder": draw(st.sampled_from(("company", "founder") if founder else ("company",))),
        "portion": draw(percents(1, 100)) + of,
        "price": {"rate": draw(rates(0, 15)), "basis": draw(st.sampled_from(("compound", "simple", "unknown")))},
        "when": text(),
    }


@st.composite
def _loan(draw: st.DrawFn, public: tuple[str, ...], text: Any, *, founder: bool) -> Any:
    drawn = draw(days(0, 1000))
    loan: dict[str, Any] = {
        "type": "loan",
        "lender": draw(st.sampled_from(public)),
        "borrower": "company",
        "amount": draw(amounts(0, 2000)),
        "drawn": drawn,
        "rate": draw(rates(0, 12)),
        "repayment": draw(st.sampled_from(("bullet", "amortising"))),
        "rank": draw(st.sampled_from(("secured", "unsecured", "subordinated"))),
    }
    loan |= draw(st.sampled_from(({"years": 2}, {"years": 0.5}, {"maturity": "20 months"}, {"maturity": "7 years"})))
    if loan["rank"] == "secured":
        loan["security"] = draw(rates(0, 33))
    if draw(st.booleans()):
        loan["if"] = text()
    if draw(st.booleans()):
        loan["expires"] = drawn + timedelta(days=draw(st.integers(0, 900)))
    if founder and draw(st.booleans()):
        loan["obligors"] = ["founder"]
    return loan


@st.composite
def _incentives(draw: st.DrawFn, public: tuple[str, ...], text: Any, debts: dict[str, str]) -> Any:
    """Some of a grant, a rebate, land and a guarantee: of all debt, or of one that another party lends."""
    payers = st.sampled_from(public)
    found: dict[str, Any] = {}
    for kind in ("grant", "rebate")[: draw(st.integers(0, 2))]:
        found[kind] = grant = {"type": kind, "from": draw(payers), "amount": draw(amounts(0, 300))}
        if draw(st.booleans()):
            grant |= {"amount": f"{draw(st.integers(0, 200))} per year", "years": draw(st.integers(1, 6))}
        if draw(st.booleans()):
            grant["start"] = draw(days(0, 900))
        if draw(st.booleans()):
            grant["if"] = text()
        if draw(st.booleans()):
            grant["clawback"] = {"when": text(), "recover": draw(rates(0, 100)), "enforced": draw(rates(0, 100))}
    if draw(st.booleans()):
        land = {"type": "land", "from": draw(payers), "value": draw(amounts(0, 3000)), "discount": draw(rates(0, 100))}
        optional = {"hectares": st.integers(1, 400), "due": days(0, 900)}
        optional["buy_back"] = st.one_of(st.booleans(), rates(0, 100))
        found["land"] = land | draw(st.fixed_dictionaries({}, optional=optional))
    if draw(st.booleans()):
        found["guarantee"] = {"type": "guarantee", "from": draw(payers), "share": draw(rates(0, 100))}
        found["guarantee"] |= {"limit": draw(amounts(0, 3000))}
        if draw(st.booleans()):
            found["guarantee"]["until"] = draw(days(0, 1400))
        others = [id for id, lender in debts.items() if lender != found["guarantee"]["from"]]
        if draw(st.booleans()) and others:
            found["guarantee"]["of"] = draw(st.sampled_from(others))
    if draw(st.booleans()):
        found["works"] = draw(more.parks(public, text))
    if draw(st.booleans()):
        found["fleet"] = draw(more.purchases(public, text))
    on = tuple(name for name, item in found.items() if item["type"] != "guarantee" and "clawback" not in item)
    taken_back = draw(st.booleans())
    if on and taken_back:
        found["recapture"] = draw(more.clawbacks(on, text))
    return found


@st.composite
def _promise(draw: st.DrawFn, public: tuple[str, ...]) -> Any:
    promise = {"from": draw(st.sampled_from(public)), "what": "serviced land", "probability": draw(rates(0, 100))}
    optional: dict[str, st.SearchStrategy[Any]] = {"due": days(0, 900), "cost": amounts(0, 200), "broken": rates(0, 60)}
    optional["penalty"] = st.integers(0, 80).map(lambda n: f"{n} per year")
    return promise | draw(st.fixed_dictionaries({}, optional=optional))
