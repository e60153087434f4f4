"""Staff and local jobs: they follow what the company pays for, and a promise of jobs can be simulated."""

from dataclasses import replace

import numpy as np
import pytest
from tests.deal.terms.known_company import sheet
from tests.engine.simulation.examples import POLICY, company

from guanzi.engine.company import MODELS, Distribution
from guanzi.engine.company.models.plant import PLANT_UNITS
from guanzi.engine.company.models.staff import STAFF_UNITS
from guanzi.engine.simulation import forecast, simulate

KINDS = sorted(MODELS)


def fixed(model, **values):
    given = {n: replace(model.parameters[n], distribution=Distribution("fixed", (v,))) for n, v in values.items()}
    return type(model)({**model.parameters, **given}, model.streams)


@pytest.mark.parametrize("kind", KINDS)
def test_every_model_computes_staff_and_local_jobs(kind):
    assert {"headcount", "jobs_local"} <= company(kind).provides()


@pytest.mark.parametrize("kind", KINDS)
def test_the_parameters_of_staff_and_of_a_plant_stand_last_so_that_no_other_draw_moves(kind):
    names = MODELS[kind].PARAMETERS
    last = (*STAFF_UNITS, *PLANT_UNITS)
    begin = names.index("headcount")
    assert names[begin : begin + len(last)] == last
    assert set(names[begin + len(last) :]) <= {"plant_units", "plant_investment", "plant_loan"}


@pytest.mark.parametrize("kind", KINDS)
def test_the_first_quarter_has_the_staff_that_was_counted(kind):
    found = forecast(fixed(company(kind), headcount=4000.0, jobs_share=0.1), 8, paths=200).values
    alive = found["solvent"][0] > 0.5
    assert found["headcount"][0][alive] == pytest.approx(4000.0)
    assert np.all(found["jobs_local"] <= found["headcount"] + 1e-6)


@pytest.mark.parametrize("kind", KINDS)
def test_a_company_that_failed_employs_nobody(kind):
    found = forecast(company(kind), 20, paths=300).values
    failed = found["solvent"][:-1] < 0.5
    assert failed.any()
    assert np.all(found["headcount"][1:][failed] == 0.0)


def test_staff_grow_with_volume_and_less_than_it():
    """Cost falls with experience: more is made by each of the staff."""

    def growing(rate):
        model = fixed(company("scale-up-manufacturer"), growth=rate, growth_long=rate, headcount=1000.0, cash=1e7)
        return forecast(model, 12, paths=200).values

    up, down = growing(0.1), growing(-0.05)
    assert up["headcount"][11].mean() > down["headcount"][11].mean()
    made, staff = (up[name][11].mean() / up[name][0].mean() for name in ("units", "headcount"))
    assert staff < made


def test_staff_are_cut_when_cash_is_short():
    short = fixed(company("scale-up-manufacturer"), cash=200.0, headcount=1000.0, staff_pace=0.5, window_opens=0.0)
    rich = fixed(company("scale-up-manufacturer"), cash=1e6, headcount=1000.0, staff_pace=0.5, window_opens=0.0)
    few, many = (forecast(model, 4, paths=200).values["headcount"][3] for model in (short, rich))
    assert few.mean() < many.mean()


GRANT = """\
incentives:
  start: {type: grant, from: city, amount: 10, start: 2024-06-30}
  jobs: {type: grant, from: city, amount: 10, start: 2026-12-31, if: "jobs_local >= 200"}
"""


def promised(body):
    """A company of 1,000 people without a job in the region, of whom half work there once the deal draws it."""
    model = fixed(
        company("scale-up-manufacturer"), headcount=1000.0, jobs_share=0.0, jobs_share_bound=0.5, plant_local=0.0,
        cash=1e7, staff_pace=0.5,
    )  # fmt: skip
    return simulate(sheet(body), model, POLICY, paths=200)


@pytest.mark.parametrize(
    ("body", "before"), [(GRANT, 10.0), (GRANT.replace(GRANT.splitlines(keepends=True)[1], ""), 0.0)]
)
def test_a_grant_for_jobs_can_be_earned_for_the_support_itself_draws_the_company(body, before):
    """Also where nothing is paid before the jobs are there: else no promise of jobs could ever be kept."""
    assert promised(body).scalars["budget.paid"].mean - before > 5.0


def test_a_stake_draws_the_company_only_once_it_is_paid():
    stake = """\
instruments:
  stake:
    type: equity
    issuer: company
    share: 10%
    tranches:
      - {id: t1, due: 2024-06-30, amount: {city: 10}, if: "event('never')"}
events:
  never: {due: 2024-06-30, probability: 0%}
"""
    assert promised(stake + GRANT).scalars["budget.paid"].mean == pytest.approx(10.0)
