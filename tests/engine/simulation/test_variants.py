"""Variants of a deal, of which only what differs is computed anew, have the bits of the whole program."""

import numpy as np
import pytest

from guanzi.deal.program import Emitter
from guanzi.engine.machine import assemble, with_values
from guanzi.engine.simulation import Sampler, Variants
from guanzi.engine.simulation.run import LEAF

NAMES = ("paid", "left", "apart")


def program():
    """Two steps: a payment that depends on a price, on a condition of chance; and something that does not."""
    e = Emitter()
    for i in range(4):
        e.number(f"d.{i}")
    cash, apart = e.number("cash", 100.0), e.number("apart")
    price, gap = e.constant("price", 3.0), e.constant("gap", 0.2)
    paid = e.number("paid")
    for t in range(2):
        for i, kind in enumerate(("NORMAL", "NORMAL", "UNIFORM", "UNIFORM")):
            e.draw(kind, f"d.{i}", 0, 4 * t + i)
        low = e("LTK", "d.2", k=gap)
        trend = e("EXP", "d.0")
        due = e("MSK", low, e("MULK", trend, k=price))
        e.do("ACC", "paid", due)
        e.do("ACC", "apart", e("MSK", e("NOT", low), e("MUL", trend, "d.3")))
        e.end_step()
    for name, slot in zip(NAMES, (paid, e("SUB", cash, paid), apart), strict=True):
        e.output(name, slot)
    e.end_step()
    return assemble(e.program), list(e.program.constants)


def sampler(threads=1, paths=2 * LEAF + 77):
    return Sampler(NAMES, paths=paths, seed=5, threads=threads)


def mask(names, *varying):
    return np.array([*(name in varying for name in names), False])


def changed(whole, names, **values):
    constants = whole.constants.copy()
    for name, value in values.items():
        constants[names.index(name)] = value
    return with_values(whole, constants)


@pytest.mark.parametrize("room", [0, 1 << 18, 1 << 26])
@pytest.mark.parametrize("threads", [1, 3])
def test_variants_have_the_bits_of_the_whole_program_whatever_room_and_threads_there_are(room, threads):
    whole, names = program()
    draws = sampler(threads)
    variants = Variants(draws, whole, mask(names, "price", "gap"), room)
    for price, gap in ((3.0, 0.2), (0.0, 0.9), (-1e300, 0.2), (7.5, 0.0)):
        variant = changed(whole, names, price=price, gap=gap)
        expected, found = draws.run(variant), variants.run(variant)
        for name in NAMES:
            assert np.array_equal(expected[name].view(np.int64), found[name].view(np.int64)), name


def test_what_no_exchanged_constant_reaches_is_stored_once():
    whole, names = program()
    variants = Variants(sampler(paths=LEAF), whole, mask(names, "price"), 1 << 26)
    assert 0 < variants.held == variants._split.rows * LEAF * 8
    words = [len(x) for x in (variants._split.first.words, variants._split.second.words)]
    assert words[1] < words[0], "random numbers are drawn by the first part alone"


def test_a_variant_of_the_program_made_anew_is_one_of_it():
    whole, names = program()
    again, _ = program()
    assert again.code is not whole.code
    draws = sampler()
    variants = Variants(draws, whole, mask(names, "price"), 1 << 26)
    variant = changed(again, names, price=7.5)
    expected, found = draws.run(variant), variants.run(variant)
    assert all(np.array_equal(expected[name], found[name]) for name in NAMES)


def test_a_program_that_differs_elsewhere_is_refused():
    whole, names = program()
    variants = Variants(sampler(), whole, mask(names, "price"), 1 << 26)
    with pytest.raises(ValueError, match="not a variant"):
        variants.run(changed(whole, names, gap=0.5))


@pytest.mark.parametrize("room", [0, 1 << 18, 1 << 26])
def test_several_variants_at_once_have_the_bits_that_each_has_alone(room):
    whole, names = program()
    draws = sampler(threads=2)
    variants = Variants(draws, whole, mask(names, "price", "gap"), room)
    together = [changed(whole, names, price=price, gap=gap) for price, gap in ((3.0, 0.2), (0.0, 0.9), (7.5, 0.0))]
    for variant, found in zip(together, variants.run_all(together), strict=True):
        expected = draws.run(variant)
        assert all(np.array_equal(expected[name], found[name]) for name in NAMES)
