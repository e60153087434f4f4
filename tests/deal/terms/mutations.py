"""Spoilt term sheets: valid ones with some characters, lines, words or values changed, as slips and bad tools do it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import Any

import yaml
from tests.deal.terms.known_company import text as with_head
from tests.engine.simulation.examples import POLICY, model

from guanzi.base.core import InvalidInput, Problem, format_problem, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import explain, read_sheet, unknowns
from guanzi.engine.simulation.compose import compose

REPO = Path(__file__).resolve().parents[3]
CHARACTERS = "abcxyz019.,:;-_+*/%&!|>'\"#@`~^=()[]{}<>?\\ \t\n\r\x00\x07\u00a0\u3000\u2028，。：省éß🚗"
WORDS = (
    "unknown", "null", "true", "false", "~", "[]", "{}", "''", "0", "-1", "1e999", "-1e308", "0.1%", "500%", "nan",
    ".inf", "1_000", "2020-02-30", "0001-01-01", "9999-12-31", "2020-13-01", "0 years", "1e9 years", "month", "equity",
    "put", "company", "city", "&a", "*a", "!!python/object:os.system", "<<", "---", "...", "? ", "100 per year",
    "((((((((((", "not not not listed", "units", "held(units > 5, years=1e9)", "total(units, last='7 days')",
    "tier('x')", "9" * 400,
)  # fmt: skip


VALUES: tuple[Any, ...] = (
    None, True, -3, 10**30, 0.5, "unknown", "x", [], {}, [None], {"unknown": {"low": 3}}, {"unknown": [1]}, "20%",
)  # fmt: skip


@dataclass
class Tally:
    """What became of many spoilt sheets."""

    valid: int = 0
    simulable: int = 0
    refused: int = 0
    causes: Counter[str] = field(default_factory=Counter)


def originals() -> list[str]:
    """Valid sheets: those of all cases, the example with every clause, and the examples of the reference."""
    cases = sorted((REPO / "src" / "guanzi" / "library" / "cases").glob("*/terms/*.yaml"))
    found = [path.read_text("utf-8") for path in (*cases, Path(__file__).parent / "example_motors.yaml")]
    reference = (REPO / "docs" / "reference" / "term-sheet.md").read_text("utf-8")
    return found + [with_head(body) for body in re.findall(r"```yaml\n(.*?)```", reference, re.DOTALL)]


def spoilt(number: int, sheets: list[str]) -> str:
    """The spoilt sheet of a number: the same each time."""
    rng = Random(number)
    words = rng.choice(sheets)
    if rng.random() < 0.35:
        words = _spoil_data(words, rng)
    for _ in range(rng.choice((0, 1, 1, 2, 4)) if number % 3 else rng.choice((1, 2))):
        words = _spoil_text(words, rng)
    return words


def _spoil_text(words: str, rng: Random) -> str:
    lines = words.split("\n")
    at, row = rng.randrange(len(words) + 1), rng.randrange(len(lines))
    match rng.randrange(11):
        case 0:
            return words[:at] + words[at + rng.choice((1, 1, 2, 20)) :]
        case 1:
            return words[:at] + "".join(rng.choices(CHARACTERS, k=rng.choice((1, 1, 3)))) + words[at:]
        case 2:
            del lines[row]
        case 3:
            lines.insert(row, rng.choice(lines))
        case 4:
            other = rng.randrange(len(lines))
            lines[row], lines[other] = lines[other], lines[row]
        case 5:
            lines[row] = rng.choice(("  ", " ", "\t", "    ")) + lines[row]
        case 6:
            lines[row] = lines[row].removeprefix("  ")
        case 7 | 8:
            tokens = list(re.finditer(r"[\w.%-]+", words))
            token = rng.choice(tokens) if tokens else None
            new = rng.choice((*WORDS, rng.choice(tokens).group())) if tokens else "x"
            return words if token is None else words[: token.start()] + new + words[token.end() :]
        case 9:
            return words[:at]
        case _:
            depth = rng.choice((30, 300, 3000))
            opened, closed = rng.choice((("(", ")"), ("[", "]"), ("{a: ", "}"), ("not ", "")))
            return words[:at] + opened * depth + "listed" + closed * depth + words[at:]
    return "\n".join(lines)


def _spoil_data(words: str, rng: Random) -> str:
    """Change the data and write them anew."""
    data = yaml.safe_load(words)
    nodes = list(_nodes(data))
    for _ in range(rng.choice((1, 1, 2, 5))):
        inside, key = rng.choice(nodes)
        value: Any = rng.choice(
            (
                None,
                True,
                -3,
                10**30,
                0.5,
                "unknown",
                "x",
                [],
                {},
                [None],
                {"unknown": {"low": 3}},
                {"unknown": [1]},
                "20%",
            )
        )
        action = rng.randrange(4)
        try:
            if action == 0 and isinstance(inside, dict):
                inside.pop(key, None)
            elif action == 1 and isinstance(inside, dict):
                inside[rng.choice(("type", "when", "if", "on", "id", "amount", "x y", 5, "from"))] = inside.get(key)
            else:
                inside[key] = value if action == 2 else rng.choice(nodes)[0]
        except (KeyError, IndexError):
            continue
    try:
        return yaml.safe_dump(data, allow_unicode=True, sort_keys=False)
    except RecursionError:
        return words


def _nodes(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _nodes(inner)


def judge(words: str, tally: Tally) -> None:
    """Read a sheet to the end: it is valid and can be said, or every problem has a place and a cause."""
    try:
        reading = read_sheet(parse_yaml(TextFile("spoilt.yaml", words, tuple(words.split("\n")))))
    except InvalidInput as error:
        _refused(error.problems, tally)
        return
    if reading.sheet is None:
        _refused([p for p in reading.problems if p.severity == "error"], tally)
        return
    tally.valid += 1
    for said in (*(c.message for c in explain(reading.sheet)), *(g.what for g in unknowns(reading.sheet))):
        assert render(said)
        assert render(said, "zh")
    try:
        budget = next(iter(reading.sheet.public), "")
        if budget:
            compose(reading.sheet, model(), replace(POLICY, payers=(budget,)))
            tally.simulable += 1
    except InvalidInput as error:
        _placed(error.problems)


def _refused(problems: Any, tally: Tally) -> None:
    assert problems
    _placed(problems)
    tally.refused += 1
    tally.causes.update({p.cause.id for p in problems})


def _placed(problems: Any) -> None:
    for problem in problems:
        assert isinstance(problem, Problem)
        assert problem.place is not None
        assert problem.place.line >= 1
        assert problem.place.column >= 1
        assert render(problem.cause)
        assert format_problem(problem)
        if problem.fix is not None:
            assert render(problem.fix, "zh")
