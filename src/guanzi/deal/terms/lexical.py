"""The words of a condition, before its grammar.

Conditions have Python's grammar, but not all of its words, and two of their own: percentages (``40%``) and bare dates.
This pass replaces what Python would read otherwise, keeps account of where everything stood in the text, and objects
to whatever is not part of the language.
"""

from __future__ import annotations

import keyword
import re
from bisect import bisect_right
from dataclasses import dataclass

from guanzi.base.core import LARGEST, Message

_TOKEN = re.compile(
    r"""
      (?P<string>'[^'\n]*'|"[^"\n]*")
    | (?P<date>\d{4}-\d{2}-\d{2}(?![\w-]))
    | (?P<number>(?:\d[\d_]*(?:\.\d[\d_]*)?|\.\d[\d_]*)(?:[eE][+-]?\d+)?)
    | (?P<name>[^\W\d]\w*)
    | (?P<sign>&&|\|\||<>|=>|=<|\*\*|//|<=|>=|==|!=|[≥≤≠<>+\-*/(),=%×÷−（），])
    | (?P<space>\s+)
    | (?P<other>.)
    """,
    re.VERBOSE,
)

_NUMBER = re.compile(r"(?:\d+(?:_\d+)*(?:\.\d+(?:_\d+)*)?|\.\d+(?:_\d+)*)(?:[eE][+-]?\d+)?")

