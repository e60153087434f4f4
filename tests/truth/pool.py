"""What stands in data: the sentences, numbers and days that a document may say."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, is_dataclass
from datetime import date
from functools import cache
from typing import Any

import yaml
from tests.truth.reading import Reading

from guanzi.base.core import Duration, Message, Period
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import View
from guanzi.record.playbooks import load_playbook
from guanzi.study.monitoring import warning_rules

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_AMOUNT = re.compile(r"(-?\d[\d_]*(?:\.\d+)?)(?: ?%| [a-z ]+)?")
"""A number as text, e.g. of a term sheet: “60 months”."""
_PERIOD = re.compile(r"(?:19|20)\d\d(?:Q[1-4])?")


@dataclass(frozen=True)
class Pool:
    """What stands in data: sentences, numbers and days; ids of sentences, and how those begin that have parameters."""

    sentences: frozenset[str]
    numbers: frozenset[float]
    days: frozenset[str]
    ids: frozenset[str] = frozenset()
    opposites: frozenset[str] = frozenset()

    def has(self, value: float) -> bool:
        """Whether a number is there, to rounding, with either sign; a share also in percent, or what it leaves."""
        shares = (value * 100, 1 - value, 100 * (1 - value)) if abs(value) <= 2.0 else ()
        return any(_rounded(v) in self.numbers for v in (value, -value, *shares))


def _rounded(value: float) -> float:
    return float(f"{value:.7g}") if math.isfinite(value) else value


def canonical(message: Message) -> str:
    """A message as text that compares."""
    return json.dumps(message.as_dict(), sort_keys=True, default=str)


def pool_of(*data: Any) -> Pool:
    """The sentences, numbers and days of plain data."""
    sentences, numbers, days = set(), set(), set()

    def collect(node: Any) -> None:
        if isinstance(node, dict):
            if "id" in node and isinstance(node.get("params"), dict):
                sentences.add(json.dumps({"id": node["id"], "params": node["params"]}, sort_keys=True, default=str))
            start, years = str(node.get("start")), node.get("years")
            if _DAY.fullmatch(start) and isinstance(years, int):  # what is given each year
                days.update(Duration(12 * n).after(date.fromisoformat(start)).isoformat() for n in range(years))
            for value in node.values():
                collect(value)
        elif isinstance(node, list | tuple):
            numbers.add(float(len(node)))
            for value in node:
                collect(value)
        elif isinstance(node, date):
            days.add(node.isoformat())
        elif isinstance(node, bool) or node is None:
            return
        elif isinstance(node, int | float):
            numbers.add(_rounded(float(node)))
        elif isinstance(node, str):
            days.update(_DAY.findall(node))
            if _PERIOD.fullmatch(node):
                period = Period.parse(node)
                days.update((period.start.isoformat(), period.end.isoformat()))
            if (told := _AMOUNT.fullmatch(node)) is not None:
                numbers.add(_rounded(float(told[1].replace("_", ""))))

    for one in data:
        collect(one)
    said = [json.loads(sentence) for sentence in sentences]
    opposites = frozenset(_opposite(one["id"], one["params"]) for one in said if one["params"])
    return Pool(
        frozenset(sentences), frozenset(numbers), frozenset(days), frozenset(one["id"] for one in said), opposites
    )


def opposite(message: Message) -> str:
    """What a message has in common with another one that says the contrary: how its id begins, and its parameters."""
    plain = json.loads(canonical(message))
    return _opposite(plain["id"], plain["params"])


def _opposite(id: str, params: Any) -> str:
    return f"{id.rpartition('.')[0]} {json.dumps(params, sort_keys=True)}"


def data_of(reading: Reading, name: str) -> Pool:
    """What a document may say: the published data of its result, and the case on its day with its term sheets."""
    of = name if name in reading.published else "review" if name == "review" else "dossier"
    if of not in reading.kept:
        told = reading.published.get(of)
        plain = reading.appraisal.model_dump(mode="json", by_alias=True) if told is None else _plain(told)
        case = _plain(reading.view_of(name).content())
        reading.kept[of] = pool_of(
            plain, case, _library(), _missing(reading), _suggested(plain), _beside(reading, name)
        )
    held: Pool = reading.kept[of]
    return held


def _beside(reading: Reading, name: str) -> tuple[Any, ...]:
    """What follows from an appraisal, or from the head of a term sheet, and stands there in no other form."""
    return _outside(reading), _apart(reading), _end(reading.view_of(name))


def _end(view: View) -> list[date]:
    """The day on which the horizon of the term sheet ends."""
    sheet = parse_sheet(view.sheet.document) if view.sheet is not None else None
    return [] if sheet is None else [Duration(12 * sheet.horizon).after(sheet.signed)]


def _apart(reading: Reading) -> list[float]:
    """How far 19 of 20 other runs lie from each figure of the appraisal: 1.96 standard errors."""
    return [1.96 * one.error for one in reading.appraisal.figures.values() if one.error is not None]


def _suggested(told: Any) -> Any:
    """The term sheet that a search suggests, which its data hold as text."""
    suggestion = told.get("suggestion") if isinstance(told, dict) else None
    return yaml.safe_load(suggestion["text"]) if suggestion else None


def _outside(reading: Reading) -> list[dict[str, Any]]:
    """Why a mean of the cash calls or of a table lies outside its interval, where one does."""
    sides = {"above" if mean > high else "below" for mean, low, high in _means(reading) if not low <= mean <= high}
    return [Message.of(f"appraisal.note.few_futures.{side}").as_dict() for side in sides]


def _means(reading: Reading) -> Iterator[tuple[float, float, float]]:
    """Means with the ends of their intervals: of cash calls by year, and of the columns that stand before two ends."""
    yield from ((one.mean, one.low, one.high) for one in reading.appraisal.accounts.years)
    for table in reading.appraisal.fiscal:
        ids = [column.label.id for column in table.columns]
        for n in (n for n, id in enumerate(ids) if id.endswith("interval_low")):
            for row in table.rows:
                mean, low, high = row[n - 1 : n + 2]
                if isinstance(mean, float) and isinstance(low, float) and isinstance(high, float):
                    yield mean, low, high


def _missing(reading: Reading) -> list[int]:
    """How many periods of each trend lie between its first and its last, and are not held."""
    found = []
    for points in reading.appraisal.trends.values():
        periods = {reading.view.fact(one.fact).period for one in points}
        at, steps = min(periods, default=None), 1
        while at is not None and at < max(periods):
            at, steps = at.shift(1), steps + 1
        found.append(steps - len(periods))
    return found


@cache
def _library() -> tuple[str, ...]:
    """Days that come with the product: of the rules of early warning, and of the playbook."""
    return warning_rules().set_on.isoformat(), load_playbook("hefei").made_on.isoformat()


def _plain(node: Any) -> Any:
    """Data without classes."""
    if isinstance(node, Message):
        return node.as_dict()
    if is_dataclass(node) and not isinstance(node, type):
        return _plain(asdict(node))
    if isinstance(node, dict):
        return {key: _plain(value) for key, value in node.items()}
    if isinstance(node, list | tuple):
        return [_plain(item) for item in node]
    return node


def is_day(text: str) -> bool:
    """Whether a text is a day."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
