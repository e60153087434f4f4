"""Every number has a parent: what a document says stands in the appraisal, in the facts or in the term sheet.

A document may choose and order; it may not say what its study does not hold. So each sentence of a study is held to the
published data of the appraisal, and each number and day that a page words by itself to the figures, facts and clauses.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Any

from tests.truth.arithmetic import near
from tests.truth.clauses import misworded, repeated
from tests.truth.entries import misrowed, numbers_of
from tests.truth.faults import Fault
from tests.truth.headed import misheaded
from tests.truth.listed import COUNTS, miscounted
from tests.truth.pool import Pool, canonical, data_of, is_day, opposite
from tests.truth.reading import BESIDE, OF_NO_CASE, Piece, Reading, pieces, within
from tests.truth.restated import misretold

from guanzi.base.core import Message, Period
from guanzi.render import Document, Measurement, Table

STUDIES = ("appraisal", "diligence", "fiscal", "forecasting", "playbooks", "structuring", "simulation", "tracks")
"""Parts of the catalogue whose sentences only a study makes."""
PAPERS = ("dossier", "brief", "memorandum", "minutes")
"""Documents of the appraisal."""
LABELS = re.compile(
    r"^(?:appraisal\.(?:figure(?!\.from)|parameter|fan|table|named|kind|advice|column)|playbooks\.(?:code|rule|figure)"
    r"|simulation\.|diligence\.(?:check|title)\.)"
)
BETWEEN = (
    ("low", "high"), ("low", "middle"), ("middle", "high"), ("k", "n"), ("held", "of"), ("n", "of"), ("p5", "p95"),
    ("nine", "n"), ("before", "whole"), ("paid", "whole"), ("allowed", "share"), ("opens", "of"), ("known", "of"),
)  # fmt: skip
"""Parameters of which the first is at most the second."""
SHARES = (("k", "n", "share"), ("threshold", "actual", "share"), ("part", "whole", "share"), ("n", "of", "share"))
"""Parameters of which the third is the first by the second."""
WORDED = re.compile(
    r"^(?:appraisal\.(?:parameter|fan|table|named|kind|advice)|playbooks\.(?:code|figure)|simulation\."
    r"|evidence\.rate\.name|terms\.words|appraisal\.needs\.stale|lint\.GZ(?:102|204|402|407)"
    r"|reports\.chain\.nearest|reports\.fund\.(?:exposure_sentence|lead\.ahead)"
    r"|reports\.monitor\.followed\.signed_sentence|reports\.monitor\.(?:headroom_sentence|untested))"
)
"""Words of a term within a sentence, and labels, which have numbers of their own."""
DERIVED = re.compile(
    r"^(?:assumptions\.(?:total|first)|calls\.place|headline\.(?:formula|says|difference)|payments\.amount"
    r"|years\.(?:p\d+|all|early|late|low|high)|headroom-\d+\.room_part|counts\.value|plan-questions\.facts"
    r"|leading\.total|causes\.(?:figures|others))$"
)
"""Columns that are computed from others: what they say is held to its parts by the property on arithmetic."""
OF_STREAMS = "reports.table.streams_of"
"""Counts of what stands in the sections below: held to the findings by the property on verdicts."""
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def ungrounded(reading: Reading) -> Iterator[Fault]:
    """What documents say and no data hold."""
    for piece in reading.pieces:
        if piece.document in (*PAPERS, "changes"):
            yield from _unheard(piece, data_of(reading, piece.document))
    yield from _heads(reading)
    for name, document in reading.documents.items():
        key = f"grounded {name}"
        if reading.kept.get(key, (None,))[0] is not document:
            reading.kept[key] = (document, tuple(_of_document(reading, name, document)))
        yield from reading.kept[key][1]
    yield from _all_facts(reading)


def _of_document(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    yield from _unknown_parents(reading, name, document)
    pool = data_of(reading, name)
    yield from _sentences(name, document, pool)
    yield from miscounted(reading, name, document)
    yield from misrowed(reading, name, document)
    yield from misworded(reading, name, document)
    yield from repeated(name, document)
    yield from misheaded(reading, name, document)
    yield from misretold(reading, name, document)
    for table in document.tables():
        yield from _facts(reading, name, table)
        yield from _cells(name, table, pool)
        yield from _times(name, table)


def _unheard(piece: Piece, pool: Pool) -> Iterator[Fault]:
    for message in within(piece.words):
        made = message.id.partition(".")[0] in STUDIES and not LABELS.match(message.id)
        if made and canonical(message) not in pool.sentences:
            yield Fault(
                "grounded", piece.document, piece.section, message, "not in the appraisal", f"unheard:{message.id}"
            )
            return


def _heads(reading: Reading) -> Iterator[Fault]:
    """Days in the head of a document are those of the case."""
    for name, document in reading.documents.items():
        if name in OF_NO_CASE:
            continue
        view = reading.view_of(name)
        if document.dated != view.as_of and not name.startswith(("money", "fund")):
            yield Fault("grounded", name, "head", str(document.dated), f"as of {view.as_of}", "dated")
        for words in document.under:
            for message in within(words):
                days = {value for _, value in message.params if isinstance(value, str) and _DAY.fullmatch(value)}
                known = {view.as_of.isoformat(), view.decision_date.isoformat()}
                if reading.sheet is not None:
                    known.add(reading.sheet.signed.isoformat())
                if (
                    message.id in ("reports.page.as_of", "reports.page.decision", "reports.monitor.signed")
                    and days - known
                ):
                    yield Fault("grounded", name, "head", message, f"days of the case: {sorted(known)}")


def _unknown_parents(reading: Reading, name: str, document: Document) -> Iterator[Fault]:
    """What a sentence rests on exists."""
    view = reading.view_of(name)
    held = {fact.id for fact in view.facts}
    sources = {one.id for one in view.sources} | {one.id for one in reading.appraisal.sources}
    figures = set(reading.appraisal.figures)
    places = {"fact": held} if name in BESIDE else {"fact": held, "source": sources, "figure": figures}
    if name in OF_NO_CASE:
        return
    rows = {(table.id, row.id) for table in document.tables() for row in table.rows if row.id.startswith("source:")}
    rests = rows | {(piece.section, rest) for piece in reading.pieces if piece.document == name for rest in piece.rests}
    for section, rest in sorted(rests):
        kind, _, id = rest.partition(":")
        if kind in places and id not in places[kind]:
            yield Fault("grounded", name, section, rest, "there is no such thing in the view", f"invented-{kind}")


def _facts(reading: Reading, name: str, table: Table) -> Iterator[Fault]:
    """A row of a fact says what the fact says."""
    view = reading.view_of(name)
    facts = {fact.id: fact for fact in view.facts}
    columns = [column.id for column in table.columns]
    for row in table.rows:
        if not row.id.startswith("fact:"):
            continue
        id = row.id.removeprefix("fact:")
        if id not in facts:
            yield Fault("grounded", name, table.id, row.id, "no such fact", "invented-fact")
            continue
        fact, cells = facts[id], dict(zip(columns, (row.head, *row.cells), strict=False))
        for column, held in (("period", fact.period), ("known_on", fact.known_on), ("value", fact.value)):
            if column in cells and not _says(cells[column].value, held):
                told = f"{id}.{column} = {cells[column].value}"
                yield Fault("grounded", name, table.id, told, f"the fact says {held}", f"fact-{column}")


def _says(shown: Any, held: Any) -> bool:
    """Whether a cell says a value of a fact."""
    if isinstance(shown, Measurement):
        ends = held if isinstance(held, tuple) else (held, held)
        if isinstance(held, bool) or not all(isinstance(end, int | float) for end in ends):
            return False
        middle = sum(ends) / 2
        return shown.value is not None and math.isclose(shown.value, middle, rel_tol=1e-6, abs_tol=1e-9)
    if isinstance(held, Period) and isinstance(shown, Message):
        return str(held) in [str(value) for _, value in shown.params]
    if isinstance(held, Period | date):
        return str(shown) == str(held) or (isinstance(shown, Message) and str(held) in canonical(shown))
    if isinstance(shown, float | int) and isinstance(held, float | int):
        return math.isclose(float(shown), float(held), rel_tol=1e-6, abs_tol=1e-9)
    return True


def _all_facts(reading: Reading) -> Iterator[Fault]:
    """The dossier's evidence holds every fact of the view, and no other."""
    document = reading.documents.get("dossier")
    tables = [table for table in document.tables() if table.id == "facts"] if document is not None else []
    told = {row.id.removeprefix("fact:") for table in tables for row in table.rows if row.id.startswith("fact:")}
    held = {fact.id for fact in reading.view.facts}
    for id in sorted(held - told):
        yield Fault(
            "grounded", "dossier", "facts", id, "a fact of the view that the evidence does not show", "dropped-fact"
        )


