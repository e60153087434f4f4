"""Free terms: which figures of a draft may change in a search, and between what.

The values of a term lie on a grid of round numbers, as negotiators write them; the draft's own value is always among
them. Without a word of the user the terms of :func:`usual_terms` are free.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from fnmatch import fnmatchcase
from math import ceil, floor, log10

from guanzi.advice.structuring.figures import SheetFigure, Worth
from guanzi.base.core import InvalidInput, Message, Place, Problem, meant, parse_number, parse_ratio

GRID = 40
"""Into about how many steps a range is divided."""
NICE = (1.0, 2.0, 2.5, 5.0, 10.0)
ROUND = 1e-9
SPREAD = (0.5, 1.5)
"""A usual term may be this part of the draft's value, and this multiple of it."""
POINTS = 0.04
"""A yearly rate may usually be this much lower or higher."""
USUAL = frozenset(
    {
        "amount",
        "share",
        "shares",
        "rate",
        "portion",
        "discount",
        "buy_back",
        "recover",
        "limit",
        "cap",
        "multiple",
        "rent",
    }
)
"""Keys of the terms that are free unless the user names others."""
USUAL_TRIGGERS = frozenset({"when"})
"""Conditions whose numbers are free as well: those that open a right."""
OWN_TERMS = ("contribution", "holders", "split")
"""What the other side brings, and who on the public side holds and pays what, is not usually reopened."""
OPTION = Place("--free")


@dataclass(frozen=True, slots=True)
class FreeTerm:
    """A figure that may change.

    Attributes:
        figure: Which.
        options: Values it can take, in rising order for numbers and days.
        draft: Place of the draft's own value among them.
    """

    figure: SheetFigure
    options: tuple[Worth, ...]
    draft: int


def free_terms(known: Mapping[str, SheetFigure], wanted: Sequence[str], option: Place = OPTION) -> tuple[FreeTerm, ...]:
    """The free terms that the user asks for; the usual ones when there are no wishes.

    Args:
        known: Figures of the sheet by address.
        wanted: ``ADDRESS=LOW..HIGH``, ``ADDRESS=LOW..HIGH/STEP``, ``ADDRESS=A|B|C`` or ``ADDRESS``; an address may hold
            ``*`` for any passage.
        option: Where the wishes were written, for what is refused.

    Raises:
        InvalidInput: There is no such address, or a range is not one.
    """
    if not wanted:
        return usual_terms(known)
    problems: list[Problem] = []
    terms: dict[str, FreeTerm] = {}
    for wish in wanted:
        address, _, text = (part.strip() for part in wish.partition("="))
        matching = [f for f in known.values() if f.address == address or ("*" in address and _fits(f, address, text))]
        if not matching:
            fix = meant(address, known, Message.of("structuring.free.list"))
            problems.append(Problem(Message.of("structuring.free.no_such", address=address), option, fix, excerpt=wish))
        for figure in matching:
            try:
                terms[figure.address] = _term(figure, text)
            except InvalidInput as error:
                problems += [Problem(p.cause, option, p.fix, excerpt=wish) for p in error.problems]
    if problems:
        raise InvalidInput(problems)
    return tuple(terms.values())


def _fits(figure: SheetFigure, pattern: str, text: str) -> bool:
    return fnmatchcase(figure.address, pattern) and (figure.kind != "words" or "|" in text)


def usual_terms(known: Mapping[str, SheetFigure]) -> tuple[FreeTerm, ...]:
    """Terms that are free by default: sums, shares and rates of instruments and incentives, and triggers of rights."""
    return tuple(_term(f, "") for f in known.values() if _is_usual(f))


def _is_usual(figure: SheetFigure) -> bool:
    path = figure.address.partition(":")[0].split(".")
    if figure.kind in ("day", "words") or any(step in OWN_TERMS for step in path) or not figure.value:
        return False
    if path[0] in ("covenant", "tier", "promise"):
        return False
    if figure.condition:
        return path[-1] in USUAL_TRIGGERS and float(str(figure.value)) > 10.0  # counts of years are structure
    return path[-1] in USUAL


def _term(figure: SheetFigure, text: str) -> FreeTerm:
    options = _listed(figure, text) if "|" in text else _range(figure, text)
    own = figure.value
    if own not in options:
        options = (own, *options) if figure.kind == "words" else tuple(sorted((own, *options)))
    if len(options) < 2:
        raise _refused("structuring.free.one_value", figure, "structuring.free.range")
    return FreeTerm(figure, options, options.index(own))


