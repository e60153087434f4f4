"""Deep tech: stages in their order, fair prices of risk, and no sales before the last approval."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.simulation.alone import slots_over_time
from tests.engine.simulation.examples import OWN, company, known
from tests.sampling import examples

STAGES = ("design", "basis", "testing", "production")
RICH = {"cash": known(1e9), "equity": known(1e9), "other_failure": known(0.0)}


def firm(**changes):
    return company("pre-revenue-deep-tech", OWN, **(RICH | changes))


@given(st.lists(st.floats(0.0, 0.6), min_size=4, max_size=4))
@settings(max_examples=examples(8), deadline=None, derandomize=True)
def test_what_a_stage_is_worth_when_passed_pays_for_the_chance_that_it_fails(chances):
    """What the first holders have, nought after a failure, is a fair game: its mean stays what it was worth."""
    fails = {f"{stage}_fails": known(p) for stage, p in zip(STAGES, chances, strict=True)}
    model = firm(**fails, equity=known(100.0), volatility=known(0.0), hot_issue=known(0.0))
    held = slots_over_time(model, 80, "without.held", paths=4096)["without.held"]
    error = held[-1].std() / np.sqrt(4096)
    assert abs(held[-1].mean() - 100.0) < 5 * error + 1e-6


def test_stages_are_passed_one_by_one_and_the_certificate_comes_with_the_third():
    found = slots_over_time(
        firm(stage_at_start=known(0.0)), 80, "without.m.stage", "without.certified", "without.sells"
    )
    stage = found["without.m.stage"]
    assert set(np.unique(np.diff(stage, axis=0))) <= {0.0, 1.0}
    assert (found["without.certified"] == (stage >= 3)).all()
    assert stage.max() == 4


def test_only_trial_units_are_sold_before_the_last_approval():
    model = firm(trial_units=known(2.0), units_noise=known(0.0), launch_units=known(50.0))
    found = slots_over_time(model, 60, "without.m.units", "without.m.stage")
    early = found["without.m.stage"] < 4
    assert found["without.m.units"][early] == pytest.approx(2.0)
    later = found["without.m.stage"][:-1] >= 4
    assert (found["without.m.units"][1:][later] > 2.0).any()


def test_without_setbacks_and_with_money_a_stage_takes_its_duration():
    exact = {f"{stage}_quarters": known(5.0) for stage in STAGES} | {f"{stage}_fails": known(0.0) for stage in STAGES}
    model = firm(**exact, setback=known(0.0), stage_at_start=known(0.0), progress_at_start=known(0.0))
    stage = slots_over_time(model, 22, "without.m.stage", paths=8)["without.m.stage"]
    passed = [int(np.argmax(stage[:, 0] >= k)) + 1 for k in (1, 2, 3, 4)]
    assert passed == pytest.approx([5, 10, 15, 20], abs=1)


def test_setbacks_and_cuts_of_cost_only_delay():
    quick = slots_over_time(firm(setback=known(0.0)), 40, "without.m.stage")["without.m.stage"]
    slow = slots_over_time(firm(setback=known(0.2), setback_lost=known(0.4)), 40, "without.m.stage")["without.m.stage"]
    assert slow.mean() < quick.mean()


def test_a_programme_that_ends_ends_the_company_and_leaves_nothing_of_the_promise():
    doomed = firm(stage_at_start=known(1.0), basis_fails=known(1.0))
    found = slots_over_time(doomed, 60, "without.ended", "without.solvent", "without.mark")
    ended = found["without.ended"] > 0
    assert ended[-1].all()
    assert (found["without.solvent"][ended] == 0).all()
    assert (found["without.mark"][ended] == 0).all()


def test_a_company_that_is_certified_at_the_start_sells_at_once():
    model = firm(stage_at_start=known(4.0), launch_units=known(20.0), units_noise=known(0.0), trial_units=known(0.0))
    units = slots_over_time(model, 2, "without.m.units", paths=8)["without.m.units"]
    assert (units > 10.0).all()
