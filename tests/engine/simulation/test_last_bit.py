"""No path turns on the last bit of a number: what a round brings exactly to a bound does not fall short of it."""

import numpy as np
import pytest
from tests.engine.simulation.alone import slots_over_time
from tests.engine.simulation.examples import OWN, POLICY, company, known, sheet

from guanzi.engine.company import MODELS
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.simulation.compose import compose
from guanzi.engine.simulation.run import ThreadRecords, run_leaf

PATHS = 2048
each_model = pytest.mark.parametrize("kind", tuple(MODELS))


@each_model
def test_money_that_differs_in_the_thirteenth_digit_leaves_every_path_as_it_is(kind):
    def outputs(cash: float) -> dict[str, np.ndarray]:
        program = assemble(compose(sheet(), company(kind, OWN, cash=known(cash)), POLICY))
        return dict(zip(program.outputs, run_leaf(program, ThreadRecords(program), 7, 0, PATHS), strict=True))

    one, other = outputs(6000.0), outputs(6000.0 * (1.0 + 2e-13))
    for name in ("public.npv", "with.held", "without.held"):
        same = np.isclose(one[name], other[name], rtol=1e-6, atol=1e-6)
        assert same.mean() > 0.999, name


def test_a_company_that_has_raised_its_whole_runway_cuts_no_cost():
    terms = {"window_open_at_start": known(1.0), "window_shuts": known(0.0), "raise_cap": known(1e9),
             "burn_ahead": known(0.0), "runway_target": known(4.0), "hot_issue": known(0.0), "cash": known(10.0),
             "debt": known(0.0), "convertible": known(0.0), "other_failure": known(0.0)}  # fmt: skip
    names = ("without.austerity", "without.raised", "without.burn", "acct.company.without", "without.solvent")
    found = slots_over_time(company("scale-up-manufacturer", OWN, **terms), 12, *names, paths=4096)
    cost, raised, burn, cash, alive = (found[name] for name in names)
    whole = (raised > 0) & (alive > 0) & np.isclose(cash, 4.0 * burn, rtol=1e-12)
    assert whole[:-1].sum() > 1000
    assert (cost[1:] >= cost[:-1])[whole[:-1]].all()
