"""What can be bargained over in a term sheet: numbers, days and words, each with its address and place in the text.

Addresses are the keys of the text: ``stake.i1.amount``, ``put.price.rate``, ``covenant.headquarters.from``. A number in
a condition goes by the number itself: ``put.when:60``; the second of two equal ones is ``put.when:60#2``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal

from guanzi.advice.structuring.termpaths import RATIOS
from guanzi.base.core import parse_number, parse_ratio
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.deal.terms import locator

SECTIONS = {
    "instruments": "",
    "covenants": "covenant.",
    "tiers": "tier.",
    "incentives": "incentive.",
    "promises": "promise.",
}
"""Parts of a sheet in which something is agreed, to what stands before the addresses of its clauses."""
CONDITIONS = frozenset({"when", "if", "require", "until", "sale"})
AMOUNTS = frozenset({"amount", "limit", "cost", "strike", "qualified", "penalty"})
"""Keys of amounts of money; under them may stand one amount for each payer."""
CHOSEN = frozenset({"basis", "rank", "repayment", "at_maturity", "anti_dilution", "seniority", "participating"})
"""Keys of terms that are words; what they may be is the language's affair."""
NOT_AGREED = frozenset(
    {"probability", "broken", "enforced", "leaving_costs", "unknown", "worth", "resale", "assets", "hectares", "value"}
)
"""Keys of what is not agreed but expected or appraised; to change it would be to wish."""
WORDS = frozenset({"id", "name", "note", "source", "text", "proof", "what", "assumed"})
"""Keys of what a clause is called and said about it, in whatever language."""
_NUMBER = re.compile(r"[-+]?(?:\d[\d_]*(?:\.\d*)?|\.\d+)(?:[eE][-+]?\d+)?(?: ?%)?")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_IN_CONDITION = re.compile(rf"(?P<day>{_DAY.pattern})|(?<![\w.'-])(?P<number>\d[\d_]*(?:\.\d+)?%?)(?![\w'])")

type Worth = float | date | str
type FigureKind = Literal["amount", "ratio", "number", "day", "words"]
type Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class TextPassage:
    """A passage of the text: from the first character to before the last, lines and columns counted from 0."""

    start: tuple[int, int]
    end: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class SheetFigure:
    """A number, day or word of a sheet that the parties can agree otherwise.

    Attributes:
        address: How it is called.
        kind: What kind of value it is.
        value: As it stands; of several parts, such as what each payer pays, their sum.
        parts: Where it stands. A total and what it is divided into change in proportion.
        total: Whether the first part is the whole, of which the others are parts.
        condition: Whether it stands in a condition.
    """

    address: str
    kind: FigureKind
    value: Worth
    parts: tuple[TextPassage, ...]
    total: bool = False
    condition: bool = False


def figures(document: YamlDocument) -> Mapping[str, SheetFigure]:
    """Address to figure, in the order of the text; of what was drawn before the signing nothing is left to agree."""
    found: dict[str, SheetFigure] = {}
    signed = document.data.get("signed")
    for section, stem in SECTIONS.items():
        for key, value in _children(document.data.get(section)):
            drawn = value.get("drawn") if isinstance(value, dict) else None
            if isinstance(drawn, date) and isinstance(signed, date) and drawn < signed:
                continue
            name = value.get("id", key) if isinstance(value, dict) else key
            for figure in _walk(document, (section, key), value, f"{stem}{name}"):
                found.setdefault(figure.address, figure)
    return found


def _children(value: Any) -> Iterator[tuple[str | int, Any]]:
    if isinstance(value, dict):
        yield from value.items()
    elif isinstance(value, list):
        yield from enumerate(value)


def _walk(document: YamlDocument, path: Path, value: Any, address: str) -> Iterator[SheetFigure]:
    key = str(path[-1])
    if key in NOT_AGREED or key in WORDS:
        return
    if key in CONDITIONS and isinstance(value, str):
        yield from _of_condition(document, path, value, address)
    elif isinstance(value, dict | list):
        yield from _group(document, path, value, address)
        for name, item in _children(value):
            step = item.get("id", name) if isinstance(item, dict) else name
            step = step + 1 if isinstance(step, int) else step
            yield from _walk(document, (*path, name), item, address if name == "tranches" else f"{address}.{step}")
    else:
        figure = _scalar(document, path, value, address)
        if figure is not None:
            yield figure


def _scalar(document: YamlDocument, path: Path, value: Any, address: str) -> SheetFigure | None:
    """A number, a day or a chosen word; None for anything else, such as names and notes."""
    place, key = document.place(path), str(path[-1])
    if isinstance(value, date):
        return SheetFigure(address, "day", value, (_part(document, place.line, place.column, str(value)),))
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    line = document.source.lines[place.line - 1]
    column = place.column + (line[place.column - 1 : place.column] in ("'", '"'))
    if key in CHOSEN and isinstance(value, str):
        return SheetFigure(address, "words", value, (_part(document, place.line, column, value),))
    match = _NUMBER.match(line, column - 1)
    if match is None or line[match.end() : match.end() + 1].isalnum():
        return None
    number = match.group()
    money = any(step in AMOUNTS or step == "cash" for step in path if isinstance(step, str))
    part_of = key in RATIOS and not money and 0.0 <= _value(number) <= 1.0
    kind: FigureKind = "ratio" if number.endswith("%") or part_of else "amount" if money else "number"
    return SheetFigure(address, kind, _value(number), (_part(document, place.line, column, number),))


