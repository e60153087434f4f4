"""Every instruction of the lane machine gives, in every lane, the bits that plain Python gives."""

import math
import operator

import numpy as np
import pytest

from guanzi.engine.machine.arithmetic import BLOCK, exp, log, normal, uniform
from guanzi.engine.machine.histogram import HISTOGRAM_BINS
from guanzi.engine.machine.kernel import run_paths
from guanzi.engine.machine.shapes import (
    BITS,
    CHUNK,
    CODES,
    LANES,
    NUMERIC,
    ROW,
    SHAPES,
    SPARE,
    leaves_of,
    parse_shape,
)
from guanzi.engine.machine.space import Given, LaneCounts, Loaded, Space

ORACLE = {
    "ADD": operator.add,
    "SUB": operator.sub,
    "MUL": operator.mul,
    "DIV": lambda x, y: x / y if y != 0.0 else 0.0,
    "MIN": lambda x, y: x if x < y else y,
    "MAX": lambda x, y: x if x > y else y,
    "NEG": operator.neg,
    "SEL": lambda m, x, y: x if m else y,
    "EXP": exp,
    "COPY": lambda x: x,
    "COPYT": lambda x: x,
    "GT": operator.gt,
    "GE": operator.ge,
    "EQ": operator.eq,
    "AND": lambda x, y: x and y,
    "OR": lambda x, y: x or y,
    "ANDN": lambda x, y: x and not y,
    "NOT": operator.not_,
}
SPECIAL = [0.0, -0.0, 1.0, -1.0, 1e300, -1e300, 1e-300, 700.5, -700.5, math.inf, -math.inf]


def space(size: int) -> np.ndarray:
    raw = np.zeros(size + 64, np.uint8)
    start = -raw.ctypes.data % 64
    return raw[start : start + size]


def run(words: list[int], numbers: np.ndarray, truths: np.ndarray, ids: np.ndarray, seed: int = 1) -> None:
    code = np.array([*words, CODES["END"]], np.int32)
    given = Given(ids, np.empty((0, 0)), np.empty((0, 0, 0), np.uint64))
    bins, flows = np.zeros((1, CHUNK * LANES), np.uint16), np.empty((1, LANES))
    scratch = Space(numbers.view(np.float64), truths, space(5 * ROW).view(np.uint64), flows, bins)
    counted = LaneCounts(np.zeros((1, HISTOGRAM_BINS + SPARE), np.uint32), np.zeros(1, np.uint64))
    run_paths(np.uint64(seed), LANES, Loaded(code, np.zeros(0)), given, scratch, counted, np.empty((1, LANES)))


def value(shape, leaves):
    if shape == ".":
        return leaves.pop(0)
    return ORACLE[shape[0]](*[value(x, leaves) for x in shape[1:]])


@pytest.mark.parametrize("name", [x for x in SHAPES if "LOG" not in x and "SQRT" not in x])
def test_a_shape_gives_the_same_bits_as_plain_python(name):
    shape, kinds = SHAPES[name], leaves_of(SHAPES[name])
    rng = np.random.default_rng(7)
    numbers, truths = space(8 * ROW), space(8 * BITS)
    rows = numbers.view(np.float64).reshape(8, LANES)
    rows[:] = rng.normal(scale=3.0, size=rows.shape)
    rows[:, ::3] = rng.choice(SPECIAL, size=rows[:, ::3].shape)
    truths[:] = rng.integers(0, 256, len(truths))
    bits = np.unpackbits(truths.reshape(8, BITS), axis=1, bitorder="little")
    given = [rows[1 + i].tolist() if k == "N" else bits[3 + i].tolist() for i, k in enumerate(kinds)]
    with np.errstate(all="ignore"):
        wanted = [value(shape, [float(x[i]) if k == "N" else bool(x[i]) for x, k in zip(given, kinds, strict=True)])
                  for i in range(LANES)]  # fmt: skip
    numeric = shape[0] in NUMERIC
    places = [(1 + i) * ROW if k == "N" else (3 + i) * BITS for i, k in enumerate(kinds)]
    before = truths.copy()
    for out in (7, 1):  # into a row of its own, and over its own first number
        if out == 1 and not (numeric and "N" in kinds[:1]):
            continue
        kept = rows.copy()
        run(
            [CODES[name], out * ROW if numeric else 7 * BITS, *places],
            numbers,
            truths,
            np.arange(LANES, dtype=np.uint64),
        )
        got = rows[out] if numeric else np.unpackbits(truths.reshape(8, BITS), axis=1, bitorder="little")[7]
        assert np.array_equal(got, np.array(wanted, got.dtype), equal_nan=True)
        if numeric:
            assert np.array_equal(np.signbit(got[got == 0.0]), np.signbit(np.array(wanted))[got == 0.0])
        rows[:] = kept
        truths[3 * BITS :] = before[3 * BITS :]


