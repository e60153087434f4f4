"""A program as values: what is shared, what is folded, and what must not be."""

import pytest

from guanzi.deal.program import Emitter
from guanzi.engine.machine.assembler import assemble
from guanzi.engine.machine.values import values_of


def ops(write) -> list[str]:
    """Operations that remain of what ``write`` emits; constants and records left out."""
    e = Emitter()
    for name in ("x", "y"):
        e.number(f"draw.{name}")
    for kind, part in (("NORMAL", "z0"), ("UNIFORM", "u0")):
        e.draw(kind, e.number(f"d.{part}"), 1, 2)
    write(e)
    e.end_step()
    values = values_of(assemble(e.program))
    hidden = {"CONST", "PART", "DRAW", "OUT"}
    return [values.ops[i] for i in values.live if values.ops[i] not in hidden]


def test_equal_computations_are_done_once():
    def write(e):
        e.output("a", e("ADD", "d.z0", "d.u0"))
        e.output("b", e("ADD", "d.u0", "d.z0"))

    assert ops(write) == ["ADD"]


def test_what_nobody_reads_is_left_out():
    def write(e):
        e.do("COPY", "draw.x", e("EXP", "d.z0"))
        e.output("a", e("NEG", "d.z0"))

    assert ops(write) == ["NEG"]


def test_a_zero_is_dropped_only_where_the_other_term_cannot_be_minus_zero():
    assert ops(lambda e: e.output("a", e("ADD", e("SET", k=0.0), "d.u0"))) == []
    assert ops(lambda e: e.output("a", e("ADD", e("SET", k=0.0), "d.z0"))) == ["ADD"]
    assert ops(lambda e: e.output("a", e("SUB", "d.z0", e("SET", k=0.0)))) == []


def test_money_that_cannot_move_is_not_moved():
    def write(e):
        for account in ("acct.a", "acct.b"):
            e.account(account, 5.0)
        never = e("SETT", k=0.0)
        e.do("XFER", "acct.a", "acct.b", e("MSK", never, "d.u0"))
        e.output("a", "acct.a")
        e.output("b", "acct.b")

    assert ops(write) == []


@pytest.mark.parametrize("literal", [True, False])
def test_numbers_of_the_deal_stay_data(literal):
    def write(e):
        factor = 1.0 if literal else e.constant("deal.factor", 1.0)
        e.output("a", e("MULK", "d.z0", k=factor))

    assert ops(write) == ([] if literal else ["MUL"])


def test_flows_are_kept_only_for_a_rate():
    def write(e, rate):
        e.number("irr")
        e.number("irr_status")
        e.flow(0, e("NEG", "d.u0"))
        if rate:
            e.do("IRR", "irr")
            e.output("irr", "irr")

    assert ops(lambda e: write(e, rate=False)) == []
    assert ops(lambda e: write(e, rate=True)) == ["NEG", "FLOW", "IRR"]


def test_a_condition_on_literals_is_decided():
    def write(e):
        certain = e("GTK", e("SET", k=2.0), k=1.0)
        e.output("a", e("SEL", certain, "d.z0", "d.u0"))
        e.output("b", e("MSK", e("NOT", certain), "d.u0"))

    assert ops(write) == []