def _group(document: YamlDocument, path: Path, value: Any, address: str) -> Iterator[SheetFigure]:
    """What is divided among parties: amounts that several pay, and a share that several hold, change in proportion."""
    if not isinstance(value, dict):
        return
    if str(path[-1]) in AMOUNTS:
        parts = _known_parts(document, path, value)
        total = sum(_value(p.text) for p in parts)
        if parts and total > 0.0:
            yield SheetFigure(address, "amount", total, parts)
    elif isinstance(value.get("holders"), dict) and "share" in value:
        whole = _scalar(document, (*path, "share"), value["share"], f"{address}.share")
        if whole is not None and isinstance(whole.value, float) and whole.value > 0.0:
            parts = (*whole.parts, *_known_parts(document, (*path, "holders"), value["holders"]))
            yield SheetFigure(whole.address, whole.kind, whole.value, parts, total=True)


def _known_parts(document: YamlDocument, path: Path, value: Mapping[str, Any]) -> tuple[TextPassage, ...]:
    scalars = (_scalar(document, (*path, name), item, "") for name, item in value.items())
    return tuple(x.parts[0] for x in scalars if x is not None and isinstance(x.value, float))


def _of_condition(document: YamlDocument, path: Path, text: str, address: str) -> Iterator[SheetFigure]:
    """The whole condition, and each number and day in it."""
    locate = locator(document, path, text)
    stripped = text.rstrip()
    first, last = locate(0), locate(len(stripped) - 1)
    whole = TextPassage((first.line - 1, first.column - 1), (last.line - 1, last.column), stripped)
    yield SheetFigure(address, "words", " ".join(text.split()), (whole,), condition=True)
    counted: dict[str, int] = {}
    for match in _IN_CONDITION.finditer(text):
        written = match.group()
        counted[written] = counted.get(written, 0) + 1
        name = f"{address}:{written}" + (f"#{counted[written]}" if counted[written] > 1 else "")
        place = locate(match.start())
        part = _part(document, place.line, place.column, written)
        if match["day"]:
            yield SheetFigure(name, "day", date.fromisoformat(written), (part,), condition=True)
        else:
            yield SheetFigure(name, "ratio" if "%" in written else "number", _value(written), (part,), condition=True)


def _part(document: YamlDocument, line: int, column: int, text: str) -> TextPassage:
    return TextPassage((line - 1, column - 1), (line - 1, column - 1 + len(text)), text)


def _value(text: str) -> float:
    return parse_ratio(text) if text.endswith("%") else parse_number(text)


def written(figure: SheetFigure, value: Worth) -> tuple[tuple[TextPassage, str], ...]:
    """What stands in the text for another value: one passage, or all of them in proportion."""
    if isinstance(value, float) and isinstance(figure.value, float):
        if len(figure.parts) == 1:
            return ((figure.parts[0], as_written(value, figure.parts[0].text)),)
        factor = value / figure.value
        whole = ((figure.parts[0], as_written(value, figure.parts[0].text)),) if figure.total else ()
        rest = figure.parts[1:] if figure.total else figure.parts
        return (*whole, *((p, as_written(_value(p.text) * factor, p.text)) for p in rest))
    return ((figure.parts[0], value.isoformat() if isinstance(value, date) else str(value)),)


def as_written(value: float, like: str = "") -> str:
    """A number the way its neighbour is written: with a per cent sign, with grouped thousands.

    >>> as_written(0.0925, "8.5%"), as_written(25000.0, "20_000"), as_written(2800.0, "3500")
    ('9.25%', '25_000', '2800')
    """
    shown = float(f"{value * 100 if '%' in like else value:.10g}")
    grouping = "_" if "_" in like else ""
    whole = f"{shown:{grouping}.0f}" if shown.is_integer() else f"{shown:{grouping}.10f}".rstrip("0")
    return whole + ("%" if "%" in like else "")


def redrafted(document: YamlDocument, changes: Sequence[tuple[TextPassage, str]]) -> YamlDocument:
    """The sheet with passages replaced; comments and everything else stay as they are.

    Raises:
        InvalidInput: What comes out is no YAML.
    """
    lines = list(document.source.lines)
    for part, text in sorted(changes, key=lambda change: change[0].start, reverse=True):
        (row, column), (last, end) = part.start, part.end
        lines[row : last + 1] = [lines[row][:column] + text + lines[last][end:]]
    written = TextFile(document.source.name, "\n".join(lines) + "\n", tuple(lines))
    return replace(parse_yaml(written), product=document.product)
