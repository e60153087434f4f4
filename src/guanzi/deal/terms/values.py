"""Values of a term sheet that may be unknown, with or without a bracket, and conditions."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from guanzi.base.core import Duration, InvalidInput, Message, Place, Problem, parse_number
from guanzi.deal.terms.cursor import Cursor
from guanzi.deal.terms.data import Condition, Unknown, Value
from guanzi.deal.terms.parser import parse_condition
from guanzi.deal.terms.positions import locator
from guanzi.deal.terms.scope import Scope

UNKNOWN = "unknown"
MAX_YEARS = 50


def as_written(cursor: Cursor) -> str | float:
    """A number the way its reader knows it: 9% stays 9%."""
    value = cursor.value
    return value if isinstance(value, int | float) else cursor.text()


def is_unknown(cursor: Cursor) -> bool:
    """Whether the text says that the value exists and was not seen."""
    value = cursor.value
    return value == UNKNOWN or (isinstance(value, dict) and set(value) == {UNKNOWN})


def read_unknown(cursor: Cursor, read: Callable[[Cursor], float | None]) -> Unknown:
    """``unknown``, or ``{unknown: {low: …, high: …, note: …}}``."""
    bracket = cursor.at(UNKNOWN)
    if bracket.value is None:
        return Unknown(cursor.place)
    if isinstance(bracket.value, str):
        return Unknown(cursor.place, note=bracket.text())
    bracket.check((), ("low", "high", "note"))
    low, high = read(bracket.at("low")), read(bracket.at("high"))
    if bracket.has("low") != bracket.has("high"):
        bracket.report(Message.of("terms.sheet.half_bracket"), Message.of("terms.mend.bracket"))
    if low is not None and high is not None and low > high:
        ends = {end: as_written(bracket.at(end)) for end in ("low", "high")}
        bracket.report(Message.of("terms.sheet.bracket_reversed", **ends), Message.of("terms.mend.bracket"))
    return Unknown(cursor.place, low, high, bracket.at("note").words())


def read_value(cursor: Cursor, read: Callable[[Cursor], float | None]) -> Value | None:
    """A number read by ``read``, or an unknown one; None when absent or wrong."""
    if cursor.value is None:
        return None
    return read_unknown(cursor, read) if is_unknown(cursor) else read(cursor)


def read_or_unseen(cursor: Cursor, read: Callable[[Cursor], float | None], place: Place) -> Value:
    """A value that was not seen where it is not stated; a wrong one has been reported, and is not missed again."""
    if cursor.value is None:
        return Unknown(place)
    value = read_value(cursor, read)
    return 0.0 if value is None else value


def amount(cursor: Cursor) -> float | None:
    """An amount in the unit of the sheet; never negative."""
    number = cursor.number()
    if number is not None and number < 0:
        cause = Message.of("terms.sheet.negative_amount", field=cursor.name, value=as_written(cursor))
        cursor.report(cause, Message.of("terms.mend.amount"))
        return None
    return number


def fraction(cursor: Cursor) -> float | None:
    """A share or probability between 0 and 100 %."""
    number = cursor.ratio()
    if number is not None and not 0 <= number <= 1:
        cause = Message.of("terms.sheet.not_fraction", field=cursor.name, text=str(cursor.value))
        likely = 1 < number <= 100 and "%" not in str(cursor.value)
        fix = Message.of("terms.mend.write", text=f"{cursor.value}%") if likely else Message.of("terms.mend.fraction")
        cursor.report(cause, fix)
        return None
    return number


def rate(cursor: Cursor) -> float | None:
    """A yearly rate of return between 0 and 100 %."""
    return fraction(cursor)


def span(cursor: Cursor) -> float | None:
    """A span in years: ``5``, ``5 years`` or ``18 months``; more than none, and no longer than a deal can last."""
    value = cursor.value
    if value is None:
        return None
    try:
        years = parse_number(value) if isinstance(value, int | float) else _years_of_text(str(value))
    except InvalidInput:
        years = 0.0
    if isinstance(value, bool) or not 0 < years <= MAX_YEARS:
        cause = Message.of("terms.sheet.bad_span", field=cursor.name, text=str(value))
        cursor.report(cause, Message.of("terms.mend.span", most=MAX_YEARS))
        return None
    return years


def _years_of_text(text: str) -> float:
    try:
        return parse_number(text)
    except InvalidInput:
        return Duration.parse(text).years


def day_from_signing(cursor: Cursor, id: str, signed: date) -> date | None:
    """A day on or after the signing; None when absent or wrong."""
    day = cursor.day()
    if day and day < signed:
        names = {"field": cursor.name, "id": id, "day": day.isoformat(), "signed": signed.isoformat()}
        cursor.report(Message.of("terms.sheet.before_signing", **names), Message.of("terms.mend.after_signing"))
        return None
    return day


def period_from_signing(cursor: Cursor, id: str, signed: date) -> tuple[date | None, date | None]:
    """The days ``due`` and ``expires`` of a clause, each on or after the signing; None where absent or wrong."""
    due, expires = (day_from_signing(cursor.at(field), id, signed) for field in ("due", "expires"))
    check_period(cursor, id, due, expires)
    return due, expires


def check_period(cursor: Cursor, id: str, due: date | None, expires: date | None) -> None:
    """Report a clause that lapses before it is due."""
    if due and expires and expires < due:
        cause = Message.of("terms.sheet.expires_before_due", id=id, expires=expires.isoformat(), due=due.isoformat())
        cursor.at("expires").report(cause, Message.of("terms.mend.expires"))


def day_or_signing(cursor: Cursor, id: str, signed: date) -> tuple[date, bool]:
    """A day on or after the signing, and whether it is the day of signing because none is stated."""
    if cursor.value is None or is_unknown(cursor):
        return signed, True
    return day_from_signing(cursor, id, signed) or signed, False


def read_trigger(cursor: Cursor, scope: Scope) -> Condition | None:
    """The condition that opens a right; one that was not seen cannot be simulated."""
    if is_unknown(cursor):
        cursor.report(Message.of("terms.sheet.trigger_unknown"), Message.of("terms.mend.unknown_clause"))
        return None
    return read_condition(cursor, scope)


def read_condition(cursor: Cursor, scope: Scope) -> Condition | None:
    """A condition with its tree; None when absent or wrong."""
    if cursor.value is None:
        return None
    if not isinstance(cursor.value, str):
        cause = Message.of("terms.sheet.not_condition", field=cursor.name, text=str(cursor.value))
        cursor.report(cause, Message.of("terms.mend.condition"))
        return None
    text = cursor.value
    parsed = parse_condition(text, scope, locator(cursor.document, cursor.path, text))
    cursor.problems.extend(_with_line(cursor, problem) for problem in parsed.problems)
    if parsed.tree is None:
        return None
    return Condition(" ".join(text.split()), parsed.tree, cursor.place)


def _with_line(cursor: Cursor, problem: Problem) -> Problem:
    lines = cursor.document.source.lines
    line = lines[problem.place.line - 1] if 1 <= problem.place.line <= len(lines) else ""
    return replace(problem, line=line)


def is_stated(value: Value) -> bool:
    """Whether the simulation knows what to use: a number, a bracket or an assumption."""
    return not isinstance(value, Unknown) or value.assumed is not None or value.low is not None


def fill_remainder(parts: Mapping[str, Value], total: float) -> dict[str, Value]:
    """Unknown parts of a known total get the value with which the parts add up.

    What is left of the total is divided by the middles of the stated brackets, or equally where there are none.
    """
    left = max(total - sum(part for part in parts.values() if not isinstance(part, Unknown)), 0.0)
    unknown = {name: part for name, part in parts.items() if isinstance(part, Unknown)}
    middles = {name: _middle(part) for name, part in unknown.items()}
    weights = {name: middle for name, middle in middles.items() if middle is not None}
    if len(weights) < len(unknown) or not sum(weights.values()):
        weights = dict.fromkeys(unknown, 1.0)
    filled = dict(parts)
    for name, part in unknown.items():
        assumed = left * weights[name] / sum(weights.values())
        bracket = (0.0, left) if part.low is None or part.high is None else (part.low, part.high)
        filled[name] = replace(part, low=bracket[0], high=bracket[1], assumed=assumed)
    return filled


def divide_bracket(parts: Mapping[str, Value], total: Unknown) -> dict[str, Value]:
    """Unknown parts of a bracketed total get equal parts of what the known ones leave of the bracket."""
    unseen = [name for name, part in parts.items() if isinstance(part, Unknown) and part.low is None]
    if total.low is None or total.high is None or not unseen:
        return dict(parts)
    known = sum(part for part in parts.values() if not isinstance(part, Unknown))
    low, high = (max(end - known, 0.0) / len(unseen) for end in (total.low, total.high))
    return {name: Unknown(total.place, low, high, total.note) if name in unseen else parts[name] for name in parts}


def scale_value(value: Value, factor: float) -> Value:
    """A value times a known factor, bracket included."""
    if not isinstance(value, Unknown):
        return value * factor
    low, high, assumed = (None if x is None else x * factor for x in (value.low, value.high, value.assumed))
    return replace(value, low=low, high=high, assumed=assumed)


def _middle(part: Unknown) -> float | None:
    return None if part.low is None or part.high is None else (part.low + part.high) / 2