def halves_of_range(rng, size):
    """Numbers of both signs whose exponents are not extreme: their quotients are guessed."""
    return np.ldexp(rng.uniform(0.5, 1.0, size) * rng.choice([-1.0, 1.0], size), rng.integers(-500, 500, size))


ONES = np.nextafter(2.0, 1.0)
"""All bits of its mantissa are ones: the one number whose reciprocal Newton's rule does not round correctly."""
QUOTIENTS = {
    "any": lambda rng, n: (halves_of_range(rng, n), halves_of_range(rng, n)),
    "near a power of two": lambda rng, n: (
        1.0 + rng.integers(-9, 9, n) * 2.0**-52,
        rng.choice([1.0, 2.0], n) + rng.integers(-9, 9, n) * 2.0**-52,
    ),
    "beside the middle of two numbers": lambda rng, n: (np.exp2(rng.integers(-300, 300, n)), np.full(n, ONES)),
    "of nothing": lambda rng, n: (rng.choice([0.0, -0.0], n), halves_of_range(rng, n)),
    "of few digits": lambda rng, n: (rng.integers(-99, 99, n) * 1.0, rng.integers(-99, 99, n) * 1.0),
    "out of range": lambda rng, n: (halves_of_range(rng, n) * 1e150, halves_of_range(rng, n) * 1e-150),
    "too small": lambda rng, n: (halves_of_range(rng, n) * 1e-160, halves_of_range(rng, n) * 1e160),
}


@pytest.mark.parametrize("kind", QUOTIENTS)
def test_a_guessed_quotient_is_rounded_as_a_division_rounds_it(kind):
    rng, ids = np.random.default_rng(3), np.arange(LANES, dtype=np.uint64)
    numbers, rows = space(120 * ROW), 40
    given = numbers.view(np.float64).reshape(3, rows, LANES)
    words = [[CODES["DIV . ."], i * ROW, (rows + i) * ROW, (2 * rows + i) * ROW] for i in range(rows)]
    with np.errstate(all="ignore"):
        for _ in range(10):
            x, y = QUOTIENTS[kind](rng, rows * LANES)
            given[1], given[2] = x.reshape(rows, LANES), y.reshape(rows, LANES)
            run([word for each in words for word in each], numbers, space(8 * BITS), ids)
            wanted = np.where(given[2] == 0.0, 0.0, given[1] / given[2])
            assert (given[0].view(np.uint64) == wanted.view(np.uint64)).all()


@pytest.mark.parametrize(("name", "of"), [("LOG .", log), ("SQRT .", math.sqrt)])
def test_logarithm_and_root_of_positive_numbers(name, of):
    numbers = space(8 * ROW)
    rows = numbers.view(np.float64).reshape(8, LANES)
    rows[1] = np.exp(np.random.default_rng(1).normal(scale=200.0, size=LANES))
    run([CODES[name], 7 * ROW, ROW], numbers, space(8 * BITS), np.arange(LANES, dtype=np.uint64))
    assert rows[7].tolist() == [of(x) for x in rows[1].tolist()]


@pytest.mark.parametrize("seed", [1, 2**64 - 5])
def test_draws_are_those_of_the_oracle_whichever_are_asked_for(seed):
    ids = np.arange(LANES, dtype=np.uint64) + np.uint64(2**32 - 60)
    numbers = space(8 * ROW)
    rows = numbers.view(np.float64).reshape(8, LANES)
    words = [
        CODES["WORDS"],
        3,
        17,
        CODES["NORMALS"],
        0,
        0,
        ROW,
        CODES["COSINE"],
        2 * ROW,
        2 * ROW,
        CODES["SINE"],
        2 * ROW,
        3 * ROW,
    ]
    words += [CODES["COSINE"], 0, 4 * ROW, CODES["UNIFORM"], ROW, 5 * ROW, CODES["UNIFORM"], 3 * ROW, 6 * ROW]
    run(words, numbers, space(8 * BITS), ids, seed)
    drawn = [(normal, n) for n in (0, 1, 2, 3, 0)] + [(uniform, n) for n in (1, 3)]
    wanted = [[of(seed, int(path), 17, 3 * BLOCK + n) for path in ids] for of, n in drawn]
    assert (rows[: len(wanted)] == np.array(wanted)).all()


def test_a_shape_that_is_not_whole_is_refused():
    with pytest.raises((ValueError, StopIteration, RuntimeError)):
        parse_shape("ADD MUL . .")
    with pytest.raises(ValueError, match="longer"):
        parse_shape("NEG . .")
