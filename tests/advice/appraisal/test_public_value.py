"""Jobs, taxes and value to the public side: added up once, gaps with reasons, and a break-even that breaks even."""

import shutil
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.advice.appraisal.one_case_in_two_currencies import Telling, tell

from guanzi.advice.appraisal import AppraisalOptions, appraise, why
from guanzi.advice.appraisal.public_value import BUDGET, CLUSTER, VALUE, _ratio
from guanzi.base.core import render
from guanzi.engine.company import TAX_BASES
from guanzi.engine.simulation import Running
from guanzi.record.evidence import find_case, load_case

YUAN = Telling("CNY", "CNY", {})
amounts = st.floats(-1e4, 1e4)
shares = st.floats(0.0, 0.9)


def appraised(case):
    return appraise(case, paths=500, running=Running(threads=1), options=AppraisalOptions(sensitivity=False))


@pytest.fixture(scope="module")
def nio():
    return appraised(load_case(find_case("nio-hefei-2020")))


def test_what_is_additional_is_the_figure_with_less_the_figure_without(nio):
    jobs = {id: nio.figures[f"cluster.{id}"].value for id in ("jobs", "jobs_without", "jobs_additional")}
    assert jobs["jobs_additional"] == pytest.approx(jobs["jobs"] - jobs["jobs_without"])


def test_the_sum_in_money_stands_beside_its_parts_and_holds_each_once(nio):
    value = {id: nio.figures[id].value for id in VALUE if nio.figures[id].unit == "CNY m"}
    parts = value["fund.npv_mean"] - value["public.given"] + value["budget.tax"]
    assert value["public.value_mean"] == pytest.approx(parts)
    tiers = (nio.figures.get(f"budget.tax.{tier}") for tier in TAX_BASES)
    assert value["budget.tax"] == pytest.approx(sum(tier.value for tier in tiers if tier is not None))
    shown = nio.accounts.value
    assert shown.index("public.value_mean") > max(shown.index(id) for id in ("fund.npv_mean", "budget.tax"))


def test_jobs_are_in_the_account_of_the_cluster_alone(nio):
    assert set(CLUSTER) <= set(nio.accounts.cluster)
    assert not {id for id in (*nio.accounts.fund, *nio.accounts.budget) if id.startswith("cluster.")}
    assert "cluster.jobs_net" not in nio.figures["public.value_mean"].parents


def test_every_mean_has_an_interval_and_every_probability_its_paths(nio):
    for id in (*CLUSTER, *(id for id in BUDGET if id != "budget.tax.property"), "public.value_mean"):
        figure = nio.figures[id]
        assert figure.sample is not None if id.endswith("ahead") else figure.low is not None, id


def test_a_tax_leads_to_its_prior_the_rule_of_the_province_and_the_losses_that_were_held(nio):
    def steps(step):
        yield step
        for parent in step.parents:
            yield from steps(parent)

    found = {step.id: step for step in steps(why(nio, "budget.tax"))}
    assert {"parameter.effect.vat_load", "parameter.effect.city_part", "parameter.effect.displacement"} <= set(found)
    assert any(step.kind == "fact" and "net-loss" in id for id, step in found.items())
    assert "Guo Fa" in render(found["parameter.effect.city_part"].text.model_dump())


def test_a_deal_without_facts_on_staff_says_why_it_has_no_jobs(tmp_path):
    found = appraised(tell(tmp_path / "riverton", YUAN, without=("headcount", "revenue", "plan_jobs")))
    for id in ("cluster.jobs", "break_even.job_year"):
        assert found.figures[id].value is None
        assert found.figures[id].note.id == "appraisal.gap.no_staff"
    assert "cluster.jobs_net" not in found.figures
    assert "budget.tax.wages" not in found.figures


def test_a_deal_that_is_not_simulated_says_so_of_its_jobs_taxes_and_value():
    found = appraised(load_case(find_case("tesla-shanghai-2018")))
    for id in ("cluster.jobs", "budget.tax", "public.value_mean", "break_even.unit"):
        assert found.figures[id].note.id == "appraisal.gap.not_simulated"
        assert render(found.figures[id].label.model_dump())


