"""Zero, "none" or a thing that is not there is never an asset."""

import pytest
from tests.study.diligence.everything import EVERYTHING
from tests.study.diligence.views import fact, said_by, view_of

from guanzi.base.core import Kind, render
from guanzi.record.evidence import means_absence, says_nothing
from guanzi.record.evidence.vocabulary import UNITS_BY_NAME
from guanzi.study.diligence import run_checks
from guanzi.study.diligence.deal import DealFacts

#: Facts of which nought is good news, because they count what is bad or what is owed.
BURDENS = frozenset(
    {
        "accumulated_deficit", "blocking_families", "buyer_guarantee", "buyer_obligations", "buyer_put_price",
        "capex", "current_liabilities", "deferred_price", "founder_lawsuits", "founder_ventures_failed",
        "frozen_share", "going_concern_doubt", "inventors_left_share", "judgment_debtor", "litigation_open",
        "own_plant_before_product", "parallel_city_deals", "parallel_investment_commitments",
        "asset_contribution_value", "patents_pledged_share", "plant_pledged_share", "pledged_share",
        "r_and_d", "recalled_vehicles",
        "references_adverse", "referral_reward", "related_party_guarantees", "related_party_loans",
        "related_party_receivables", "related_party_sales_share", "second_source_months", "sga", "shareholder_loans",
        "start_postponed", "supply_change_of_control", "total_liabilities", "city_promises_elsewhere",
        "partner_contribution_in_kind", "founder_ventures_running", "founder_ventures_exited",
    }
)  # fmt: skip
SAID = (
    "none",
    "none in Riverton; cars are built elsewhere under contract",
    "No plant yet.",
    "无",
    "尚无",
    "unfinished",
)
DEAL = DealFacts(public_amount=5000.0)
TEXTS = sorted({f.name for f in EVERYTHING if f.unit == "text"})
NUMBERS = sorted({f.name for f in EVERYTHING if f.unit not in ("text", "flag")} - BURDENS)
FLAGS = sorted({f.name for f in EVERYTHING if f.unit == "flag"} - BURDENS)


def _with(name, value):
    return [fact(f.name, str(f.period), value, f.unit, f.subject) if f.name == name else f for f in EVERYTHING]


def _resting_on(name, facts):
    held = {f.id for f in facts if f.name == name}
    found = run_checks(view_of(*facts), DEAL)
    return [f.id for f in found if f.kind is Kind.ASSET and held.intersection(f.facts)]


@pytest.mark.parametrize("said", SAID)
@pytest.mark.parametrize("name", TEXTS)
def test_no_asset_rests_on_a_text_that_says_that_the_thing_is_not_there(name, said):
    assert _resting_on(name, _with(name, said)) == []


@pytest.mark.parametrize("name", NUMBERS)
def test_no_asset_rests_on_nought(name):
    assert _resting_on(name, _with(name, 0.0)) == []


@pytest.mark.parametrize("name", NUMBERS)
def test_no_asset_rests_on_nought_where_it_is_all_that_is_known(name):
    assert _resting_on(name, [f for f in _with(name, 0.0) if f.name == name]) == []


@pytest.mark.parametrize("name", FLAGS)
def test_no_asset_rests_on_a_no(name):
    assert _resting_on(name, _with(name, False)) == []


def test_every_burden_is_a_fact_that_there_is():
    assert set(UNITS_BY_NAME) >= BURDENS


@pytest.mark.parametrize("text", ["none", "None in Riverton", "no plant here", "not yet", "0", "—", "无", "没有工厂",
                                  "未建成", "尚未开工", "under construction", "planned for 2027", "在建"])  # fmt: skip
def test_words_of_absence_are_seen(text):
    assert means_absence(text)


@pytest.mark.parametrize("text", ["no. 2 plant in Riverton", "No 2 plant", "no less than three plants", "not only one",
                                  "Northvolt", "Nothingham Ltd", "0.5 million cars", "zero-emission buses",
                                  "无锡工厂",
                                  "无为市的工厂", "未来工厂", "未央区的工厂", "零跑汽车的工厂",
                                  "plant, planned in 2016, in use", "none other than Tencent",
                                  "2,183 orders"])  # fmt: skip
def test_names_that_begin_like_absence_are_not_taken_for_it(text):
    assert not means_absence(text)


def test_a_risk_told_in_words_is_kept_when_the_words_say_what_is_lacking():
    assert says_nothing("None known.")
    assert not says_nothing("no process licensed and none of its own")
    told = fact("technology_licensed", "2019-12-31", "no process licensed and none of its own", "text")
    assert "technology_licensed" in said_by("technology-ownership", told)
    none = fact("technology_licensed", "2019-12-31", "none", "text")
    assert "technology_licensed" not in said_by("technology-ownership", none)


def test_a_plant_that_is_not_there_is_a_risk_and_said_to_be_one():
    plant = fact("local_plant", "2019-12-31", "none in Riverton", "text")
    found = said_by("dependence", plant)
    assert "local_plant" not in found
    assert found["no_local_plant"].kind is Kind.RISK
    assert render(found["no_local_plant"].message) == "There is no production in the region yet: none in Riverton."
