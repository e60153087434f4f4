"""What answers a denial: facts of the view, read by name, period and unit, or clauses of the sheet as it is written.

Nothing here is taken from the code that wrote a sentence. A name that stands for the same thing is listed with it, so
that a figure answers in whatever form it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from tests.truth.clauses import clauses_of
from tests.truth.reading import Piece, params

from guanzi.advice.calibration import price_of_deal
from guanzi.base.core import Message, Period, PeriodKind, money_form, rate_between
from guanzi.record.evidence import Fact, View, means_absence, says_nothing

type Answer = Callable[[View, Message, Piece], tuple[str, ...]]
"""What of the view answers a denial: the ids of those facts, or clauses; none: the denial is true."""


# -- what a view holds, read directly ------------------------------------------------------------------------------


def usable(view: View, fact: Fact) -> bool:
    """Whether a fact can be read as a statement: it stands, and its money can be counted in that of the case."""
    if fact.id in {other.supersedes for other in view.facts}:
        return False
    form = None if rate_between(fact.name) else money_form(fact.unit)
    if form is None or form[0] == view.currency:
        return True
    pair = {f"{form[0]}_{view.currency}".lower(), f"{view.currency}_{form[0]}".lower()}
    return any(other.name in pair for other in view.facts)


def held(view: View, *names: str, subject: str = "company", kind: PeriodKind | None = None) -> tuple[Fact, ...]:
    """Usable facts of some names that state something: words that say “none” state an absence, and count too."""
    return tuple(
        fact
        for fact in view.facts
        if fact.name in names
        and (subject == "*" or fact.subject == subject)
        and (kind is None or fact.period.kind == kind)
        and usable(view, fact)
    )


def _ids(facts: tuple[Fact, ...]) -> tuple[str, ...]:
    return tuple(fact.id for fact in facts)


def facts(*names: str, subject: str = "company", kind: PeriodKind | None = None, least: int = 1) -> Answer:
    """Answered by so many facts of any of the names."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        found = held(view, *names, subject=subject, kind=kind)
        return _ids(found) if len({fact.period for fact in found}) >= least else ()

    return answer


