"""Screening of names: how well matching does, and what it says of two names."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, dump_json, render
from guanzi.cli.speech import say
from guanzi.intake.inputs import read_name_pairs
from guanzi.study import screening as entities

DIGITS = 4
SCHEMAS = ("Person", "Company", "Organization", "LegalEntity")


def show_evaluation(file: Path, seed: int, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, how name matching does on labelled pairs.

    Args:
        file: CSV with the columns schema, name1, name2, is_match, and optionally category.
        seed: Of the bootstrap intervals.
        lang: Language.
        as_json: Print JSON alone.
    """
    pairs = read_name_pairs(file)
    found = entities.evaluate_pairs(
        [(pair.first, pair.second) for pair in pairs],
        [pair.schema for pair in pairs],
        [pair.is_match for pair in pairs],
        [pair.category for pair in pairs],
        seed,
    )
    if as_json:
        print(dump_json(_plain(found)), end="")
        return
    print(say("cli.screen.pairs", lang, n=found.n, positives=found.positives, threshold=found.threshold))
    table = Table(box=None, pad_edge=False)
    for name in ("figure", "value", "low", "high"):
        table.add_column(say(f"cli.screen.{name}", lang), justify="left" if name == "figure" else "right")
    for name in ("precision", "recall", "f1", "auc"):
        figure: entities.Figure = getattr(found, name)
        cells = (_shown(figure.value), _shown(figure.low), _shown(figure.high))
        table.add_row(say(f"cli.screen.{name}", lang), *cells)
    Console().print(table)
    print(say("cli.screen.calibration", lang, ece=_shown(found.ece), brier=_shown(found.brier)))
    print(say("cli.screen.speed", lang, speed=round(found.pairs_per_second), first=round(found.first_pass)))


def _plain(found: entities.Evaluation) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name in ("precision", "recall", "f1", "auc"):
        figure: entities.Figure = getattr(found, name)
        out[name] = _number(figure.value)
        out[f"{name}_interval"] = [_number(figure.low), _number(figure.high)]
    return {
        **out,
        "brier": _number(found.brier),
        "ece": _number(found.ece),
        "pairs_per_second": round(found.pairs_per_second, 1),
        "pairs_per_second_first_pass": round(found.first_pass, 1),
        "n": found.n,
        "positives": found.positives,
        "threshold": found.threshold,
        "interval_level": 0.95,
        "categories": [
            {"category": kind, "n": n, "positives": positives, "shown": shown}
            for kind, n, positives, shown in found.categories
        ],
    }


def show_comparison(first: str, second: str, schema: str, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, what the comparison of two names found.

    Args:
        first: A name.
        second: Another.
        schema: Kind of bearer.
        lang: Language.
        as_json: Print JSON alone.
    """
    check_schema(schema)
    match = entities.compare(first, second, schema)
    if as_json:
        print(dump_json(plain_match(match, lang)), end="")
        return
    word = "match" if match.matched else "no_match"
    print(say(f"cli.screen.{word}", lang, score=match.score, probability=match.probability))
    for part in match.parts:
        print("  · " + render(part, lang))


def check_schema(schema: str) -> None:
    """Refuse a kind of bearer that we do not know: its names would be compared as those of people."""
    if schema not in SCHEMAS:
        cause = Message.of("cli.screen.schema", schema=schema)
        raise InvalidInput(Problem(cause, Place("--schema"), Message.of("cli.screen.schema.mend", schemas=SCHEMAS)))


def plain_match(match: entities.Match, lang: str) -> dict[str, Any]:
    """A match as plain data for JSON."""
    return {
        "score": round(match.score, DIGITS),
        "probability": round(match.probability, DIGITS),
        "matched": match.matched,
        "why": [{"text": render(part, lang), **part.as_dict()} for part in match.parts],
    }


def _number(value: float) -> float | None:
    return None if math.isnan(value) else round(value, DIGITS)


def _shown(value: float) -> str:
    return "–" if math.isnan(value) else f"{value:.3f}"
