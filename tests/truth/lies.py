"""Lies planted in documents, drawn by a seed: does the harness notice them?

A lie changes one document of a reading as a faulty report would: parameters swapped, a figure changed in one place, a
sentence turned into its opposite, a day moved, a fact dropped or invented, a figure of the proposed deal in a row of
the signed one. A lie is noticed when the properties find a fault in the changed reading that they did not find before.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, timedelta
from typing import Any

from tests.truth.arithmetic import near
from tests.truth.faults import Fault
from tests.truth.properties import faults_of
from tests.truth.reading import Reading, pieces, within

from guanzi.base.core import Message, Period, catalogue
from guanzi.render import Document, Measurement, Row

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
CONTRARIES = (
    "kept breached", "yes no", "held not_held", "clear no", "back decline", "pass fail", "fail met", "none some",
    "no_signs signs", "verified late", "hold leave", "above below", "failure_above failure_below", "enough short",
    "up down", "rising falling", "high low", "critical medium", "met missed", "put no-put", "doubt no-doubt",
    "prior-exit no-exit", "used idle", "grows shrinks", "covered short", "all any", "before after", "present missing",
    "worth none", "more less", "adds worse", "gain loss", "gain-priced loss-priced", "months_above months_below",
    "months_at_most months_at_least", "definitive draft", "gate tradeoff", "later undated", "cash kind",
)  # fmt: skip
"""Parts of ids of which one says the contrary of the other."""

CLAUSES = (
    "call", "clawback", "covenant", "earn_out", "equity", "grant", "guarantee", "land", "loan", "park", "promise",
    "put", "rebate",
)  # fmt: skip
"""Parts of ids that say of which kind a clause is."""
PARTLY = re.compile(r"\b(?:in part|partly)\b", re.IGNORECASE)
"""Words of a sentence that says of something that it is so in part only."""


@dataclass(frozen=True, slots=True)
class Lie:
    """A lie: of which kind, in which document, and what was changed into what."""

    kind: str
    document: str
    before: str
    after: str


type Change = Callable[[Any], Any]


def planted(reading: Reading, document: str, changed: Document) -> Reading:
    """The reading with one document changed; what was drawn of it is not there, as it would have the same fault."""
    shown = {key: text for key, text in reading.shown.items() if key.split(":", 1)[1].rpartition(":")[0] != document}
    return replace(reading, documents={**reading.documents, document: changed}, shown=shown)


def noticed(reading: Reading, lie: Reading) -> Fault | None:
    """The first fault that the properties find and that was not there before; None: the lie passes."""
    if "faults" not in reading.kept:
        reading.kept["faults"] = Counter(str(fault) for fault in faults_of(reading))
    before = Counter(reading.kept["faults"])
    for fault in faults_of(lie):
        before[str(fault)] -= 1
        if before[str(fault)] < 0:
            return fault
    return None


def draw(reading: Reading, seed: int) -> tuple[Lie, Reading] | None:
    """One lie, of the kinds in turn; None where no drawn document can be lied about in this way."""
    chance = random.Random(f"lie {seed}")
    kind = sorted(KINDS)[seed % len(KINDS)]
    for name in chance.sample(sorted(reading.documents), len(reading.documents)):
        document = reading.documents[name]
        found = list(KINDS[kind](document, chance))
        if not found:
            continue
        target, changed = chance.choice(found)
        lied = substituted(document, target, changed)
        if lied != document:
            return Lie(kind, name, str(target)[:300], str(changed)[:300]), planted(reading, name, lied)
    return None


def substituted(node: Any, target: Any, changed: Any) -> Any:
    """The same data with one object, found by identity, in place of another."""
    if node is target:
        return changed
    if isinstance(node, tuple):
        items = tuple(substituted(item, target, changed) for item in node)
        return items if any(a is not b for a, b in zip(items, node, strict=True)) else node
    if is_dataclass(node) and not isinstance(node, type):
        new = {}
        for held in fields(node):
            if held.init:
                value = getattr(node, held.name)
                other = substituted(value, target, changed)
                if other is not value:
                    new[held.name] = other
        return replace(node, **new) if new else node
    return node


# -- what can be lied about ----------------------------------------------------------------------------------------

type Lies = Iterator[tuple[Any, Any]]


def _messages(document: Document) -> Iterator[Message]:
    """All messages of a document, those within others too."""
    for piece in pieces(document):
        yield from within(piece.words)


def _swapped(document: Document, _: random.Random) -> Lies:
    """Two numbers of a sentence change places."""
    for message in _messages(document):
        numbers = [n for n, v in message.params if isinstance(v, int | float) and not isinstance(v, bool)]
        values: dict[str, Any] = dict(message.params)
        for a in numbers:
            for b in numbers:
                if a < b and not near(values[a], values[b]):
                    yield message, Message.of(message.id, **{**values, a: values[b], b: values[a]})


def _negated(document: Document, _: random.Random) -> Lies:
    """A sentence is told as its opposite, with the same parameters."""
    for message in _messages(document):
        known, parts = catalogue(message.id.partition(".")[0]), message.id.split(".")
        for pair in map(str.split, CONTRARIES):
            for n, part in enumerate(parts[1:], 1):
                if part in pair:
                    other = ".".join((*parts[:n], pair[1 - pair.index(part)], *parts[n + 1 :]))
                    if other in known:
                        yield message, Message(other, message.params)


def _siblings(message: Message, part: int, others: Iterable[str]) -> Iterator[Message]:
    """The same parameters told with another word in a part of the id, where a sentence needs no others."""
    known, parts, given = catalogue(message.id.partition(".")[0]), message.id.split("."), {n for n, _ in message.params}
    for other in others:
        id = ".".join((*parts[:part], other, *parts[part + 1 :]))
        if id != message.id and id in known and {*_NEEDED.findall(known[id])} <= given:
            yield Message(id, message.params)


_NEEDED = re.compile(r"\{(\w+)")


def _of_another_kind(document: Document, _: random.Random) -> Lies:
    """A clause is told as one of another kind."""
    for message in _messages(document):
        for n, part in enumerate(message.id.split(".")):
            for other in _siblings(message, n, CLAUSES) if part in CLAUSES else ():
                yield message, other


def _in_part(document: Document, _: random.Random) -> Lies:
    """What is so in part is told as so, or not so, in whole; and what is so in whole as so in part."""
    for message in _messages(document):
        known, stem = catalogue(message.id.partition(".")[0]), message.id.rpartition(".")[0]
        beside = [id.rpartition(".")[2] for id in known if id.rpartition(".")[0] == stem]
        for other in _siblings(message, message.id.count("."), beside):
            if bool(PARTLY.search(known[message.id])) != bool(PARTLY.search(known[other.id])):
                yield message, other


def _exchanged(document: Document, chance: random.Random) -> Lies:
    """Two columns of a table have each other's head."""
    for table in document.tables():
        headed = [column for column in table.columns if column.head]
        pairs = [(a, b) for a in headed for b in headed if a is not b and a.head != b.head]
        if table.rows and pairs:
            a, b = chance.choice(pairs)
            heads = {a.id: b.head, b.id: a.head}
            columns = tuple(replace(column, head=heads.get(column.id, column.head)) for column in table.columns)
            yield table, replace(table, columns=columns)