def valued(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """Answered by a value of the company, but not by what the deal under examination itself would pay."""
    return _ids(tuple(fact for fact in held(view, *VALUE, subject="company") if not price_of_deal(view, fact)))


def since(view: View, message: Message, _: Piece) -> tuple[str, ...]:
    """Answered by a fact on the company that became known after the day that the message names."""
    day = str(dict(message.params)["day"])
    return _ids(tuple(fact for fact in view.facts if fact.subject == "company" and fact.known_on.isoformat() > day))


def yes(*names: str) -> Answer:
    """Answered by a yes of any of the names."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        return _ids(tuple(fact for fact in held(view, *names, subject="*") if fact.value is True))

    return answer


def some(*names: str, units: tuple[str, ...] = ()) -> Answer:
    """Answered by a number above nought of any of the names, in one of the units if they are given."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        found = [fact for fact in held(view, *names) if not isinstance(fact.value, str) and fact.number > 0]
        return _ids(tuple(fact for fact in found if not units or fact.unit in units))

    return answer


def of_newest(name: str, least: int = 3, of: int = 4) -> Answer:
    """Answered by so many quarters of a name up to its newest figure, above nought where it is no ratio."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        found = {fact.period: fact for fact in held(view, name, kind="quarter")}
        newest = max((fact.period.end for fact in held(view, name, f"{name}_to_date")), default=view.as_of)
        if not found or max(found).shift(1).end <= newest:
            return ()
        window = [found[p] for n in range(of) if (p := max(found).shift(-n)) in found]
        whole = all(fact.unit == "ratio" or fact.number > 0 for fact in window)
        return tuple(fact.id for fact in window) if whole and len(window) >= least else ()

    return answer


def newer(*names: str, than: str) -> Answer:
    """Answered by a fact whose period ends with the one that the sentence tells in a parameter, or after it."""

    def answer(view: View, message: Message, _: Piece) -> tuple[str, ...]:
        told = Period.parse(str(params(message)[than]))
        return _ids(tuple(fact for fact in held(view, *names) if fact.period.end >= told.end))

    return answer


def in_a_row(name: str, least: int) -> Answer:
    """Answered by so many quarters of a name, one after the other."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        found = {fact.period: fact for fact in held(view, name, kind="quarter")}
        for period in sorted(found):
            run = [period.shift(n) for n in range(least)]
            if all(one in found for one in run):
                return tuple(found[one].id for one in run)
        return ()

    return answer


def all_of(*groups: tuple[str, ...]) -> Answer:
    """Answered by at least one fact of each group."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        found = [held(view, *group) for group in groups]
        return tuple(fact.id for group in found for fact in group) if all(found) else ()

    return answer


def of_one_day(*names: str) -> Answer:
    """Answered by facts of each name whose periods end on one day."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        ends = set.intersection(*({fact.period.end for fact in held(view, name)} for name in names))
        return _ids(tuple(fact for fact in held(view, *names) if fact.period.end in ends))

    return answer


def either(*answers: Answer) -> Answer:
    """Answered by any of several."""
    return lambda view, message, piece: tuple(id for a in answers for id in a(view, message, piece))


def _since(*names: str, days: int) -> Answer:
    """Answered by a fact whose period ends within so many days before the day of the view."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        first = view.as_of - timedelta(days=days)
        return _ids(tuple(fact for fact in held(view, *names) if fact.period.end >= first))

    return answer


def _told(words: tuple[str, ...]) -> Answer:
    """Answered by words that do not say that the thing is absent."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        found = held(view, *words)
        return _ids(tuple(f for f in found if not (isinstance(f.value, str) and means_absence(f.value))))

    return answer


NOT_OWN, OWN = "diligence.need.of_others", ("company", "region", "market", "fx")
"""How a sentence says that a figure of other companies is meant, and subjects that are none."""
OF_OTHERS = ("supplier_share", "customer_share", "competence_held", "ownership", "directorship", "buyer")
"""Names of facts that are about somebody else than the company."""


def named(parameter: str) -> Answer:
    """Answered by a fact of any name that the sentence lists in a parameter, about whom the sentence names."""

    def answer(view: View, message: Message, _: Piece) -> tuple[str, ...]:
        listed = params(message).get(parameter) or ()
        subject = str(params(message).get("subject") or "company")
        answered: list[Fact] = []
        for item in listed if isinstance(listed, tuple) else (listed,):
            told = params(item)["name"] if isinstance(item, Message) and item.id == NOT_OWN else item
            name = _name(told)
            found = held(view, name, subject="*" if name in OF_OTHERS or told is not item else subject)
            answered += [fact for fact in found if told is item or fact.subject not in OWN]
        return _ids(tuple(answered))

    return answer


def _name(item: object) -> str:
    """The name of a fact of which a parameter speaks, by its label or as it is."""
    return item.id.removeprefix("evidence.name.") if isinstance(item, Message) else str(item)


def _check(view: View, message: Message, piece: Piece) -> tuple[str, ...]:
    """A check that says that none of its facts was held: those that it lists, that answer it, or that speak of them."""
    check = params(message).get("check")
    question = check.id.removeprefix("diligence.check.") if isinstance(check, Message) else ""
    listed = named("needs")(view, message, piece)
    needs = params(message).get("needs")
    asked = {need.id.rpartition(".")[2] for need in (needs if isinstance(needs, tuple) else (needs,))}
    told = [fact for word, of in SPOKEN.items() if asked & set(of) for fact in held(view, word)]
    said = _ids(tuple(fact for fact in told if not isinstance(fact.value, str) or not says_nothing(fact.value)))
    return (*listed, *said, *(QUESTIONS[question](view, message, piece) if question in QUESTIONS else ()))


def of_payer(view: View, message: Message, _: Piece) -> tuple[str, ...]:
    """The revenue of a party's budget: answered by that of a subject with its id, or of the budget that it states."""
    parties = {} if view.sheet is None else view.sheet.document.data["parties"]
    told = params(message)["party"]
    paying = [(id, party) for id, party in parties.items() if told in (id, *_names(party.get("name", id)))]
    subjects = {name for id, party in paying for name in (id, id.replace("_", "-"), party.get("budget"))}
    return _ids(tuple(fact for fact in held(view, "budget_revenue", subject="*") if fact.subject in subjects))


def of_payers(view: View, message: Message, piece: Piece) -> tuple[str, ...]:
    """As :func:`of_payer`, of each party that the sentence lists."""
    listed = params(message)["parties"]
    told = listed if isinstance(listed, tuple) else (listed,)
    return tuple(id for one in told for id in of_payer(view, Message.of(message.id, party=_bare(one)), piece))


def _bare(told: object) -> Any:
    return params(told).get("name", told.id) if isinstance(told, Message) else told


def _names(name: object) -> tuple[object, ...]:
    return tuple(name.values()) if isinstance(name, dict) else (name,)


def no_sheet(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """Answered by any term sheet."""
    return tuple(f"terms/{sheet.name}" for sheet in view.sheets)


def any_fact(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """Answered by any fact."""
    return _ids(view.facts)


def unseen(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """A value or clause that was not seen: answered where the newest sheet, as it is written, leaves nothing open."""
    if view.sheet is None:
        return ()
    data = view.sheet.document.data
    undated = [one for one in data.get("incentives", {}).values() if not DATED & one.keys()]
    return () if undated or says_unknown(data) else (f"terms/{view.sheet.name}",)


DATED = {"start", "due", "day", "drawn", "payments", "tranches"}
"""Keys of a clause that say from which day it counts; one without them leaves that open."""


def says_unknown(node: object) -> bool:
    if isinstance(node, dict):
        return any(key in ("unknown", "unknown_clauses", "assumed") or says_unknown(item) for key, item in node.items())
    return any(map(says_unknown, node)) if isinstance(node, list) else node == "unknown"


def clause(*keys: str) -> Answer:
    """Answered by the clause that the sentence names, by a parameter or before it, where it states one of the keys.

    Without keys: where it leaves nothing open.
    """

    def answer(view: View, message: Message, piece: Piece) -> tuple[str, ...]:
        if view.sheet is None:
            return ()
        named = params(message).get("id") or piece.name
        ids = str(named).split(".") if isinstance(named, str) else []
        found = [one for id in ids[-1:] for one in clauses_of(view.sheet.document.data, id) if isinstance(one, dict)]
        if not found:
            return unseen(view, message, piece) if not keys else ()
        stated = [any(not says_unknown(part) for part in _parts(one, keys)) for one in found]
        return tuple(f"terms/{view.sheet.name}: {id}" for id in ids[-1:]) if all(stated) else ()

    return answer


def waits_for_tier(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """Instalments that wait for a tier, which are said not to be there: their conditions name one."""
    data = {} if view.sheet is None else view.sheet.document.data
    waiting = [one.get("if", "") for part in data.get("instruments", {}).values() for one in part.get("tranches", ())]
    baseline = {tier["id"] for tier in data.get("tiers", ()) if tier.get("baseline")}
    found = {id for test in waiting if isinstance(test, str) for id in _TIER.findall(test)} - baseline
    return tuple(f"terms: tier {id}" for id in sorted(found))


_TIER = re.compile(r"\btier\(['\"]([\w-]+)['\"]\)")


def forgone(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """Tax that a clause forgoes, of which the sentence says that there is none."""
    data = {} if view.sheet is None else view.sheet.document.data
    return tuple(f"terms: {id}" for id, one in data.get("incentives", {}).items() if one.get("type") == "rebate")


def other_commitments(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """Clauses by which something else than tax is given, of which the sentence says that there are none."""
    data = {} if view.sheet is None else view.sheet.document.data
    return tuple(f"terms: {id}" for id, one in data.get("incentives", {}).items() if one.get("type") != "rebate")


def share_of_tax(view: View, _: Message, __: Piece) -> tuple[str, ...]:
    """The part of a tax that is let off, of which the sentence says that it was not stated: every rebate states it."""
    data = {} if view.sheet is None else view.sheet.document.data
    rebates = {id: one for id, one in data.get("incentives", {}).items() if one.get("type") == "rebate"}
    return tuple(f"terms: {id}" for id in rebates) if all("share_of_tax" in one for one in rebates.values()) else ()


def _parts(clause: dict[str, object], keys: tuple[str, ...]) -> Iterator[object]:
    """What a clause says under any of the keys; without keys the whole."""
    yield from (clause[key] for key in keys if key in clause)
    if not keys:
        yield clause


def stated(part: str) -> Answer:
    """Answered by a term sheet that has a part."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        data = {} if view.sheet is None else view.sheet.document.data
        return tuple(f"terms: {id}" for id in data.get(part, ()))

    return answer


def status(*told: str) -> Answer:
    """Answered by a term sheet of another status than the sentence tells."""

    def answer(view: View, _: Message, __: Piece) -> tuple[str, ...]:
        is_other = view.sheet is not None and view.sheet.document.data["status"] not in told
        return (f"terms/{view.sheet.name}",) if is_other and view.sheet is not None else ()

    return answer


def known_later(view: View, message: Message, _: Piece) -> tuple[str, ...]:
    """Answered by a fact on the company that became known after the day which the sentence calls the last."""
    last = str(params(message)["day"])
    return _ids(tuple(f for f in view.facts if f.subject == "company" and f.known_on.isoformat() > last))


def sign_held(view: View, message: Message, piece: Piece) -> tuple[str, ...]:
    """A sign of which the sentence says that what is held is too little or too old: answered by what is young enough.

    Of accounts that is what no newer quarter can have replaced, with the days that it has to be reported.
    """
    sign = params(message)["sign"]
    rule = sign.id.rpartition(".")[2] if isinstance(sign, Message) else ""
    young = timedelta(days=YOUNG.get(rule, STALE.days))
    fresh = replace(view, facts=tuple(fact for fact in view.facts if fact.period.end >= view.as_of - young))
    if rule == "going-concern" and (told := [f.period.end for f in view.named("going_concern_doubt", "company")]):
        balances = [f.period.end for f in view.facts if f.name in ("cash", "equity", "total_assets")]
        if max(balances, default=max(told)) - max(told) >= timedelta(days=270):  # the next accounts came
            return ()
    return SIGNS[rule](fresh, message, piece) if rule in SIGNS else ()


def signs_none(view: View, message: Message, piece: Piece) -> tuple[str, ...]:
    """So many signs of which nothing is held: answered where fewer of them have no fact, whatever its day."""
    none = [rule for rule, answer in ANY_SIGN.items() if not answer(view, message, piece)]
    told = params(message)["n"]
    return (f"only {', '.join(none)}",) if isinstance(told, int) and told > len(none) + len(OF_REPORTS) else ()


def asked_check(view: View, message: Message, piece: Piece) -> tuple[str, ...]:
    """Answered by what answers the question of the check that the sentence names."""
    check = params(message).get("check")
    question = check.id.removeprefix("diligence.check.") if isinstance(check, Message) else ""
    return QUESTIONS[question](view, message, piece) if question in QUESTIONS else ()


def blind(view: View, message: Message, piece: Piece) -> tuple[str, ...]:
    """A sign of trouble of which the sentence says that nothing shows it: answered by what shows it."""
    rule = piece.name.id.rpartition(".")[2] if isinstance(piece.name, Message) else ""
    fresh = replace(view, facts=tuple(fact for fact in view.facts if fact.period.end >= view.as_of - STALE))
    return SIGNS[rule](fresh, message, piece) if rule in SIGNS else ()


STALE = timedelta(days=548)
"""An older figure says nothing of a sign of trouble, as the rules of early warning state (eighteen months)."""


# -- names that say the same ---------------------------------------------------------------------------------------

CASH = ("cash", "cash_and_short_term_investments")
LOSS = ("net_loss", "net_profit", "operating_loss", "operating_profit", "net_loss_to_date")
FLOWS = ("operating_cash_flow", "free_cash_flow")
MARGINS = ("vehicle_margin", "gross_margin", "automotive_gross_margin")
RAISED = ("equity_raised", "raised_to_date", "convertible_notes_raised", "capital_increase", "anchor_investment")
VOLUME = ("deliveries", "output", "deliveries_to_date", "cumulative_deliveries")
VALUE = ("market_value", "post_money", "deal_valuation")
COSTS = ("r_and_d", "sga")
ASSETS = ("total_assets", "invested_to_date", "capex")
MADE = ("cumulative_deliveries", "deliveries", "deliveries_to_date")
STARTS = ("wafers/month", "substrates/month")
VENTURES = ("founder_ventures_exited", "founder_ventures_failed", "founder_ventures_running")
PAID = ("public_cash_drawn", "public_cash_received", "public_cash_returned")

QUESTIONS: dict[str, Answer] = {
    "going-concern": facts("going_concern_doubt", "equity", "net_loss", "net_profit", "retained_earnings"),
    "runway": all_of(CASH, (*LOSS, *FLOWS)),
    "trend": either(facts(*VOLUME[:2], kind="year", least=2), facts(*VOLUME[:2], kind="quarter", least=3)),
    "unit-margin": either(facts(*MARGINS), all_of(("gross_profit", "cost_of_revenue"), ("revenue",))),
    "plan-funding": all_of(("plan_investment", "plan_plant_investment"), RAISED),
    "customer-concentration": facts("largest_customer_share"),
    "single-supplier": facts("largest_supplier_share"),
    "orders": facts("orders", "fleet_orders", "customer_prepayments"),
    "funding-window": facts(*RAISED),
}
"""By the check that asks: what answers its question, in whatever form it came."""

SPOKEN = {
    "product_text": ("deliveries", "plan_capacity", "local_plant_capacity", "own_plant_before_product"),
    "local_site": ("site_owned", "land_text", "local_plant"),
    "orders_text": ("orders", "fleet_orders", "customer_prepayments"),
    "funding_text": ("co_investors", "equity_raised", "shareholder_loans"),
    "anchor_investment": ("co_investors",),
    "technology_text": ("technology_route",),
    "licence_text": ("production_licence",),
    "team_text": ("team_complete",),
}
"""Facts that speak of what others would state: who says that none of these was held denies them."""

SIGNS: dict[str, Answer] = {
    "cash-months": all_of(CASH, (*LOSS, *FLOWS)),
    "going-concern": facts("going_concern_doubt", "insolvency_opened", "operations_suspended"),
    "pledged-shares": facts("pledged_share"),
    "executives": facts("executives_left", "management_changes"),
    "supplier-arrears": facts("supplier_arrears", "pay_arrears"),
    "court-records": facts("judgment_debtor", "frozen_share"),
    "order-book": facts("orders", least=2),
}
"""By the rule of early warning: what shows whether it holds."""
YOUNG = {"cash-months": 150, "order-book": 150, "executives": 365}
"""Days for which what shows it is young; of the others eighteen months."""
ANY_SIGN: dict[str, Answer] = {
    **SIGNS,
    "cash-months": facts(*CASH, "net_loss", "net_profit", "net_loss_to_date", *FLOWS),
    "order-book": facts("orders"),
    "going-concern": facts("going_concern_doubt"),
}
"""By the rule: any fact that it reads."""
OF_REPORTS = ("delayed-reports",)
"""Rules that read when reports came, and no fact of a name."""


@dataclass(frozen=True, slots=True)
class NoClaim:
    """A message that reads like a denial and denies no fact of a case.

    Attributes:
        because: Why not.
    """

    because: str


METHOD = NoClaim("it says what the method does, or what literature says")
LABEL = NoClaim("a label, heading or legend; what it stands beside is held to the facts there")
TERMS = NoClaim("it follows a rule of law or a draft that is made, of which no fact and no clause of the case speaks")
COMPUTED = NoClaim("it speaks of what was computed, and is held to the figures by the property on verdicts")
OTHER = NoClaim("it speaks of a panel, a chain, a ledger or a comparison, not of the facts of a case")
COUNTED = NoClaim("it tells the figures from which nothing follows")
ASKED = NoClaim("it says what to ask, enter or do")
HELD = NoClaim("it follows a fact that says “no”")
