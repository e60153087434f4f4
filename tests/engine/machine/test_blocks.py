"""Blocks that the lane machine jumps over: nothing outside stands between their members."""

from dataclasses import replace
from itertools import product

from hypothesis import given
from hypothesis import strategies as st
from tests.engine.simulation.examples import POLICY, model, sheet
from tests.holding import holding

from guanzi.deal.terms import Equity
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.blocks import EFFORT, _Finder, _Level, blocks_of
from guanzi.engine.machine.values import Values, values_of
from guanzi.engine.simulation.compose import compose

COUNT = 7


@given(
    st.sets(st.tuples(st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)).filter(lambda x: x[0] != x[1])),
    st.permutations(range(COUNT)),
    st.sets(st.integers(0, COUNT - 1), min_size=1),
)
def test_no_outsider_stands_between_members_in_whatever_order_values_depend_on_one_another(pairs, rank, chosen):
    """Where a block counts as one value, an earlier value may depend on a later one: the order is any."""
    values = Values(ops=["CONST"] * COUNT, args=[()] * COUNT)
    level = _Level(values, list(range(COUNT)), None)
    reads = {(a, b) for a, b in pairs if rank[a] > rank[b]}
    for middle, a, b in product(range(COUNT), repeat=3):
        if (a, middle) in reads and (middle, b) in reads:
            reads.add((a, b))
    for a, b in reads:
        level.above[a] |= 1 << b
        level.below[b] |= 1 << a
    members = set(level.convex(chosen))
    assert members
    assert members <= chosen
    for a, b in product(members, repeat=2):
        assert not any((a, z) in reads and (z, b) in reads for z in range(COUNT) if z not in members)


def test_the_search_within_a_step_is_bounded_however_many_instalments_a_deal_has(monkeypatch):
    tried = []
    accept = _Finder._accept

    def counted(finder, m, known):
        tried.append(finder.levels[0])
        accept(finder, m, known)

    monkeypatch.setattr(_Finder, "_accept", counted)
    stake = sheet().of(Equity)[0]
    many = tuple(replace(stake.tranches[0], id=f"x{n}") for n in range(150))
    deal = holding(sheet(), equities=(replace(stake, tranches=(*stake.tranches, *many)),))
    blocks_of(values_of(assemble(compose(deal, model(), POLICY))))
    effort = {id(level): tried.count(level) * len(level.members) for level in tried}
    assert max(len(level.members) for level in tried) > 1_000
    assert max(effort.values()) <= EFFORT
