"""Philox4x32-10, exp, log, sine and cosine in plain Python: the oracle's half of the shared arithmetic.

The lane machine has the same formulas in the same order; neither uses the C library's transcendental functions, whose
last bit differs between machines. Fused multiply-add rounds once and is exact everywhere.

References:
    Salmon, Moraes, Dror, Shaw: Parallel random numbers: as easy as 1, 2, 3. SC '11 (Philox).
    Box, Muller: A note on the generation of random normal deviates. Ann. Math. Stat. 29 (1958).
"""

from __future__ import annotations

import ctypes
import ctypes.util
import math
import struct
from collections.abc import Callable
from functools import lru_cache
from typing import cast

LN2 = 0.6931471805599453
LOG2_E = 1.4426950408889634
LN2_HIGH = 0.693147180369123816490
LN2_LOW = 1.90821492927058770002e-10
HALF_PI = 1.5707963267948966
SQRT2 = 1.4142135623730951
INVERSE_2_32 = 2.3283064365386963e-10
INVERSE_2_30 = 9.313225746154785e-10

LOG_SERIES = tuple(1.0 / n for n in range(21, 0, -2))
EXP_SERIES = tuple(1.0 / math.factorial(n) for n in range(13, -1, -1))
SIN_SERIES = tuple((-1.0) ** ((n - 1) // 2) / math.factorial(n) for n in range(15, 1, -2))
COS_SERIES = tuple((-1.0) ** (n // 2) / math.factorial(n) for n in range(16, -1, -2))


def _fused_multiply_add() -> Callable[[float, float, float], float]:
    builtin = getattr(math, "fma", None)  # Python 3.13
    if builtin is not None:
        return cast("Callable[[float, float, float], float]", builtin)
    function = ctypes.CDLL(ctypes.util.find_library("m")).fma
    function.argtypes, function.restype = [ctypes.c_double] * 3, ctypes.c_double
    return cast("Callable[[float, float, float], float]", function)


fma = _fused_multiply_add()


def philox(c0: int, c1: int, c2: int, c3: int, k0: int, k1: int) -> tuple[int, int, int, int]:
    """Philox4x32-10: four 32-bit words from a counter of four words and a key of two.

    >>> [f"{w:08x}" for w in philox(0, 0, 0, 0, 0, 0)]
    ['6627e8d5', 'e169c58d', 'bc57ac4c', '9b00dbd8']
    """
    mask = 0xFFFFFFFF
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c0, 0xCD9E8D57 * c2
        c0, c1, c2, c3 = (p1 >> 32) ^ c1 ^ k0, p1 & mask, (p0 >> 32) ^ c3 ^ k1, p0 & mask
        k0, k1 = (k0 + 0x9E3779B9) & mask, (k1 + 0xBB67AE85) & mask
    return c0, c1, c2, c3


def bits_of(x: float) -> int:
    """The 64 bits of a float, as a signed integer."""
    return cast(int, struct.unpack("<q", struct.pack("<d", x))[0])


def float_of(bits: int) -> float:
    """The float with these 64 bits."""
    return cast(float, struct.unpack("<d", struct.pack("<q", bits))[0])


def log(x: float) -> float:
    """Natural logarithm of a positive normal number."""
    bits = bits_of(x)
    e = float((bits >> 52) - 1023)
    m = float_of((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000)
    big = m > SQRT2
    m = m * (0.5 if big else 1.0)
    e = e + (1.0 if big else 0.0)
    s = (m - 1.0) / (m + 1.0)
    z = s * s
    p = LOG_SERIES[0]
    for c in LOG_SERIES[1:]:
        p = fma(p, z, c)
    return fma(e, LN2, 2.0 * s * p)


def exp(x: float) -> float:
    """Exponential; the argument is clipped to [-700, 700]."""
    x = x if x > -700.0 else -700.0
    x = x if x < 700.0 else 700.0
    k = float(math.floor(fma(x, LOG2_E, 0.5)))
    r = fma(k, -LN2_LOW, fma(k, -LN2_HIGH, x))
    p = EXP_SERIES[0]
    for c in EXP_SERIES[1:]:
        p = fma(p, r, c)
    return p * float_of((int(k) + 1023) << 52)


def cos_sin(word: int) -> tuple[float, float]:
    """Cosine and sine of the angle 2 pi (word + 1/2) / 2**32."""
    u = (float(word) + 0.5) * INVERSE_2_30
    q = float(math.floor(u + 0.5))
    a = (u - q) * HALF_PI
    z = a * a
    s = SIN_SERIES[0]
    for c in SIN_SERIES[1:]:
        s = fma(s, z, c)
    s = fma(a * z, s, a)
    c = COS_SERIES[0]
    for x in COS_SERIES[1:]:
        c = fma(c, z, x)
    quadrant = int(q) & 3
    cosine, sine = (s, c) if quadrant & 1 else (c, s)
    return (-cosine if quadrant in (1, 2) else cosine), (-sine if quadrant >= 2 else sine)


BLOCK = 4
"""Numbers of a stream that come of one block of random words."""


@lru_cache(maxsize=512)
def random_words(seed: int, path: int, block: int, stream: int) -> tuple[int, int, int, int]:
    """The four 32-bit words of a block, addressed by (path, block, stream) and keyed by the seed."""
    mask = 0xFFFFFFFF
    return philox(path & mask, path >> 32, block, stream, seed & mask, seed >> 32)


def uniform(seed: int, path: int, stream: int, number: int) -> float:
    """The uniform in (0, 1) with this number in a stream: four of one block."""
    word = random_words(seed, path, number // BLOCK, stream)[number % BLOCK]
    return (float(word) + 0.5) * INVERSE_2_32


def normal(seed: int, path: int, stream: int, number: int) -> float:
    """The standard normal with this number in a stream: two pairs of one block (Box and Muller)."""
    pair = number % BLOCK // 2 * 2
    words = random_words(seed, path, number // BLOCK, stream)
    radius = math.sqrt(-2.0 * log((float(words[pair]) + 0.5) * INVERSE_2_32))
    return radius * cos_sin(words[pair + 1])[number % 2]
