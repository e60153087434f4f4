"""The shared arithmetic: published Philox vectors, and exp, log, cos, sin against the C library."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.engine.machine.arithmetic import BLOCK, cos_sin, exp, log, normal, philox, uniform

FULL = 0xFFFFFFFF


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ((0, 0, 0, 0), (0, 0), "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ((FULL,) * 4, (FULL,) * 2, "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        (
            (0x243F6A88, 0x85A308D3, 0x13198A2E, 0x03707344),
            (0xA4093822, 0x299F31D0),
            "d16cfe09 94fdcceb 5001e420 24126ea1",
        ),
    ],
)
def test_philox_gives_the_known_answers_of_its_authors(counter, key, words):
    assert " ".join(f"{w:08x}" for w in philox(*counter, *key)) == words


@given(st.floats(-690, 690))
def test_exp_is_within_two_units_in_the_last_place(x):
    assert exp(x) == pytest.approx(math.exp(x), rel=5e-16)


@given(st.floats(1e-300, 1e300))
def test_log_is_as_good_as_the_library(x):
    assert log(x) == pytest.approx(math.log(x), rel=1e-15, abs=5e-16)


@given(st.integers(0, FULL))
def test_cosine_and_sine_of_a_word(word):
    angle = 2 * math.pi * ((word + 0.5) / 2**32)
    assert cos_sin(word) == pytest.approx((math.cos(angle), math.sin(angle)), abs=1e-15)


def test_draws_are_standard_normals_and_uniforms_that_do_not_depend_on_each_other():
    numbers = range(2, 2 + BLOCK)  # of two blocks, and of one pair and two
    z, u = (np.array([[of(7, path, 5 + k, n) for n in numbers] for path in range(20_000)])
            for k, of in enumerate((normal, uniform)))  # fmt: skip
    assert np.abs(z.mean(axis=0)).max() < 0.03
    assert np.abs(z.var(axis=0) - 1.0).max() < 0.05
    assert np.abs(u.mean(axis=0) - 0.5).max() < 0.01
    assert np.abs(np.corrcoef(np.hstack([z, u]).T) - np.eye(2 * BLOCK)).max() < 0.03
    assert u.min() > 0.0
    assert u.max() < 1.0


def test_four_uniforms_of_a_block_are_its_four_words():
    words = philox(41, 0, 2, 9, 7, 0)
    assert [uniform(7, 41, 9, 2 * BLOCK + n) * 2**32 - 0.5 for n in range(BLOCK)] == list(words)


@pytest.mark.parametrize("of", [normal, uniform])
@given(st.integers(0, 2**64 - 1), st.integers(0, 2**40), st.integers(0, 2000), st.integers(0, 2000))
def test_another_address_gives_another_draw(of, seed, path, stream, number):
    here = of(seed, path, stream, number)
    assert here == of(seed, path, stream, number)
    assert here != of(seed, path + 1, stream, number)
    assert here != of(seed, path, stream + 1, number)
    assert here not in [of(seed, path, stream, number + n) for n in range(1, 2 * BLOCK)]
