"""Instructions of the lane machine: shapes of operations, their numbers, and the sizes of rows.

A shape is an operation, or a small tree of operations whose inner results never leave the registers; a new shape is a
line of the table.
"""

from __future__ import annotations

from typing import Any

LANES = 128
WIDE = 8
"""Numbers in a vector; on processors with narrower ones LLVM takes several."""
UNROLL = 4
"""Vectors in one turn of a loop."""
COPIES = 2
"""Vectors in which a constant is held."""
ROW = LANES * 8
"""Bytes of a row of numbers."""
BITS = LANES // 8
"""Bytes of a row of truths."""
SPARE = 2 * WIDE
"""Counters at the end of a histogram: lanes that do not count, and zeros."""
CHUNK = 32
"""Blocks of lanes after which bins are counted: one table after the other, as all together fill no near cache."""


Shape = str | tuple[Any, ...]
"""A leaf (``.``), or an operation and the shapes that it works on."""

NUMERIC = {"ADD": "NN", "SUB": "NN", "MUL": "NN", "DIV": "NN", "MIN": "NN", "MAX": "NN", "NEG": "N", "SEL": "TNN",
           "EXP": "N", "LOG": "N", "SQRT": "N", "COPY": "N"}  # fmt: skip
"""Operations that give a number, with what they work on: numbers and truths."""
LOGICAL = {"GT": "NN", "GE": "NN", "EQ": "NN", "AND": "TT", "OR": "TT", "ANDN": "TT", "NOT": "T", "COPYT": "T"}
"""Operations that give a truth."""
WORKS_ON = NUMERIC | LOGICAL


def parse_shape(text: str) -> Shape:
    """A shape from its text in prefix notation: ``ADD MUL . . .`` is (a * b) + c.

    >>> parse_shape("ADD MUL . . .")
    ('ADD', ('MUL', '.', '.'), '.')
    """
    words = iter(text.split())

    def read() -> Shape:
        word = next(words)
        return word if word == "." else (word, *(read() for _ in WORKS_ON[word]))

    shape = read()
    if next(words, None) is not None:
        raise ValueError(f"{text!r} is longer than one shape")
    return shape


def leaves_of(shape: Shape, kind: str = "N") -> str:
    """``N`` or ``T`` for each leaf of a shape, in order.

    >>> leaves_of(parse_shape("SEL AND . . MUL . . ."))
    'TTNNN'
    """
    if shape == ".":
        return kind
    return "".join(leaves_of(x, k) for x, k in zip(shape[1:], WORKS_ON[shape[0]], strict=True))


BASE = """
ADD . .      SUB . .    MUL . .     DIV . .     MIN . .     MAX . .     NEG .       SEL . . .
EXP .        LOG .      SQRT .      COPY .      GT . .      GE . .      EQ . .
AND . .      OR . .     ANDN . .    NOT .       COPYT .
"""
"""One operation each: with these, any program can run."""

FUSED = """
ADD ADD . . .         ADD ADD ADD . . . .     ADD ADD . MUL . . .     ADD ADD . . MUL . .       ADD MAX . . .
ADD MUL . . .         ADD SEL . . . .         ADD SUB . . .           ADD MUL . MIN DIV . . . .
SUB . MUL . .         SUB . SEL . . .         SUB ADD . . .           SUB ADD . SEL . . . .     SUB SEL . . . .
SUB SUB . . .
MUL ADD MUL . . . .   MUL DIV . . .           MUL EXP . .             MUL EXP ADD MUL . . . .   MUL EXP MIN . . .
MUL EXP MUL . . .     MUL MIN . . .           MUL MUL . . .           MUL SEL . MUL . . . .     MUL SUB . . .
DIV . ADD . .         DIV MIN . . .           DIV MUL . . .           EXP MUL . .
MIN . MAX SUB . . .   MIN DIV . . .           MIN MAX . . .           MAX MUL . . .             MAX NEG . .
MAX SUB . . .
SEL . ADD . . .       SEL . MAX . . .         SEL . MAX SUB . . . .   SEL . MIN . . .           SEL . MUL . . .
SEL . SUB . . .       SEL . MUL . DIV . . .   SEL . MUL . MUL . . .   SEL GT . . . .            GT SEL . . . .
AND AND . . .         AND AND . GT . . .      AND ANDN . . .          AND GE . . .              AND GT . . .
AND OR . . .          ANDN AND . . .          OR AND . . .            OR AND . GT . . .         OR ANDN . . .
OR OR . . .
"""
"""Trees of operations that programs often have: fewer instructions, and inner results that are never stored."""


def _texts(table: str) -> list[str]:
    return [" ".join(x.split()) for line in table.splitlines() for x in line.split("  ") if x.strip()]


SHAPES: dict[str, Shape] = {text: parse_shape(text) for text in _texts(BASE + FUSED)}
"""Text of a shape to the shape: one instruction of the machine each."""

SPECIAL = (
    "END",
    "INPUT",
    "OUT",
    "IRR",
    "STORE",
    "LOAD",
    "STORET",
    "LOADT",
    "SKIP",
    "HIST",
    "TALLY",
    "FLOW",
    "WORDS",
    "NORMALS",
    "COSINE",
    "SINE",
    "UNIFORM",
)
"""Instructions that are no shapes; those up to LOADT are done outside the vector code."""
OUTSIDE = SPECIAL.index("SKIP")
CODES = {name: i for i, name in enumerate((*SPECIAL, *SHAPES))}
"""Instruction to its number."""
