"""Cases with a fact that is better or worse than it was, and what must follow: for the tests of signs.

A fact is *moved* (the latest figure of its name, or a yes that becomes a no) or *added* where none of its name is held.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from tests.record.playbooks.test_table import SOUND

from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.advice.appraisal.decide import applicable
from guanzi.advice.appraisal.prepare import Prepared, prepare
from guanzi.advice.odds import case_says, odds_by, price_bet
from guanzi.base.core import UNITS, Finding, Kind, Period, Place, Severity, UnitKind
from guanzi.deal.terms import TermSheet
from guanzi.record.evidence import UNITS_BY_NAME, Fact, Source, View, looks_ahead, sign_of
from guanzi.record.playbooks import ADVICE_ORDER, evaluate, load_playbook
from guanzi.study.diligence import coverage, distress_scores, run_checks, unasked

PLAYBOOK, PRICED = load_playbook("hefei"), load_playbook("hefei-priced")
PRICED_FOR = frozenset(
    {
        "britishvolt-blyth-2022",
        "ehang-hefei-2023",
        "hsmc-wuhan-2017",
        "nio-hefei-2020",
        "rongan-hefei-2007",
        "tesla-shanghai-2018",
        "vw-anhui-2020",
        "xpeng-aeroht-guangzhou-2024",
    }
)
"""Cases for which the priced table is read, too: of every kind of company and every advice; all would take long."""
PROBE = Source(id="probe", publisher="p", title="p", date=None, address=None, mirror=False, grade="A", note="")
FLOWS = frozenset(
    {
        "deliveries",
        "revenue",
        "net_loss",
        "operating_loss",
        "parent_net_loss",
        "operating_cash_flow",
        "free_cash_flow",
        "r_and_d",
        "sga",
        "capex",
        "gross_profit",
        "gross_margin",
        "vehicle_margin",
    }
)
"""What is stated of a year."""
BOTH_WAYS = frozenset(
    {
        "net_loss",
        "operating_loss",
        "parent_net_loss",
        "operating_cash_flow",
        "free_cash_flow",
        "gross_profit",
        "equity",
        "gross_margin",
        "vehicle_margin",
        "market_growth",
        "nev_sales_yoy",
        "accumulated_deficit",
    }
)
"""What can be less than nothing."""
SUBJECTS = {
    **dict.fromkeys(("nev_sales_yoy", "startups_left", "subsidy_text", "market_growth"), "market"),
    **dict.fromkeys(("budget_revenue", "debt_limit", "debt_outstanding"), "region"),
    "local_weekly_rate": "rival",
}
SIZES = {"count": 5.0, "months": 36.0, "years": 8.0}
RATIO, AMOUNT = 0.6, 50_000.0


@dataclass(frozen=True)
class Measured:
    """What must not become better by a bad fact, nor worse by a good one; larger is better in each."""

    advice: int
    priced: int | None
    balance: int
    altman: float | None
    zmijewski: float | None

    def falls(self, other: "Measured") -> list[str]:
        """Names of what is lower here than there."""
        mine, theirs = vars(self), vars(other)
        held = [name for name in mine if mine[name] is not None and theirs[name] is not None]
        return [name for name in held if mine[name] < theirs[name] - 1e-9]


def measured(prepared: Prepared, facts: tuple[Fact, ...]) -> Measured:
    """Advice of the table on sound figures, balance of findings and scores, on a view with these facts."""
    view, sheet = changed_view(prepared, facts), prepared.sheet
    findings = run_checks(view, None if sheet is None else deal_facts(sheet, view))
    table, idle = applicable(PLAYBOOK.table, sheet, view.model, unasked(findings))
    figures = {**SOUND, "evidence.coverage": coverage(view).ratio}
    risks = [f.severity for f in findings if f.kind is Kind.RISK]
    assets = sum(f.kind is Kind.ASSET for f in findings)
    altman, _, zmijewski = distress_scores(view)
    return Measured(
        advice=ADVICE_ORDER.index(evaluate(table, figures, findings, idle).advice),
        priced=_priced(view, sheet, findings, figures) if view.id in PRICED_FOR else None,
        balance=assets - risks.count(Severity.CRITICAL) - risks.count(Severity.HIGH),
        altman=altman.value,
        zmijewski=None if zmijewski.value is None else -zmijewski.value,
    )


def _priced(view: View, sheet: TermSheet | None, findings: tuple[Finding, ...], figures: dict[str, float]) -> int:
    """Advice of the table that reads the chance by the register."""
    odds = _odds(view.as_of, view.id, tuple((a.question, a.answer) for a in case_says(view, findings)))
    table, idle = applicable(PRICED.table, sheet, view.model, unasked(findings))
    return ADVICE_ORDER.index(evaluate(table, {**figures, **odds}, findings, idle).advice)


@lru_cache(maxsize=4096)
def _odds(day: date, case: str, told: tuple[tuple[str, str | float | None], ...]) -> dict[str, float]:
    """What the register adds to sound figures, where as much can be lost as gained."""
    odds, _ = odds_by(day, case) or (None, 0)
    if odds is None:
        return {}
    bet = price_bet(odds, dict(told), 0.5, 0.05)
    return {"odds.surplus": bet.surplus, "odds.waiting": bet.worth - 0.02}


def prepared_case(case) -> Prepared:
    """A case as of its decision."""
    return prepare(case, None, PLAYBOOK)


def changes(view: View) -> Iterator[tuple[str, str, bool, tuple[Fact, ...]]]:
    """How (``moved`` or ``added``), the name, whether for the better, and the facts of the view with the change."""
    groups: dict[tuple[str, str], list[Fact]] = defaultdict(list)
    for fact in view.facts:
        groups[fact.subject, fact.name].append(fact)
    for (subject, name), facts in groups.items():
        direction = sign_of(name, subject).direction
        for better in (True, False) if direction != "none" else ():
            more = (direction == "good") == better
            new = {f.id: m for f in _latest(facts) if (m := moved(f, more)) is not None}
            if new:
                yield "moved", name, better, tuple(new.get(f.id, f) for f in view.facts)
    for name in UNITS_BY_NAME:
        subject = SUBJECTS.get(name, "company")
        direction = sign_of(name, subject).direction
        for better in (True, False) if direction != "none" and not view.named(name, subject) else ():
            yield "added", name, better, (*view.facts, added(view, name, subject, (direction == "good") == better))


def moved(fact: Fact, more: bool) -> Fact | None:
    """The fact with more or less of what it states; None where that cannot be said of it."""
    value = fact.value
    if isinstance(value, bool):
        return None if value is more else replace(fact, value=more)
    if isinstance(value, str):
        return None
    shift = 0.15 if UNITS.get(fact.unit) is UnitKind.RATIO else None

    def other(x: float) -> float:
        if shift is not None:
            return x + shift if more else x - shift
        return x * 2.0 if more == (x >= 0.0) else x * 0.5

    return replace(fact, value=(other(value[0]), other(value[1])) if isinstance(value, tuple) else other(value))


def added(view: View, name: str, subject: str, more: bool) -> Fact:
    """A fact of a name that a view does not hold."""
    unit = UNITS_BY_NAME[name][0].replace("CNY", view.currency)
    period = Period.of("year", view.as_of).shift(-1) if name in FLOWS else Period.of("day", view.as_of)
    if looks_ahead(name):
        period = Period.of("year", view.as_of).shift(2)
    return Fact(
        id=f"zz-probe-{name}", subject=subject, name=name, value=_value(name, unit, more), unit=unit, period=period,
        known_on=view.as_of, known_to="public", source="probe", confidence="high", note="", held_because="",
        supersedes=None, place=Place("probe"),
    )  # fmt: skip


def _value(name: str, unit: str, more: bool) -> bool | str | float:
    if unit == "flag":
        return more
    if unit == "text":
        return "two of them are there" if more else "none"
    size = RATIO if UNITS.get(unit) is UnitKind.RATIO else SIZES.get(unit, AMOUNT)
    return size if more else -size if name in BOTH_WAYS else 0.0


def _latest(facts: list[Fact]) -> list[Fact]:
    """The facts that end last: those of an earlier end are what they are compared with."""
    last = max(fact.period.end for fact in facts)
    return [fact for fact in facts if fact.period.end == last]


def changed_view(prepared: Prepared, facts: tuple[Fact, ...]) -> View:
    """The view of a case with these facts in place of its own."""
    view = prepared.view
    return replace(view, facts=tuple(sorted(facts, key=lambda f: f.id)), sources=(*view.sources, PROBE))
