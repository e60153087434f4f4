"""Every figure that adds public money up, what it counts and why not the rest; and an example of every instrument."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from guanzi.advice.appraisal.commitments import at_most, commitments, contingent, instalments
from guanzi.advice.appraisal.comparison import _plan
from guanzi.advice.appraisal.fiscal import incentives_of
from guanzi.advice.appraisal.generic import public_money
from guanzi.advice.appraisal.mechanism import supports
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.compliance.quantities import QUANTITIES
from guanzi.deal.lint.money import outright, planned
from guanzi.deal.lint.rules.size import _by_party
from guanzi.deal.terms import (
    CASH,
    NATURES,
    PLANNED,
    SUPPORT,
    Nature,
    TermSheet,
    Value,
    least_and_most,
    parse_sheet,
    payouts,
    public_flows,
)
from guanzi.study.fiscal import Range

PUBLIC = "city"
GROWN = 1.08**5
"""A price with a return of 8 % a year, at the end of five years."""
PAID_UNTIL = ("called", "it is paid only if somebody calls for it")


@dataclass(frozen=True)
class Example:
    """A clause of the public side.

    Attributes:
        text: In a term sheet; empty: in the base deal.
        sums: What each nature of it comes to.
        shares: It pays for what is shares, or can become shares.
        failed: It is called when the company has failed.
        section: Part of the sheet.
    """

    text: str
    sums: tuple[tuple[str, float], ...]
    shares: bool = False
    failed: bool = False
    section: str = "instruments"


EXAMPLES: Mapping[str, Example] = {
    "equity": Example(
        "{type: equity, issuer: company, share: 10%, holders: {city: 10%}, "
        "tranches: [{id: first, amount: {city: {amount}}, due: 2024-06-30}]}",
        (("invested", 110.0),),
        shares=True,
    ),
    "contribution": Example(
        "{type: equity, issuer: company, share: 10%, holders: {founder: 10%}, "
        "tranches: [{id: other, amount: {founder: 5}, due: 2024-06-30}], "
        "contribution: {city: {cash: {amount}, assets: {value: 17, basis: an appraisal}}}}",
        (("invested", 110.0), ("in_kind", 17.0)),
        shares=True,
    ),
    "loan": Example(
        "{type: loan, lender: city, borrower: company, amount: {amount}, drawn: 2024-06-30, rate: 4%, years: 3}",
        (("lent", 110.0),),
    ),
    "convertible_note": Example(
        "{type: convertible_note, lender: city, issuer: company, amount: {amount}, drawn: 2024-06-30, "
        "rate: 4%, years: 2}",
        (("lent", 110.0),),
        shares=True,
    ),
    "revenue_share": Example(
        "{type: revenue_share, investor: city, issuer: company, of: revenue, rate: 1%, years: 4, drawn: 2024-06-30, "
        "amount: {amount}}",
        (("invested", 110.0),),
    ),
    "earn_out": Example(
        "{type: earn_out, from: city, to: company, amount: {amount}, when: revenue > 1}", (("contingent", 110.0),)
    ),
    "put": Example(
        "{type: put, on: base, holders: [founder], obligors: [city], price: {rate: 8%, basis: compound}, "
        "when: control_changed}",
        (("contingent", 100.0 * GROWN),),
        shares=True,
    ),
    "call": Example(
        "{type: call, on: base, holder: city, portion: 50%, price: {rate: 8%, basis: compound}, when: listed}",
        (("contingent", 50.0 * GROWN),),
        shares=True,
    ),
    "warrant": Example(
        "{type: warrant, holder: city, issuer: company, share: 10%, strike: {amount}}",
        (("contingent", 11.0),),
        shares=True,
    ),
    "ratchet": Example("{type: ratchet, on: base, giver: company, shares: 2%, when: listed}", ()),
    "grant": Example(
        "{type: grant, from: city, amount: {amount} per year, years: 3, start: 2024-06-30}",
        (("given", 330.0),),
        section="incentives",
    ),
    "rebate": Example(
        "{type: rebate, from: city, amount: {amount}, start: 2024-06-30}", (("forgone", 110.0),), section="incentives"
    ),
    "land": Example(
        "{type: land, from: city, value: {amount}, discount: 50%, due: 2024-06-30}",
        (("discounted", 55.0),),
        section="incentives",
    ),
    "guarantee": Example(
        "{type: guarantee, from: city, share: 80%, limit: {amount}}",
        (("contingent", 110.0),),
        failed=True,
        section="incentives",
    ),
    "park": Example(
        "{type: park, from: city, cost: {amount}, start: 2024-06-30, ready: 2026-06-30, "
        "rent: 5%, years: 9, resale: 50%}",
        (("built", 110.0),),
        section="incentives",
    ),
    "purchase": Example(
        "{type: purchase, from: city, amount: {amount} per year, years: 2, start: 2024-06-30, worth: 0%}",
        (("bought", 220.0),),
        section="incentives",
    ),
    "clawback": Example("{type: clawback, on: [gift], when: listed, recover: 50%}", (), section="incentives"),
    "promise": Example(
        "{from: city, what: a road, due: 2025-01-15, probability: 50%, cost: {amount}, penalty: 12 per year}",
        (("works", 110.0), ("contingent", 12.0 * 51 / 12)),
        section="promises",
    ),
}
"""Word of ``type`` to a clause of the public side; a new kind joins here, and in :mod:`tests.naive_money`."""

_HEAD = """\
deal: known
currency: CNY
unit: 1e6
known_on: 2024-01-01
signed: 2024-01-15
horizon: 5 years
parties:
  company: {role: issuer, name: Example Motors}
  city: {role: public, name: Riverton, limits: {total: LIMIT}}
  founder: {role: holder, name: the founder, limits: {total: 300}}
