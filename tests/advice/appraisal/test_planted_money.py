"""Instruments that nobody has heard of yet are counted in every figure, or refused: none is left out in silence."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests.advice.appraisal.money_figures import FIGURES, Example, counted, deal
from tests.engine.simulation.examples import POLICY, model

from guanzi.base.core import Message, Place, Seam
from guanzi.deal.compliance.quantities import QUANTITIES
from guanzi.deal.lint import lint
from guanzi.deal.terms import Condition, Flow, Value, explain, instruments, payouts
from guanzi.deal.terms.clause import Clause
from guanzi.deal.terms.flow import yearly
from guanzi.deal.terms.instruments import KINDS
from guanzi.deal.terms.instruments.kind import InstrumentKind, asks
from guanzi.deal.terms.schema import AMOUNT, CONDITION, TEXT, form_of, span
from guanzi.deal.terms.values import amount, read_condition, read_value
from guanzi.engine.simulation.compose import compose


@dataclass(frozen=True, slots=True)
class Planted:
    """What the three planted instruments have in common."""

    id: str
    payer: str
    amount: Value
    years: int
    place: Place
    condition: Condition | None = None
    start: date = date(2024, 6, 30)


class InterestSubsidy(Planted):
    """Interest that the public side pays for the company."""


class DiscountedSite(Planted):
    """Land at a discount, as a sum."""


class RecourseGuarantee(Planted):
    """A guarantee, of which the guarantor can have back what it paid."""


NATURES: dict[type[Planted], dict[str, Any]] = {
    InterestSubsidy: {"nature": "given"},
    DiscountedSite: {"nature": "discounted"},
    RecourseGuarantee: {"nature": "contingent", "failed": True, "recoverable": True},
}


def kind_of(data: type[Planted], word: str) -> InstrumentKind[Any]:
    """A kind as the path of CONTRIBUTING has it: read, said, and with its flows; nothing else knows of it."""

    def read(id, cursor, context):
        cursor.fits(form)
        payer = cursor.at("from").reference(context.ids("public"), "public_party")
        condition = read_condition(cursor.at("if"), context.scope)
        return data(
            id,
            payer,
            read_value(cursor.at("sum"), amount) or 0.0,
            int(cursor.at("years").value or 1),
            cursor.place,
            condition,
        )

    def flows(item, sheet) -> Iterator[Flow]:
        first = Flow(
            item.id, item.id, f"incentive.{item.id}", word, item.payer, sheet.issuer, item.amount, item.start,
            place=item.place, condition=item.condition, **NATURES[data],
        )  # fmt: skip
        return yearly(first, item.years)

    def said(say, item) -> Iterator[Clause]:
        yield Clause(f"incentive.{item.id}", "incentives", Message.of("core.text.yes"), "known", item.place)

    form = form_of(word, {"from": TEXT, "sum": AMOUNT, "years": span(), "if": CONDITION}, ("from", "sum"))
    asked = asks("payment", first="start", before="incentive.")
    return InstrumentKind(data, (word,), "incentives", read, form, said, lambda gaps, item: iter(()), asked, flows)


PLANTED: dict[str, tuple[type[Planted], str, tuple[tuple[str, float], ...]]] = {
    "interest_subsidy": (InterestSubsidy, "sum: 110, years: 3", (("given", 330.0),)),
    "site_discount": (DiscountedSite, "sum: 110", (("discounted", 110.0),)),
    "recourse_guarantee": (RecourseGuarantee, "sum: 110", (("contingent", 110.0),)),
}


@pytest.fixture(autouse=True)
def _planted(monkeypatch):
    kinds = (*KINDS, *(kind_of(data, word) for word, (data, _, _) in PLANTED.items()))
    monkeypatch.setattr(instruments, "_KINDS", Seam("INSTRUMENTS", kinds, lambda kind: kind.types[0]))
    for name, module in list(sys.modules.items()):
        if name.startswith("guanzi.deal") and getattr(module, "KINDS", None) is KINDS:
            monkeypatch.setattr(module, "KINDS", kinds)


def planted(*clauses: str, limit: float = 1e9):
    lines = (f"  new-{n}: {{{clause}}}\n" for n, clause in enumerate(clauses))
    return deal(limit=limit, incentives="".join(lines))


def clause(word: str, more: str = "") -> str:
    return f"type: {word}, from: city, {PLANTED[word][1]}{more}"


@pytest.mark.parametrize("name", FIGURES)
@pytest.mark.parametrize("word", PLANTED)
def test_it_is_counted_in_every_figure_of_its_nature(word, name):
    figure, sums = FIGURES[name], PLANTED[word][2]
    example = Example("", sums, failed=word == "recourse_guarantee")
    wanted = sum((amount for nature, amount in sums if counted(figure, example, nature)), 0.0)
    assert figure.of(planted(clause(word))) - figure.of(deal()) == pytest.approx(wanted)


@pytest.mark.parametrize("word", PLANTED)
def test_it_counts_against_the_limit_of_who_pays(word):
    assert "GZ701" in {found.code for found in lint(planted(clause(word), limit=100))}
    assert "GZ701" not in {found.code for found in lint(planted(clause(word), limit=1000))}


@pytest.mark.parametrize("word", PLANTED)
def test_a_condition_of_it_that_contradicts_itself_is_found(word):
    never = planted(clause(word, ', if: "revenue > 5 and revenue < 3"'))
    assert "incentive.new-0" in {found.clause for found in lint(never) if found.code == "GZ401"}


@pytest.mark.parametrize("word", ["interest_subsidy", "recourse_guarantee"])
def test_the_office_pays_it_out_under_its_own_id(word):
    assert {one.instrument for one in payouts(planted(clause(word)))} >= {"new-0"}


def test_what_is_given_is_support_and_the_guarantee_is_one():
    measured = {name: quantity.measure(planted(*map(clause, PLANTED))).value for name, quantity in QUANTITIES.items()}
    assert measured["has_support"] is measured["has_guarantee"] is measured["has_land"] is True
    assert {c.id for c in explain(planted(clause("site_discount")))} >= {"incentive.new-0"}


def test_a_deal_with_a_clause_that_cannot_be_simulated_is_refused():
    with pytest.raises(KeyError, match="InterestSubsidy"):
        compose(planted(clause("interest_subsidy")), model(), POLICY)


def test_a_kind_that_does_not_say_what_flows_is_no_kind():
    given = [
        getattr(KINDS[1], name) for name in ("data", "types", "section", "read", "form", "explain", "gaps", "asked")
    ]
    with pytest.raises(TypeError, match="flows"):
        InstrumentKind(*given)