_MEANT = {
    "&&": "and",
    "||": "or",
    "≥": ">=",
    "=>": ">=",
    "≤": "<=",
    "=<": "<=",
    "≠": "!=",
    "<>": "!=",
    "×": "*",
    "÷": "/",
    "−": "-",
    "（": "(",
    "）": ")",
    "，": ",",
    "&": "and",
    "|": "or",
    "!": "not",
    "is": "==",
    "AND": "and",
    "OR": "or",
    "NOT": "not",
}
_FORBIDDEN = {"**", "//"}
_JOINERS = ("and", "or", "not")


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong within a condition, by offsets in its text; ``severity`` as in a Problem."""

    start: int
    end: int
    cause: Message
    fix: Message | None = None
    severity: str = "error"


@dataclass(frozen=True, slots=True)
class Words:
    """A condition made ready for Python's grammar.

    Attributes:
        code: ASCII text; strings are replaced by their index into ``strings``.
        strings: Contents of the strings and dates of the text.
        percents: Offsets in ``code`` of numbers that were written as percentages.
        faults: What is not part of the language.
    """

    code: str
    strings: tuple[str, ...]
    percents: frozenset[int]
    faults: tuple[Fault, ...]
    spans: tuple[tuple[int, int, int, int], ...]

    def origin(self, start: int, end: int | None = None) -> tuple[int, int]:
        """Offsets in the text of a part of ``code``; ``end`` None: the word that begins at ``start``."""
        starts = [span[0] for span in self.spans]
        first = self.spans[max(bisect_right(starts, start) - 1, 0)] if self.spans else (0, 0, 0, 0)
        if end is None:
            return first[2], first[3]
        last = self.spans[max(bisect_right(starts, max(end - 1, 0)) - 1, 0)] if self.spans else first
        return first[2], last[3]


class _Scanner:
    """Collects the words of one condition."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.code: list[str] = []
        self.length = 0
        self.spans: list[tuple[int, int, int, int]] = []
        self.strings: list[str] = []
        self.percents: set[int] = set()
        self.faults: list[Fault] = []

    def emit(self, code: str, start: int, end: int) -> None:
        self.spans.append((self.length, self.length + len(code), start, end))
        self.code.append(code)
        self.length += len(code)

    def object(self, start: int, end: int, cause: str, fix: Message | None = None) -> None:
        text = self.text[start:end]
        self.faults.append(Fault(start, end, Message.of(f"terms.condition.{cause}", text=text), fix))

    def scan(self) -> Words:
        position = 0
        while position < len(self.text):
            match = _TOKEN.match(self.text, position)
            if match is None:  # pragma: no cover - the pattern takes any character
                break
            position = self._take(match)
        self._check_brackets()
        return Words(
            "".join(self.code), tuple(self.strings), frozenset(self.percents), tuple(self.faults), tuple(self.spans)
        )

    def _take(self, match: re.Match[str]) -> int:
        start, end, text = match.start(), match.end(), match.group()
        match match.lastgroup:
            case "space":
                if self.code:
                    self.emit(" ", start, end)
            case "string":
                self._string(text[1:-1], start, end)
            case "date":
                self._string(text, start, end)
            case "number":
                return self._number(text, start, end)
            case "name":
                self._name(text, start, end)
            case "sign":
                self._sign(text, start, end)
            case _:
                self._odd(text, start, end)
        return end

    def _string(self, content: str, start: int, end: int) -> None:
        self.strings.append(content)
        self.emit(f"'{len(self.strings) - 1}'", start, end)

    def _number(self, text: str, start: int, end: int) -> int:
        rest = re.compile(r"\w+").match(self.text, end)
        if rest:
            end = rest.end()
            self.object(start, end, "bad_number", Message.of("terms.mend.number_in_full"))
            self.emit("1", start, end)
            return end
        value = float(text.replace("_", "")) if _NUMBER.fullmatch(text) else float("inf")
        if value > LARGEST:
            self.object(start, end, "bad_number", Message.of("terms.mend.number_in_full"))
            self.emit("1", start, end)
            return end
        sign = re.compile(r"\s*%").match(self.text, end)
        if sign:
            follows = re.compile(r"\s*(\w+|[('\".])").match(self.text, sign.end())
            if follows and follows.group(1) not in ("and", "or"):
                self.object(sign.end() - 1, sign.end(), "modulo", Message.of("terms.mend.percent"))
            self.percents.add(self.length)
            end, value = sign.end(), percent(text)
        self.emit(repr(value), start, end)
        return end

    def _name(self, text: str, start: int, end: int) -> None:
        if text in _JOINERS or (text.isascii() and text != "_" and not keyword.iskeyword(text) and text not in _MEANT):
            self.emit(text, start, end)
        elif text in _MEANT:
            self.object(start, end, "bad_word", Message.of("terms.mend.write", text=_MEANT[text]))
            self.emit(f" {_MEANT[text]} ", start, end)
        elif text in ("True", "False"):
            self.object(start, end, "literal_truth", Message.of("terms.mend.plain_truth"))
            self.emit("_", start, end)
        else:
            self.object(start, end, "bad_word", None if text.isascii() else Message.of("terms.mend.vocabulary"))
            self.emit("_", start, end)

    def _sign(self, text: str, start: int, end: int) -> None:
        if text in _MEANT:
            self.object(start, end, "bad_sign", Message.of("terms.mend.write", text=_MEANT[text]))
            self.emit(f" {_MEANT[text]} ", start, end)
        elif text in _FORBIDDEN or text == "%":
            self.object(start, end, "modulo" if text == "%" else "bad_sign", Message.of("terms.mend.arithmetic"))
            self.emit("*", start, end)
        elif text == "=" and not self._names_option():
            self.object(start, end, "single_equals", Message.of("terms.mend.write", text="=="))
            self.emit("==", start, end)
        else:
            self.emit(text, start, end)

    def _names_option(self) -> bool:
        """Whether the word before names an argument: ``f(x, word=``."""
        before = [code for code in self.code if code != " "][-3:]
        if len(before) < 3 or not before[-1].isidentifier():
            return False
        return before[-2] == "," or (before[-2] == "(" and before[-3].isidentifier() and before[-3] not in _JOINERS)

    def _odd(self, text: str, start: int, end: int) -> None:
        if text in ("'", '"'):
            self.object(start, len(self.text), "open_quote", Message.of("terms.mend.close_quote"))
            self.emit(" ", start, end)
            return
        meant = _MEANT.get(text)
        self.object(start, end, "bad_sign", Message.of("terms.mend.write", text=meant) if meant else None)
        self.emit(f" {meant} " if meant else " ", start, end)

    def _check_brackets(self) -> None:
        opened: list[int] = []
        for (_, _, start, end), code in zip(self.spans, self.code, strict=True):
            if code.strip() == "(":
                opened.append(start)
            elif code.strip() == ")":
                if opened:
                    opened.pop()
                else:
                    self.object(start, end, "bracket_not_opened", Message.of("terms.mend.remove_bracket"))
        for start in opened:
            self.object(start, start + 1, "bracket_not_closed", Message.of("terms.mend.close_bracket"))


def percent(text: str) -> float:
    """The ratio of a percentage, as exact as its decimal digits allow.

    >>> percent("24.1")
    0.241
    """
    mantissa, _, exponent = text.replace("_", "").lower().partition("e")
    return float(f"{mantissa}e{int(exponent or 0) - 2}")


def scan(text: str) -> Words:
    """Split a condition into words, and object to those that are not part of the language."""
    return _Scanner(text).scan()
