"""A company of which only years are known: its own figures count, not a wide guess."""

import math
from dataclasses import replace
from datetime import date

import pytest
from tests.study.diligence.views import fact, view_of

from guanzi.advice.calibration import calibrate
from guanzi.advice.calibration.yearly import yearly_parameters
from guanzi.base.core import Period
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case

DAY = date(2020, 4, 29)


@pytest.fixture(scope="module")
def annual():
    """NIO as if only its years had been reported, with a margin of the year."""
    nio = load_case(find_case("nio-hefei-2020"))
    facts = [f for f in nio.facts if f.period.kind != "quarter" and f.name != "gross_margin"]
    margin = next(f for f in nio.facts if f.name == "gross_margin" and f.subject == "company")
    facts.append(replace(margin, period=Period.parse(2019), value=-0.153))
    return replace(nio, facts=tuple(facts))


def test_years_give_volume_price_margin_and_cash(annual):
    view = annual.view(DAY)
    sheet = annual.sheets[-1]
    found = calibrate(view, parse_sheet(sheet.document)).parameters
    own = {name: found[name] for name in ("units", "price", "margin", "cash")}
    assert {p.origin.kind for p in own.values()} == {"trend"}
    assert all(p.origin.parents for p in own.values())
    assert own["units"].distribution.median > 20565 / 4
    assert own["price"].distribution.median == pytest.approx(7824.9 / 20565, rel=0.01)
    assert own["margin"].distribution.values[1] == pytest.approx(-0.153)


def test_quarters_go_before_years():
    nio = load_case(find_case("nio-hefei-2020"))
    found = calibrate(nio.view(DAY), parse_sheet(nio.sheets[-1].document)).parameters
    for name in ("units", "price", "margin", "cash"):
        assert found[name].origin.because.id == f"appraisal.parameter.{name}.trend"


def test_a_year_that_grew_is_carried_on_and_the_growth_is_the_company_s_own():
    """30 from 20: the pace at the year's end is that of its middle grown by half a year, and half as fast since."""
    facts = [fact("deliveries", "2018", 20_000.0, "vehicles"), fact("deliveries", "2019", 30_000.0, "vehicles")]
    found = {p.id: p for p in yearly_parameters(view_of(*facts))}
    rate = math.log(1.5) / 4
    since = 2.0 + 0.5 * (date(2020, 4, 29) - date(2019, 12, 31)).days / (365.25 / 4)
    assert found["growth"].distribution.values[0] == pytest.approx(rate)
    assert found["units"].distribution.median == pytest.approx(7_500.0 * math.exp(rate * since))
    alone = {p.id: p for p in yearly_parameters(view_of(facts[1]))}
    assert alone["units"].distribution.median == pytest.approx(7_500.0)
    assert "growth" not in alone
