"""What was not seen is listed with what is assumed instead."""

from hypothesis import given, settings
from tests.deal.terms.sheets import parsed
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.base.core import render
from guanzi.deal.terms import Equity, explain, unknowns


def gaps(old="", new=""):
    return {(g.clause, render(g.what)): render(g.assumption) for g in unknowns(parsed(old, new))}


@given(sheets())
@settings(max_examples=examples(25))
def test_a_gap_belongs_to_a_clause_that_is_not_simply_known(sheet):
    states = {clause.id: clause.state for clause in explain(sheet)}
    for gap in unknowns(sheet):
        parts_of_instalments = gap.clause in {equity.id for equity in sheet.of(Equity)}
        assert states[gap.clause] != "known" or parts_of_instalments
        assert render(gap.what)
        assert gap.simulated


def test_the_gaps_of_the_deal():
    assert gaps() == {
        ("stake", "the amount that the province pays in instalment 2"): "assumed to be 400 m yuan",
        ("stake.t3", "the amount that the province pays in instalment 3"): (
            "assumed to lie anywhere between 200 m yuan and 400 m yuan with equal probability"
        ),
        ("put", "the compounding of the price of “right to sell back”"): "assumed to compound yearly",
        (
            "covenant.control",
            "the consequence of a breach of covenant control",
        ): "a breach is assumed to have no consequence",
        (
            "unknown.liquidation",
            "Rank and amount in a liquidation",
        ): "no figure includes it, except as assumed in its clause",
    }


def test_a_stake_whose_parts_were_not_seen_is_divided_by_what_each_pays():
    found = gaps("    holders: {city: 12%, province: 6%}\n", "")
    assert found["stake", "the division of the stake among its holders"] == (
        "assumed to be divided in proportion to each party's payment commitment"
    )


def test_who_owes_the_price_is_a_gap_when_it_was_not_seen():
    found = gaps("obligors: [company]", "obligors: unknown")
    assert found["put", "who must pay the price of “right to sell back”"] == (
        "assumed to be payable by the company alone"
    )


def test_a_value_without_a_bracket_stops_the_simulation_and_says_so():
    (gap,) = [
        g for g in unknowns(parsed("rate: 8.5%", "rate: unknown")) if render(g.what).startswith("the annual rate")
    ]
    assert not gap.simulated
    assert render(gap.assumption) == "a forecast needs a value: state a range"


def test_a_gap_carries_the_reason_that_the_sheet_gives():
    (gap,) = [g for g in unknowns(parsed()) if g.clause == "stake.t3"]
    assert gap.note == "press"
