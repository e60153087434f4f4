"""Systemic risk: as full sweeps find it, never more, and short of it by no more than the bound."""

from itertools import pairwise

import numpy as np
import pytest
from tests.study.chains import oracle_esri
from tests.study.chains.networks import random_network

from guanzi.study.chains.disruption import Network, failure, survival_curve, survive, systemic_risk


def line(values, output, essential=True):
    """A chain of firms, each of its own sector."""
    n = len(output)
    steps = np.arange(n - 1)
    return Network(
        np.arange(n), np.array(output, float), steps, steps + 1, np.array(values, float), np.full(n - 1, essential)
    )


@pytest.mark.parametrize("seed", range(4))
def test_the_index_is_that_of_the_definition_on_small_networks(seed):
    network = random_network(40, 160, seed=seed)
    found = systemic_risk(network, residual=1e-9)
    by_hand = [oracle_esri.index(network, i) for i in range(network.size)]
    assert found.index == pytest.approx(by_hand, abs=1e-7)


@pytest.mark.parametrize("seed", range(4))
def test_full_sweeps_find_the_losses_of_the_definition(seed):
    network = random_network(30, 120, seed=seed)
    for firm in (0, 7):
        down, up = oracle_esri.losses(network, firm)
        found = failure(network, [firm])
        assert found.down == pytest.approx(down, abs=1e-9)
        assert found.up == pytest.approx(up, abs=1e-9)


@pytest.mark.parametrize("residual", [0.03, 0.01, 1e-3])
def test_the_index_is_never_too_high_and_short_by_the_bound_at_most(residual):
    network = random_network(400, 3000, sectors=20, seed=3)
    found = systemic_risk(network, residual=residual)
    exact = np.array([failure(network, [i]).index for i in range(network.size)])
    assert (found.index <= exact + 1e-12).all()
    assert (exact <= found.index + found.bound + 1e-12).all()
    assert (exact - found.index).max() > 0.0  # the residual was felt at all


def test_any_number_of_threads_gives_the_same_bytes():
    network = random_network(200, 1200, seed=5)
    one, three = systemic_risk(network, threads=1), systemic_risk(network, threads=3)
    assert np.array_equal(one.index, three.index)
    assert np.array_equal(one.bound, three.bound)


def test_a_chain_of_two_worked_out_by_hand():
    """The supplier sells half of its 100 to the buyer, who makes 60 of it and of nothing else."""
    pair = line([50.0], [100.0, 60.0])
    assert systemic_risk(pair, residual=1e-9).index == pytest.approx([160.0 / 160.0, (60.0 + 50.0) / 160.0])


def test_what_goes_to_final_demand_is_not_lost_and_an_input_among_others_is_lost_by_its_part():
    network = Network(
        np.array([0, 1, 2]),
        np.array([100.0, 100.0, 100.0]),
        np.array([0, 1]),
        np.array([2, 2]),
        np.array([30.0, 10.0]),
        np.array([False, False]),
    )
    found = failure(network, [0])
    assert found.down == pytest.approx([1.0, 0.0, 0.75])  # 30 of 40 of all purchases
    assert failure(network, [2]).up == pytest.approx([0.3, 0.1, 1.0])


def test_a_supplier_with_rivals_in_its_sector_is_missed_by_its_part_of_the_sector():
    network = Network(
        np.array([0, 0, 1]),
        np.array([30.0, 90.0, 50.0]),
        np.array([0]),
        np.array([2]),
        np.array([30.0]),
        np.array([True]),
    )
    assert failure(network, [0]).down[2] == pytest.approx(0.25)


def test_a_price_war_takes_a_part_and_no_more_from_those_it_hits_first():
    found = failure(line([50.0, 20.0], [100.0, 60.0, 40.0]), [2], 0.2)
    assert found.loss[2] == pytest.approx(0.2)
    assert found.up == pytest.approx([50.0 / 100.0 * (20.0 / 60.0 * 0.2), 20.0 / 60.0 * 0.2, 0.2])
    with pytest.raises(ValueError, match=r"1\.2"):
        failure(line([50.0], [100.0, 60.0]), [0], 1.2)


def test_firms_that_cannot_stand_their_loss_fail_and_take_others_with_them():
    network = line([80.0, 80.0, 80.0], [100.0, 100.0, 100.0, 100.0])
    stands = survive(network, [3], tolerance=0.85)
    assert (stands.firms, stands.waves) == (1.0, 0)
    assert stands.output == pytest.approx(1.0 - (0.8 + 0.64 + 0.512) / 3.0)
    falls = survive(network, [3], tolerance=0.7)
    assert (falls.firms, falls.waves, falls.failed.tolist()) == (0.0, 3, [0, 1, 2])


def test_a_cluster_survives_the_better_the_more_its_firms_can_stand():
    network = random_network(120, 700, seed=9)
    curve = survival_curve(network, [int(np.argmax(network.output))])
    assert all(a.firms <= b.firms for a, b in pairwise(curve))
    assert curve[0].firms < curve[-1].firms


def test_a_firm_that_is_gone_already_is_not_missed():
    network = random_network(60, 300, seed=2)
    gone = np.zeros(60, bool)
    gone[int(np.argmax(network.output))] = True
    left = network.without(gone)
    assert left.output[gone] == 0.0
    assert failure(left, np.flatnonzero(gone)).loss[~gone].max() == 0.0