def _listed(figure: SheetFigure, text: str) -> tuple[Worth, ...]:
    found = tuple(dict.fromkeys(_worth(figure, part.strip()) for part in text.split("|") if part.strip()))
    return found if figure.kind == "words" else tuple(sorted(found))


def _range(figure: SheetFigure, text: str) -> tuple[Worth, ...]:
    if figure.kind == "words":
        raise _refused("structuring.free.words", figure, "structuring.free.words.mend")
    span, _, step = text.partition("/")
    low, dots, high = span.partition("..")
    if text and (not dots or not low.strip() or not high.strip()):
        raise _refused("structuring.free.no_range", figure, "structuring.free.range")
    if figure.kind == "day":
        if not text:
            raise _refused("structuring.free.no_range", figure, "structuring.free.range")
        return _days(figure, low, high)
    ends = (_number(figure, low), _number(figure, high)) if text else _usual_range(figure)
    if ends[0] > ends[1]:
        raise _refused("structuring.free.reversed", figure, "structuring.free.range")
    return _grid(figure, *ends, _number(figure, step) if step else None)


def _usual_range(figure: SheetFigure) -> tuple[float, float]:
    value = figure.value
    assert isinstance(value, float)
    if figure.address.endswith(".rate"):
        return max(value - POINTS, 0.0), value + POINTS
    low, high = SPREAD[0] * value, SPREAD[1] * value
    return (low, min(high, 1.0)) if figure.kind == "ratio" else (low, high)


def _grid(figure: SheetFigure, low: float, high: float, step: float | None) -> tuple[Worth, ...]:
    """Multiples of a round step between two ends, and the ends."""
    least = 1.0 if figure.condition and figure.kind == "number" and float(str(figure.value)).is_integer() else 0.0
    if step is None:
        raw = max((high - low) / GRID, least)
        if raw <= 0.0:
            return (low,)
        power = 10.0 ** floor(log10(raw))
        step = next(n * power for n in NICE if n * power >= raw * (1.0 - ROUND))
        if least and step < 10.0:
            step = float(ceil(step))
    if step <= 0.0 or (high - low) / step > 100_000:
        raise _refused("structuring.free.bad_step", figure, "structuring.free.range")
    first, last = ceil(low / step - ROUND), floor(high / step + ROUND)
    inner = [float(f"{n * step:.10g}") for n in range(first, last + 1)]
    return tuple(dict.fromkeys((low, *(x for x in inner if low < x < high), high)))


def _days(figure: SheetFigure, low: str, high: str) -> tuple[Worth, ...]:
    """The last days of the quarters between two days, and the two."""
    first, last = _day(figure, low), _day(figure, high)
    if first > last:
        raise _refused("structuring.free.reversed", figure, "structuring.free.range")
    ends = []
    for year in range(first.year, last.year + 1):
        ends += [date(year, month, 1) - timedelta(days=1) for month in (4, 7, 10)] + [date(year, 12, 31)]
    return tuple(dict.fromkeys((first, *(day for day in ends if first < day < last), last)))


def _worth(figure: SheetFigure, text: str) -> Worth:
    if figure.kind == "words":
        return text
    return _day(figure, text) if figure.kind == "day" else _number(figure, text)


def _day(figure: SheetFigure, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise _refused("structuring.free.no_day", figure, "structuring.free.range") from None


def _number(figure: SheetFigure, text: str) -> float:
    """A number of a range; of amounts and counts, a percentage is of the draft's value."""
    text, percent = text.strip(), text.strip().endswith("%")
    number = parse_ratio(text) if percent or figure.kind == "ratio" else parse_number(text)
    if figure.kind == "ratio" and not 0.0 <= number <= 1.0:
        raise _refused("structuring.free.no_ratio", figure, "structuring.free.percent")
    if number < 0.0:
        raise _refused("structuring.free.negative", figure, "structuring.free.range")
    if percent and figure.kind != "ratio" and isinstance(figure.value, float):
        return float(f"{number * figure.value:.10g}")
    return number


def _refused(cause: str, figure: SheetFigure, fix: str) -> InvalidInput:
    return InvalidInput(Problem(Message.of(cause, address=figure.address), OPTION, Message.of(fix)))