def _sentences(name: str, document: Document, pool: Pool) -> Iterator[Fault]:
    for piece in pieces(document, name):
        for message in within(piece.words):
            yield from _ordered(name, message)
            if canonical(message) in pool.sentences:
                continue
            if opposite(message) in pool.opposites and not WORDED.match(message.id):
                yield Fault("grounded", name, "", message, "the data say the contrary", f"contrary:{message.id}")
            if message.id in pool.ids and not WORDED.match(message.id):
                yield Fault("grounded", name, "", message, "the data say it otherwise", f"otherwise:{message.id}")
            if message.id not in (*COUNTS, OF_STREAMS) and not WORDED.match(message.id):
                yield from _parameters(name, message, pool)


def _parameters(name: str, message: Message, pool: Pool) -> Iterator[Fault]:
    for key, told in ((key, told) for key, value in message.params for told in _told(value)):
        if isinstance(told, bool):
            continue
        years = {day[:4] for day in pool.days} if key == "year" else set()
        if isinstance(told, int | float) and str(told) not in years and not pool.has(float(told)):
            yield Fault("grounded", name, key, message, "no such number in the data", f"number:{message.id}.{key}")
        if isinstance(told, str) and is_day(told) and told not in pool.days:
            yield Fault("grounded", name, key, message, "no such day in the data", f"day:{message.id}.{key}")


