"""A deal watched path by path: the same draws and the same money as in the whole run."""

import numpy as np
import pytest
from tests.engine.simulation.examples import POLICY, model, sheet

from guanzi.engine.machine import assemble, run_path
from guanzi.engine.simulation import Sampler, Watcher, resample, simulate, watchable
from guanzi.engine.simulation.compose import compose

PATHS, SEED = 2048, 7


@pytest.fixture(scope="module")
def watched():
    return Watcher(sheet(), model(), POLICY, watchable(model())).values(paths=PATHS, seed=SEED)


def test_the_flows_of_all_steps_and_the_stake_at_the_end_are_what_the_fund_is_left_with(watched):
    drawn = Sampler(("fund.net", "fund.terminal"), paths=PATHS, seed=SEED).draw(sheet(), model(), POLICY)
    total = watched["flow"].sum(axis=0) + drawn["fund.terminal"]
    assert total == pytest.approx(drawn["fund.net"], rel=1e-12, abs=1e-6)
    kept = 1.0 - POLICY.exit.horizon_haircut
    assert watched["stake"][-1] * kept == pytest.approx(drawn["fund.terminal"], rel=1e-12)


def test_the_money_is_back_when_what_came_back_in_cash_covers_what_was_paid(watched):
    told = Sampler(("fund.payback",), paths=PATHS, seed=SEED).draw(sheet(), model(), POLICY)["fund.payback"]
    back = (watched["flow"].cumsum(axis=0) >= -1e-9) & (watched["flow"] < 0.0).cumsum(axis=0).astype(bool)
    assert np.array_equal(told, np.where(back.any(axis=0), back.argmax(axis=0), -1.0))


def test_medians_of_what_is_watched_are_those_of_the_fans(watched):
    fans = simulate(sheet(), model(), POLICY, paths=PATHS, seed=SEED).fans
    for name in ("units", "revenue"):
        assert np.median(watched[name], axis=1) == pytest.approx(fans[name].p50, rel=0.01)


def test_a_company_that_failed_stays_failed(watched):
    assert np.all(np.diff(watched["solvent"], axis=0) <= 0.0)
    assert 0.0 < watched["solvent"][-1].mean() < 1.0


def test_the_interpreter_sees_what_the_machine_sees(watched):
    names = ("units", "cash", "flow")
    program = assemble(compose(sheet(), model(), POLICY, watched=names))
    for path in (0, 11, 300):
        told_by_row = run_path(program, SEED, path).outputs
        outputs = {name: told_by_row[row] for row, name in enumerate(program.outputs)}
        for name in names:
            told = [outputs[f"watch.{name}@{t}"] for t in range(len(watched[name]))]
            assert told == watched[name][:, path].tolist()


def test_a_list_of_path_numbers_gives_those_paths_up_to_the_step_asked_for(watched):
    ids = resample(np.arange(PATHS, dtype=float), 100)
    short = Watcher(sheet(), model(), POLICY, ("units", "cash"), until=3).values(paths=1, seed=SEED, ids=ids)
    assert short["units"].shape == (4, 100)
    assert np.array_equal(short["cash"], watched["cash"][:4, ids.astype(int)])


def test_what_cannot_be_watched_is_named():
    with pytest.raises(KeyError, match="weather"):
        Watcher(sheet(), model(), POLICY, ("units", "weather"))