def test_where_no_rule_of_tax_is_held_the_tax_is_a_gap_and_no_sum_is_told(tmp_path):
    shutil.copytree(find_case("intel-magdeburg-2023"), tmp_path / "intel")
    case = tmp_path / "intel" / "case.yaml"
    case.write_text(case.read_text("utf-8").replace("country: DE", "country: AT"), "utf-8")
    found = appraised(load_case(tmp_path / "intel"))
    for id in ("budget.tax", "public.value_mean"):
        assert found.figures[id].note.id == "appraisal.gap.no_tax_rule"


def test_a_federation_that_pays_gets_its_own_part_of_the_taxes_of_the_plant():
    found = appraised(load_case(find_case("intel-magdeburg-2023")))
    drawn = {parameter.id: parameter for parameter in found.parameters}
    because = render(drawn["parameter.effect.city_part"].because.model_dump())
    assert "42.5 % to the nation" in because
    parts = [found.figures[id].value for id in BUDGET if id.startswith("budget.tax.") and id in found.figures]
    assert found.figures["budget.tax"].value == pytest.approx(sum(parts))
    assert "budget.tax.property" not in found.figures
    assert found.figures["break_even.job_year"].value > 0
    assert found.figures["cluster.payroll"].unit == "EUR m"
    assert found.figures["break_even.job_year"].unit == "EUR"


def test_before_the_first_study_of_multipliers_no_jobs_elsewhere_are_told():
    found = appraised(load_case(find_case("solyndra-fremont-2009")))
    assert found.figures["cluster.jobs_elsewhere"].note.id == "appraisal.gap.no_multiplier"
    assert found.figures["cluster.jobs_net"].label.id == "appraisal.figure.cluster.jobs_due"


@pytest.mark.parametrize("rate", [8.0, 0.0625])
def test_amounts_follow_the_currency_and_jobs_do_not(tmp_path, rate):
    telling = Telling("EUR", "EUR", {"EUR": rate})
    told, own = (
        appraised(tell(tmp_path / name / "riverton", way)) for name, way in (("a", telling), ("b", telling.in_yuan()))
    )
    for id in (*CLUSTER, *BUDGET, *VALUE):
        if id in own.figures and own.figures[id].value is not None:
            per = rate if own.figures[id].unit.startswith("CNY") else 1.0
            assert told.figures[id].value * per == pytest.approx(own.figures[id].value, rel=1e-9, abs=1e-9), id


@given(amounts, amounts, amounts, st.floats(0.1, 1e4), st.floats(0.0, 1e4), shares, shares)
def test_at_the_break_even_the_deal_is_whole_to_the_yuan(public, tax_one, tax_both, one, both, but_for, taken):
    needed = _ratio(public, (tax_one, tax_both), (one, both), but_for, taken)
    tax = (tax_one + but_for * tax_both) * (1 - taken)
    whole = public + tax + needed * (one + but_for * both) * (1 - taken)
    assert whole == pytest.approx(0.0, abs=1e-6) if needed > 0 else public + tax >= 0


@given(amounts, st.floats(-1e4, 0.0), shares)
def test_where_nothing_is_added_no_value_of_it_breaks_even(public, one, taken):
    assert _ratio(public, (0.0, 0.0), (one, 0.0), 0.1, taken) is None


def test_displacement_and_a_low_but_for_make_each_job_dearer():
    assert _ratio(-100.0, (0.0, 0.0), (1.0, 10.0), 0.1, 0.5) > _ratio(-100.0, (0.0, 0.0), (1.0, 10.0), 0.1, 0.0)
    assert _ratio(-100.0, (0.0, 0.0), (1.0, 10.0), 0.02, 0.0) > _ratio(-100.0, (0.0, 0.0), (1.0, 10.0), 0.25, 0.0)


def test_planned_jobs_come_with_the_plant_and_have_a_wage():
    found = appraised(load_case(find_case("intel-magdeburg-2023")))
    origins = {p.id: p for p in found.parameters}
    assert origins["parameter.headcount"].because.id == "appraisal.origin.staff_of_sales"
    assert origins["parameter.plant_jobs"].because.id == "appraisal.origin.plant_jobs"
    assert origins["parameter.effect.wage"].because.params["year"] == "2021"


def test_the_latest_wage_that_was_published_on_the_day_is_taken():
    found = appraise(
        load_case(find_case("nio-hefei-2020")),
        date(2020, 4, 29),
        paths=200,
        running=Running(threads=1),
        options=AppraisalOptions(sensitivity=False),
    )
    wage = next(p for p in found.parameters if p.id == "parameter.effect.wage")
    assert wage.because.params["year"] == "2018"