"""
_BASE = {
    "instruments": {
        "base": "{type: equity, issuer: company, share: 20%, holders: {founder: 20%}, "
        "tranches: [{id: own, amount: {founder: 100}, due: 2024-03-31}]}"
    },
    "incentives": {"gift": "{type: grant, from: city, amount: 7, start: 2024-06-30}"},
    "promises": {},
}


def deal(
    *words: str,
    amounts: Mapping[str, float] | None = None,
    limit: float = 1e9,
    incentives: str = "",
    texts: Mapping[str, str] | None = None,
) -> TermSheet:
    """A deal in which the founder pays and the public side little, with some of its clauses; by default of 110 each."""
    parts = {section: dict(items) for section, items in _BASE.items()}
    for word in words:
        amount = (amounts or {}).get(word, 110)
        parts[EXAMPLES[word].section][f"the-{word.replace('_', '-')}"] = (
            (texts or {}).get(word, EXAMPLES[word].text).replace("{amount}", str(amount))
        )
    text = _HEAD.replace("LIMIT", f"{limit:g}")
    for section, items in parts.items():
        text += "".join((f"{section}:\n", *(f"  {id}: {body}\n" for id, body in items.items()))) if items else ""
        text += incentives if section == "incentives" else ""
    return parse_sheet(parse_yaml(TextFile("known.yaml", text, tuple(text.split("\n")))))


@dataclass(frozen=True)
class Figure:
    """A figure that adds money up.

    Attributes:
        natures: Those that it counts.
        of: The most that it says of a deal, in the unit of the sheet.
        which: Of these natures it counts the clauses for which this holds.
        why: Why it does not count the others.
    """

    natures: tuple[Nature, ...]
    of: Callable[[TermSheet], float]
    which: Callable[[Example], bool] = lambda example: True
    why: Mapping[str, str] = field(default_factory=dict)


def counted(figure: Figure, example: Example, nature: str) -> bool:
    """Whether a figure counts a nature of a clause."""
    return nature in figure.natures and figure.which(example)


def _all_but(why: str, *natures: Nature) -> dict[str, str]:
    return dict.fromkeys((nature for nature in NATURES if nature not in natures), why)


def _measured(name: str) -> Callable[[TermSheet], float]:
    def of(sheet: TermSheet) -> float:
        value = QUANTITIES[name].measure(sheet).value
        assert isinstance(value, tuple)
        return value[1]

    return of


def _most(values: Iterable[Value]) -> float:
    return sum((least_and_most(value)[1] or 0.0 for value in values), 0.0)


def _at_most(sheet: TermSheet) -> float:
    found = at_most(sheet)
    return 0.0 if found is None else found[0].high or 0.0


def _listed(sheet: TermSheet) -> float:
    paid = (row.amounts[:1] if row.standing else row.amounts for row in incentives_of(sheet))
    amounts = (amount for row in paid for _, amount in row)
    return sum(0.0 if amount is None else Range.of(amount).high for amount in amounts)


CALLED = {"contingent": "it is paid only if somebody calls for it, on no day that is planned"}
NOT_MONEY = "no money is paid: it is not taken, or goes over in kind"
BY_KEEPING = "a promise is kept and proved, and its cost paid to others: nobody asks the office to pay it out"
OTHER_FORM = "it asks for another form of money"
OUTRIGHT: tuple[Nature, ...] = ("invested", "lent")
PAID: tuple[Nature, ...] = tuple(nature for nature in CASH if nature != "works")
CASH_PLANNED: tuple[Nature, ...] = tuple(nature for nature in PLANNED if nature in CASH)

FIGURES: Mapping[str, Figure] = {
    "appraisal: at most": Figure(NATURES, _at_most),
    "appraisal: a company of the deal's size": Figure(
        NATURES, lambda sheet: public_money(sheet) if public_flows(sheet) else 0.0
    ),
    "compliance: public_total": Figure(NATURES, _measured("public_total")),
    "compliance: aid_total, most": Figure(NATURES, _measured("aid_total")),
    "lint: limit of a party": Figure(NATURES, lambda sheet: _by_party(sheet).get(PUBLIC, 0.0) or 0.0),
    "appraisal: planned": Figure(PLANNED, lambda s: sum(i.amount.high or 0.0 for i in commitments(s)), why=CALLED),
    "appraisal: called": Figure(
        ("contingent",),
        lambda s: sum(amount.high or 0.0 for _, amount in contingent(s)),
        why=_all_but("it is planned", "contingent"),
    ),
    "appraisal: form of the money": Figure(
        PLANNED, lambda s: sum(x.amount.high or 0.0 for x in supports(s)), why=CALLED
    ),
    "comparison: plan": Figure(PLANNED, lambda s: sum(entry.public for entry in _plan(s)), why=CALLED),
    "appraisal: incentives and commitments": Figure(
        tuple(nature for nature in NATURES if nature not in OUTRIGHT),
        _listed,
        which=lambda example: not example.shares,
        why=dict.fromkeys(OUTRIGHT, "the table lists what is given and promised, beside shares and loans"),
    ),
    "diligence: money for the company": Figure(
        OUTRIGHT,
        lambda s: sum(i.amount.high or 0.0 for i in instalments(s, *OUTRIGHT)),
        why=_all_but("the company does not have it before it has done what is asked", *OUTRIGHT),
    ),
    "fund: planned in cash": Figure(
        CASH_PLANNED,
        lambda s: sum(i.amount.high or 0.0 for i in commitments(s) if i.cash),
        why=_all_but(NOT_MONEY, *CASH) | CALLED,
    ),
    "office: paid out": Figure(
        PAID,
        lambda s: _most(one.amount for one in payouts(s)),
        why=_all_but(NOT_MONEY, *CASH) | {"works": BY_KEEPING},
    ),
    "lint: year by year": Figure(PLANNED, lambda s: _most(one.amount for one in planned(s)), why=CALLED),
    "lint: at risk outright": Figure(
        OUTRIGHT,
        lambda s: _most(one.amount for one in outright(s)),
        why=_all_but("it is given, or not at risk at once", *OUTRIGHT),
    ),
    "compliance: support_total": Figure(
        SUPPORT, _measured("support_total"), why=_all_but("something is had for it", *SUPPORT)
    ),
    "compliance: grant_total": Figure(("given",), _measured("grant_total"), why=_all_but(OTHER_FORM, "given")),
    "compliance: rebate_total": Figure(("forgone",), _measured("rebate_total"), why=_all_but(OTHER_FORM, "forgone")),
    "compliance: land_total": Figure(("discounted",), _measured("land_total"), why=_all_but(OTHER_FORM, "discounted")),
    "compliance: loan_total": Figure(("lent",), _measured("loan_total"), why=_all_but(OTHER_FORM, "lent")),
    "compliance: equity_total": Figure(
        ("invested",),
        _measured("equity_total"),
        which=lambda example: example.shares,
        why=_all_but(OTHER_FORM, "invested"),
    ),
    "compliance: guarantee_total": Figure(
        ("contingent",),
        _measured("guarantee_total"),
        which=lambda example: example.failed,
        why=_all_but(OTHER_FORM, "contingent"),
    ),
}
"""Figure to what it counts; whoever adds public money up in a new place enters the figure here."""

WHY_NOT: Mapping[tuple[str, str], str] = {
    (name, nature): reason for name, figure in FIGURES.items() for nature, reason in figure.why.items()
}
