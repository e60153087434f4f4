"""Choosing rows of a panel by a small closed language: comparisons, ``and``, ``or``, ``not``, parentheses.

Nothing is evaluated by Python: the text is read token by token, and what is not of this grammar is refused::

    or   := and ("or" and)*
    and  := not ("and" not)*
    not  := "not" not | "(" or ")" | test
    test := column ("<" | "<=" | ">" | ">=" | "=" | "==" | "!=") value
          | column ["not"] "in" "(" value ("," value)* ")"
          | column "is" ["not"] "missing"
    value := number | "text" | 'text'
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest
from guanzi.intake.panel.table import Flags, Panel

_TOKEN = re.compile(
    r"""\s*(?:(?P<number>[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?)
    |(?P<text>"[^"]*"|'[^']*')
    |(?P<mark><=|>=|==|!=|<|>|=|\(|\)|,)
    |(?P<word>[^\W\d][\w.%/-]*)
    |`(?P<quoted>[^`]+)`)""",
    re.VERBOSE,
)
_WORDS = frozenset({"and", "or", "not", "in", "is", "missing"})
_COMPARE: dict[str, Callable[[Any, Any], Any]] = {
    "<": lambda a, b: a < b,
    "<=": lambda a, b: a <= b,
    ">": lambda a, b: a > b,
    ">=": lambda a, b: a >= b,
    "=": lambda a, b: a == b,
    "==": lambda a, b: a == b,
    "!=": lambda a, b: a != b,
}
_DEEPEST = 50


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    column: int


@dataclass(frozen=True, slots=True)
class Where:
    """A condition on rows, ready to be asked of a panel.

    Attributes:
        text: As it was written.
        columns: The columns it looks at, in the order of their first mention.
        test: From panel to a mask over its rows.
    """

    text: str
    columns: tuple[str, ...]
    test: Callable[[Panel], Flags]

    def rows(self, panel: Panel) -> Panel:
        """The rows for which the condition holds; a missing value fulfils no comparison.

        Raises:
            InvalidInput: The panel lacks a column, or a text is compared with a number.
        """
        return panel.take(self.test(panel))


def parse_where(text: str, option: str = "--where") -> Where:
    """Read a condition on rows.

    Args:
        text: E.g. ``year <= 2016 and total_assets > 1``.
        option: Where it was given, for problems.

    Raises:
        InvalidInput: It is not of the grammar; the place is the column at which reading stopped.

    >>> parse_where("year <= 2016").columns
    ('year',)
    """
    return _Reader(text, option).whole()


class _Reader:
    def __init__(self, text: str, option: str) -> None:
        self.text, self.option = text, option
        self.tokens = self._tokens()
        self.at = 0
        self.depth = 0
        self.columns: dict[str, None] = {}

    def whole(self) -> Where:
        test = self._or()
        if self._peek().kind != "end":
            raise self._unexpected("evidence.where.joined")
        return Where(self.text, tuple(self.columns), test)

    def _tokens(self) -> list[_Token]:
        found, position = [], 0
        while self.text[position:].strip():
            match = _TOKEN.match(self.text, position)
            if match is None:
                start = position + len(self.text[position:]) - len(self.text[position:].lstrip())
                raise self._problem("evidence.where.character", self.text[start], start + 1)
            kind = match.lastgroup or ""
            word = match.group(kind)
            start = match.start(kind) + 1
            if kind == "word" and word.lower() in _WORDS:
                kind, word = "mark", word.lower()
            found.append(_Token("word" if kind == "quoted" else kind, word, start))
            position = match.end()
        return [*found, _Token("end", "", len(self.text) + 1)]

    def _peek(self) -> _Token:
        return self.tokens[self.at]

    def _next(self) -> _Token:
        token = self.tokens[self.at]
        self.at += token.kind != "end"
        return token

    def _eat(self, mark: str) -> bool:
        token = self._peek()
        if token.kind == "mark" and token.text == mark:
            self.at += 1
            return True
        return False

    def _need(self, mark: str) -> None:
        if not self._eat(mark):
            raise self._unexpected("evidence.where.needs_mark", mark=mark)

    def _or(self) -> Callable[[Panel], Flags]:
        parts = [self._and()]
        while self._eat("or"):
            parts.append(self._and())
        return parts[0] if len(parts) == 1 else lambda panel: np.logical_or.reduce([part(panel) for part in parts])

    def _and(self) -> Callable[[Panel], Flags]:
        parts = [self._not()]
        while self._eat("and"):
            parts.append(self._not())
        return parts[0] if len(parts) == 1 else lambda panel: np.logical_and.reduce([part(panel) for part in parts])

    def _not(self) -> Callable[[Panel], Flags]:
        self.depth += 1
        if self.depth > _DEEPEST:
            raise self._unexpected("evidence.where.too_deep")
        try:
            if self._eat("not"):
                inner = self._not()
                return lambda panel: ~inner(panel)
            if self._eat("("):
                inner = self._or()
                self._need(")")
                return inner
            return self._test()
        finally:
            self.depth -= 1

    def _test(self) -> Callable[[Panel], Flags]:
        token = self._next()
        if token.kind != "word":
            self.at -= token.kind != "end"
            raise self._unexpected("evidence.where.needs_column")
        self.columns[token.text] = None
        if self._eat("is"):
            other = self._eat("not")
            self._need("missing")
            return lambda panel: self._missing(panel, token) ^ other
        other = self._eat("not")
        if other or (self._peek().kind == "mark" and self._peek().text == "in"):
            self._need("in")
            values = self._values()
            return lambda panel: np.logical_or.reduce([self._compare(panel, token, "=", v) for v in values]) ^ other
        mark = self._next()
        if mark.kind != "mark" or mark.text not in _COMPARE:
            self.at -= mark.kind != "end"
            raise self._unexpected("evidence.where.needs_comparison", column=token.text)
        value = self._value()
        return lambda panel: self._compare(panel, token, mark.text, value)

    def _values(self) -> list[_Token]:
        self._need("(")
        values = [self._value()]
        while self._eat(","):
            values.append(self._value())
        self._need(")")
        return values

    def _value(self) -> _Token:
        token = self._next()
        if token.kind not in {"number", "text"}:
            self.at -= token.kind != "end"
            raise self._unexpected("evidence.where.needs_value")
        return token

    def _column(self, panel: Panel, token: _Token) -> None:
        if token.text not in panel.columns:
            near = nearest(token.text, panel.columns)
            fix = Message.of("evidence.where.no_column.near", near=near) if near else None
            cause = Message.of("evidence.where.no_column", column=token.text, file=panel.name)
            raise InvalidInput(self._place(cause, token.text, token.column, fix))

    def _missing(self, panel: Panel, token: _Token) -> Flags:
        self._column(panel, token)
        if token.text in panel.numbers:
            return np.isnan(panel.numbers[token.text])
        return np.array([value is None for value in panel.texts[token.text]], dtype=bool)

    def _compare(self, panel: Panel, token: _Token, mark: str, value: _Token) -> Flags:
        self._column(panel, token)
        is_number = token.text in panel.numbers
        if is_number != (value.kind == "number"):
            id = "evidence.where.not_a_number" if is_number else "evidence.where.not_a_text"
            raise self._problem(id, value.text, value.column, column=token.text)
        held = ~self._missing(panel, token)
        out = np.zeros(panel.rows, dtype=bool)
        column: Any = panel.numbers[token.text] if is_number else panel.texts[token.text]
        wanted = float(value.text) if is_number else value.text[1:-1]
        out[held] = _COMPARE[mark](column[held], wanted)
        return out

    def _unexpected(self, id: str, **params: str) -> InvalidInput:
        token = self._peek()
        return self._problem(id, token.text, token.column, **params)

    def _problem(self, id: str, excerpt: str, at: int, /, **params: str) -> InvalidInput:
        return InvalidInput(self._place(Message.of(id, **params), excerpt, at, Message.of("evidence.where.grammar")))

    def _place(self, cause: Message, excerpt: str, column: int, fix: Message | None) -> Problem:
        return Problem(cause, Place(self.option, 1, column), fix, excerpt=excerpt, line=self.text)
