"""What of two appraisals is compared: advice, figures, findings, reasons, rows, demands and clauses, each by its id."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Literal, NamedTuple

from guanzi.advice.appraisal import Appraisal, Text

type ItemKind = Literal["advice", "figure", "finding", "reason", "row", "demand", "clause"]
KINDS: tuple[ItemKind, ...] = ("advice", "figure", "finding", "reason", "row", "demand", "clause")


class ComparedItem(NamedTuple):
    """A thing that an appraisal says: its kind and its id."""

    kind: ItemKind
    id: str


class Amounts(NamedTuple):
    """A figure: its value, the ends of its interval, and whether nothing between the ends is more likely than else."""

    value: float | None
    low: float | None
    high: float | None
    bounds: bool = False


type ComparedValue = str | Amounts
"""What is said of an item, so that equal means the same: a figure by its amounts, anything else as text."""

ON_SIGNED = "as-signed"
"""Id of the advice on the terms as signed."""


def items_of(appraisal: Appraisal) -> dict[ComparedItem, ComparedValue]:
    """All that an appraisal says, by item."""
    return dict(_items(appraisal))


def reasons_of(appraisal: Appraisal) -> dict[str, Text]:
    """The reasons by what they say: by their messages, those within them too, and their place among equal ones."""
    found: dict[str, Text] = {}
    counted: Counter[str] = Counter()
    for reason in appraisal.summary.reasons:
        id = ">".join(_ids(reason.model_dump()))
        counted[id] += 1
        found[f"{id}#{counted[id]}" if counted[id] > 1 else id] = reason
    return found


def _ids(value: object) -> Iterator[str]:
    """Ids of a message as data and of the messages within it."""
    if isinstance(value, Mapping):
        if isinstance(value.get("id"), str):
            yield value["id"]
        for name, part in value.items():
            yield from _ids(part) if name != "id" else ()
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _ids(part)


def _items(of: Appraisal) -> Iterator[tuple[ComparedItem, ComparedValue]]:
    yield ComparedItem("advice", "advice"), of.advice
    yield ComparedItem("advice", ON_SIGNED), of.as_signed
    for id, figure in of.figures.items():
        yield ComparedItem("figure", id), Amounts(figure.value, figure.low, figure.high, figure.bounds)
    for finding in of.findings:
        yield ComparedItem("finding", finding.id), _text([finding.kind, finding.severity, finding.text.model_dump()])
    for id, reason in reasons_of(of).items():
        yield ComparedItem("reason", id), _text(reason.model_dump())
    for row in of.rows:
        yield ComparedItem("row", row.id), row.outcome
    for demand in of.demands:
        yield ComparedItem("demand", demand.id), _text(demand.text.model_dump())
    for clause in of.clauses:
        yield ComparedItem("clause", clause.id), _text([clause.state, clause.text.model_dump()])


def _text(value: object) -> str:
    return json.dumps(value, sort_keys=True, ensure_ascii=False, default=str)
