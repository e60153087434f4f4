"""The shared arithmetic: published Philox vectors, and exp, log, cos, sin against the C library."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.engine.machine.arithmetic import cos_sin, draw, exp, log, philox

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
    x = np.array([draw(7, path, 3, 5) for path in range(20_000)])
    assert np.abs(x[:, :2].mean(axis=0)).max() < 0.03
    assert np.abs(x[:, :2].var(axis=0) - 1.0).max() < 0.05
    assert np.abs(x[:, 2:].mean(axis=0) - 0.5).max() < 0.01
    assert np.abs(np.corrcoef(x.T) - np.eye(4)).max() < 0.03
    assert x[:, 2:].min() > 0.0
    assert x[:, 2:].max() < 1.0


@given(st.integers(0, 2**64 - 1), st.integers(0, 2**40), st.integers(0, 100), st.integers(0, 2000))
def test_another_address_gives_another_draw(seed, path, step, stream):
    here = draw(seed, path, step, stream)
    assert here == draw(seed, path, step, stream)
    assert here != draw(seed, path + 1, step, stream)
    assert here != draw(seed, path, step + 1, stream)
    assert here != draw(seed, path, step, stream + 1)
