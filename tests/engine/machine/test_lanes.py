"""Rows of the lane machine: none is given to another value while somebody still reads it."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from tests.deal.terms.sheets import document
from tests.engine.company.test_models import SHEETS
from tests.engine.machine.test_machine import both
from tests.engine.simulation.examples import POLICY, company
from tests.sampling import examples

from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.engine.company.models.deep_tech import PreRevenueDeepTech
from guanzi.engine.machine import lanes
from guanzi.engine.machine.assembler import Assembled, assemble
from guanzi.engine.machine.blocks import Block, blocks_of
from guanzi.engine.machine.values import values_of
from guanzi.engine.simulation import run
from guanzi.engine.simulation.compose import compose

FOUND = Path(__file__).with_name("rows.yaml")


def program(terms: TermSheet) -> Assembled:
    policy = replace(POLICY, payers=terms.public[:1])
    return assemble(compose(terms, company(PreRevenueDeepTech.ID), policy))


def check_rows(assembled: Assembled) -> None:
    """A value stands in its own block alone; one whose row goes on as another is not needed after that one is made."""
    values = values_of(assembled)
    blocks = blocks_of(values)
    tiles = lanes._tiles(values, blocks)
    order = lanes._order(values, tiles, blocks)
    around: list[Block] = []
    for x in order:
        if isinstance(x, int):
            innermost = blocks.get(tiles[x].value)
            assert innermost is (around[-1] if around else None)
        elif x is None:
            around.pop()
        else:
            around.append(x)
    rows = lanes.Rows(values, tiles, order, assembled.flows)
    needed: dict[int, int] = {}
    for tile in tiles:
        for a in tile.reads:
            needed[a] = max(needed.get(a, 0), rows.made.get(tile.value, 0))
    for i, copies in rows.copies.items():
        for _, other in copies:
            needed[other] = max(needed.get(other, 0), i)
    assert [(out, other) for out, other in rows.goes_on.items() if needed.get(other, 0) > rows.made[out]] == []


def found() -> TermSheet:
    return parse_sheet(document(FOUND.read_text("utf-8")))


def test_a_row_that_a_nested_block_copies_is_not_given_away_before():
    check_rows(program(found()))


@given(SHEETS)
@settings(max_examples=examples(6), deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_row_of_a_random_deal_is_given_away_while_it_is_needed(terms):
    check_rows(program(terms))


def test_what_lay_in_the_scratch_space_before_changes_nothing(monkeypatch):
    """Scratch space is not cleared: a value that is read before it is made would be noticed."""
    fresh = run.ThreadRecords.__init__

    def soiled(self: run.ThreadRecords, assembled: Assembled) -> None:
        fresh(self, assembled)
        self.space.numbers[:], self.space.flows[:], self.space.truths[:] = np.nan, np.nan, 0x5A

    monkeypatch.setattr(run.ThreadRecords, "__init__", soiled)
    both(program(found()), seed=0, paths=3)


@pytest.mark.prove
@given(SHEETS)
@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_no_row_of_many_random_deals_is_given_away_while_it_is_needed(terms):
    check_rows(program(terms))