def _moved(document: Document, chance: random.Random) -> Lies:
    """A day of a sentence, a row or the head is another."""
    days = timedelta(days=chance.choice((-400, -90, 31, 365)))
    for message in (*_messages(document), *(words for words in document.under if isinstance(words, Message))):
        for name, value in message.params:
            if isinstance(value, str) and _DAY.fullmatch(value):
                other = (date.fromisoformat(value) + days).isoformat()
                yield message, Message.of(message.id, **{**dict(message.params), name: other})
    for row in _rows(document):
        for cell in (row.head, *row.cells):
            if isinstance(cell.value, date):
                yield cell, replace(cell, value=cell.value + days)
            elif isinstance(cell.value, Period) and cell.value.kind == "year":
                yield cell, replace(cell, value=cell.value.shift(1))


def _changed(document: Document, chance: random.Random) -> Lies:
    """A figure is another in one place."""
    factor = chance.choice((0.5, 0.9, 1.2, 10.0))
    for message in _messages(document):
        for name, value in message.params:
            if isinstance(value, Measurement) and value.value:
                other: Any = replace(value, value=value.value * factor)
            elif isinstance(value, int | float) and not isinstance(value, bool) and value:
                other = type(value)(value * factor) if isinstance(value, float) else value + 3
            else:
                continue
            yield message, Message.of(message.id, **{**dict(message.params), name: other})
    for row in _rows(document):
        for cell in row.cells:
            if isinstance(cell.value, Measurement) and cell.value.value:
                yield cell, replace(cell, value=replace(cell.value, value=cell.value.value * factor))
            elif isinstance(cell.value, float) and cell.value:
                yield cell, replace(cell, value=cell.value * factor)


def _dropped(document: Document, _: random.Random) -> Lies:
    """A row of a table is left out."""
    for table in document.tables():
        if len(table.rows) > 1 and not table.blank:
            for row in table.rows:
                yield table, replace(table, rows=tuple(one for one in table.rows if one is not row))


def _invented(document: Document, chance: random.Random) -> Lies:
    """A sentence or a row rests on a fact or a source that does not exist."""
    for sentence in document.sentences():
        if any(rest.startswith("fact:") for rest in sentence.rests):
            yield sentence, replace(sentence, rests=(*sentence.rests, f"fact:made-up-{chance.randint(1, 99)}"))
    for table in document.tables():
        for row in table.rows:
            if row.id.startswith(("fact:", "source:")):
                kind = row.id.partition(":")[0]
                yield (
                    table,
                    replace(table, rows=(*table.rows, replace(row, id=f"{kind}:made-up-{chance.randint(1, 99)}"))),
                )


