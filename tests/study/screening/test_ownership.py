"""Ownership: published arithmetic of circles, majorities through chains, who shares what."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.study.screening.ownership import Shareholding, TooMuchHeld, circles, related_buyers, shared, who_is_behind


def test_a_chain_multiplies_shares_and_keeps_control():
    chain = [Shareholding("anna", "a", 0.6), Shareholding("a", "b", 0.51), Shareholding("b", "c", 0.6)]
    behind = {one.owner: one for one in who_is_behind("c", chain)}
    assert behind["anna"].effective == pytest.approx(0.6 * 0.51 * 0.6)
    assert behind["anna"].controls
    assert behind["anna"].weakest_link == 0.51


def test_two_chains_add_up_to_control():
    holdings = [
        Shareholding("anna", "a", 0.6),
        Shareholding("anna", "b", 0.6),
        Shareholding("a", "c", 0.3),
        Shareholding("b", "c", 0.3),
    ]
    anna = next(one for one in who_is_behind("c", holdings) if one.owner == "anna")
    assert anna.controls  # 30 % + 30 % of the votes, none of them a majority
    assert anna.effective == pytest.approx(0.36)


def test_a_circle_is_counted_to_the_end():
    circle = [
        Shareholding("anna", "a", 0.6),
        Shareholding("b", "a", 0.4),
        Shareholding("a", "b", 0.5),
        Shareholding("ben", "b", 0.5),
    ]
    behind = {one.owner: one.effective for one in who_is_behind("a", circle)}
    walked = sum(0.6 * (0.4 * 0.5) ** n for n in range(200))
    assert behind["anna"] == pytest.approx(walked)
    assert behind["anna"] + behind["ben"] == pytest.approx(1.0)
    assert circles(circle) == (("a", "b"),)


shares = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3), st.floats(0.01, 0.2)), max_size=10)


@given(shares)
def test_outsiders_own_all_of_a_company_whose_shares_are_all_held(drawn):
    holdings = [Shareholding(f"c{a}", f"c{b}", share) for a, b, share in drawn if a != b]
    held = dict.fromkeys(range(4), 0.0)
    for one in holdings:
        held[int(one.company[1])] += one.share
    if max(held.values()) > 0.95:
        return
    holdings += [Shareholding(f"person{k}", f"c{k}", 1.0 - share) for k, share in held.items()]
    behind = who_is_behind("c0", holdings)
    assert sum(one.effective for one in behind if one.owner.startswith("person")) == pytest.approx(1.0)
    direct = np.zeros((4, 4))
    for one in holdings:
        if one.owner.startswith("c"):
            direct[int(one.owner[1]), int(one.company[1])] += one.share
    walked = np.sum([np.linalg.matrix_power(direct, n) for n in range(300)], axis=0)
    for found in behind:
        if found.owner.startswith("person"):
            k = int(found.owner[-1])
            assert found.effective == pytest.approx((1.0 - held[k]) * walked[k, 0])


def test_more_than_all_is_refused():
    with pytest.raises(TooMuchHeld):
        who_is_behind("a", [Shareholding("x", "a", 0.7), Shareholding("y", "a", 0.7)])


def test_buyers_of_the_sellers_owner():
    holdings = [
        Shareholding("anna", "seller", 0.6),
        Shareholding("anna", "shop", 0.8),
        Shareholding("ben", "market", 0.9),
    ]
    assert related_buyers("seller", ["shop", "market", "anna"], holdings) == (("shop", "anna"), ("anna", "anna"))


def test_common_directors():
    assert shared([("li", "a"), ("li", "b"), ("wu", "a")]) == (("li", ("a", "b")),)