def _told(value: Any) -> tuple[Any, ...]:
    """What a reader sees of a parameter: of bounds both ends, and nothing between them."""
    if not isinstance(value, Measurement):
        return (value,)
    return (value.low, value.high) if value.bounds and value.low != value.high else (value.value,)


def _ordered(name: str, message: Message) -> Iterator[Fault]:
    """A part is at most its whole, an end at most the other, and a share at most all."""
    values = {key: value for key, value in message.params if isinstance(value, int | float)}
    for low, high in BETWEEN:
        if low in values and high in values and values[low] > values[high]:
            yield Fault("grounded", name, low, message, f"{low} is above {high}", f"order:{message.id}")
    days = {key: value for key, value in message.params if isinstance(value, str) and is_day(value)}
    for first, last in (("first", "last"), ("start", "end"), ("known_on", "until")):
        if first in days and last in days and days[first] > days[last]:
            yield Fault("grounded", name, first, message, f"{first} is after {last}", f"order:{message.id}")
    for part, whole, share in SHARES:
        told = {part, whole, share} <= values.keys()
        if told and not (values[share] <= 1.0 and near(values[share] * values[whole], values[part])):
            yield Fault("grounded", name, share, message, f"{part} of {whole} is another share", f"share:{message.id}")


def _cells(name: str, table: Table, pool: Pool) -> Iterator[Fault]:
    for row in table.rows:
        for column, cell in zip(table.columns, (row.head, *row.cells), strict=False):
            said, kind = f"{row.id} {column.id} = {cell.value}", f"{table.id}.{column.id}"
            if isinstance(cell.value, date) and cell.value.isoformat() not in pool.days and kind != "payments.due":
                yield Fault("grounded", name, table.id, said, "no such day in the data", f"cell-day:{kind}")
            for value in numbers_of(cell.value):
                if not pool.has(value) and not DERIVED.match(kind):
                    yield Fault("grounded", name, table.id, said, "no such number in the data", f"cell:{kind}")


def _times(name: str, table: Table) -> Iterator[Fault]:
    """Rows of years or quarters go on one after the other."""
    for n in range(1 + len(table.columns)):
        cells = [cell for row in table.rows for cell in (row.head, *row.cells)[n : n + 1]]
        periods = [cell.value for cell in cells if isinstance(cell.value, Period)]
        if len(periods) == len(table.rows) and n == 0:
            for one, other in pairwise(periods):
                if other != one.shift(1):
                    said = f"{one}, {other}"
                    yield Fault("grounded", name, table.id, said, "rows of time do not go on", f"times:{table.id}")