def _mixed(document: Document, _: random.Random) -> Lies:
    """A figure of another deal, or of another line, stands in a row."""
    for table in document.tables():
        held = [row for row in table.rows if row.id.startswith("figure:") and isinstance(_value(row), Measurement)]
        for one in held:
            for other in held:
                a, b = _value(one), _value(other)
                if one is not other and a.unit == b.unit and a.value and b.value and not near(a.value, b.value):
                    cell = next(cell for cell in one.cells if cell.value is a)
                    yield cell, replace(cell, value=b)
                    break


def _value(row: Row) -> Any:
    return next((cell.value for cell in row.cells if isinstance(cell.value, Measurement)), None)


def _rows(document: Document) -> Iterator[Row]:
    for table in document.tables():
        yield from table.rows


KINDS: dict[str, Callable[[Document, random.Random], Lies]] = {
    "swapped parameters": _swapped,
    "negated sentence": _negated,
    "shifted date": _moved,
    "changed figure": _changed,
    "dropped row": _dropped,
    "invented fact": _invented,
    "mixed deals": _mixed,
    "clause of another kind": _of_another_kind,
    "part for whole": _in_part,
    "exchanged heads": _exchanged,
}
"""Kinds of lie: what could be changed into what."""


# -- what was drawn ------------------------------------------------------------------------------------------------

_FIGURE = re.compile(r"(?<![A-Za-z_\d.,-])\d[\d,]*(?:\.\d+)?(?![A-Za-z_\d,-]|\.\d)")
LEAST = {"en": 24, "zh": 12}
"""So many characters a line has at least that is left out or turned round."""
TURNS = {
    "en": ((" not ", " "), (" is ", " is not "), (" are ", " are not "), (" no ", " a ")),
    "zh": (("没有", "有"), ("不", ""), ("未", "已"), ("是", "不是"), ("为", "不为")),
}
"""What turns a sentence round: the first that it has is put in place of the other."""


def draw_shown(reading: Reading, seed: int) -> tuple[Lie, Reading] | None:
    """One lie in what was drawn of a document, on a page of the office in both languages; None: none can be told."""
    chance = random.Random(f"shown {seed}")
    kind = sorted(SHOWN)[seed % len(SHOWN)]
    forms = sorted({key.partition(":")[0] for key in reading.shown})
    for form in chance.sample(forms, len(forms)):
        keys = sorted(key for key in reading.shown if key.startswith(f"{form}:"))
        for key in chance.sample(keys, len(keys)):
            name, _, lang = key.rpartition(":")
            lines = reading.shown[key].split("\n")
            told = ((n, SHOWN[kind](line, seed, lang)) for n, line in enumerate(lines))
            found = [(n, new) for n, new in told if new not in (lines[n], None)]
            if not found:
                continue
            n, new = chance.choice(found)
            shown = {**reading.shown, key: _put(lines, n, new)}
            beside = f"{name}:{'zh' if lang == 'en' else 'en'}"
            other = reading.shown[beside].split("\n")
            if form == "office" and len(other) == len(lines):
                shown[beside] = _put(other, n, "" if not new else SHOWN[kind](other[n], seed, beside[-2:]) or other[n])
            return Lie(f"{kind}, as shown", key, lines[n][:300], new[:300]), replace(reading, shown=shown)
    return None


def _put(lines: list[str], n: int, new: str) -> str:
    return "\n".join([*lines[:n], *([new] if new else []), *lines[n + 1 :]])


def _figure_changed(line: str, seed: int, _: str) -> str | None:
    """The first figure of a line that is no year or day is another."""
    found = next(
        (f for f in _FIGURE.finditer(line) if len(f[0]) > 1 and not re.fullmatch(r"(?:19|20)\d\d", f[0])), None
    )
    if found is None:
        return None
    decimals = len(found[0].partition(".")[2])
    other = float(found[0].replace(",", "")) * (0.5, 1.2, 10.0)[seed % 3] + 10**-decimals
    return f"{line[: found.start()]}{other:,.{decimals}f}{line[found.end() :]}"


def _figures_swapped(line: str, _: int, __: str) -> str | None:
    """Two figures of a line change places."""
    found = list(_FIGURE.finditer(line))
    if len(found) < 2 or found[0][0] == found[1][0]:
        return None
    a, b = found[:2]
    return line[: a.start()] + b[0] + line[a.end() : b.start()] + a[0] + line[b.end() :]


def _left_out(line: str, _: int, lang: str) -> str | None:
    """A line is not there."""
    return "" if len(line) >= LEAST[lang] else None


def _turned(line: str, _: int, lang: str) -> str | None:
    """A line says the contrary."""
    turn = next((turn for turn in TURNS[lang] if turn[0] in line), None)
    return line.replace(*turn, 1) if turn is not None and len(line) >= LEAST[lang] else None


SHOWN: dict[str, Callable[[str, int, str], str | None]] = {
    "changed figure": _figure_changed,
    "swapped figures": _figures_swapped,
    "line left out": _left_out,
    "line turned round": _turned,
}
"""Kinds of lie in what was drawn: into what a line could be changed; None: it cannot."""
