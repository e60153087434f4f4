"""Conditions from text to the typed tree.

Python's grammar does the reading (:mod:`ast`, parsing only: nothing is ever evaluated), the vocabulary decides what is
allowed, and types and units are checked on the way. Everything that is wrong with a condition is reported at once.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass

from guanzi.base.core import InvalidInput, Message, Place, Problem, nearest, one_of
from guanzi.deal.terms.calls import read_call
from guanzi.deal.terms.conditions import Arithmetic, Expression, Logic, Negation, Number, Observable, Relation, Type
from guanzi.deal.terms.lexical import Fault, Words, scan
from guanzi.deal.terms.scope import Scope, Typed
from guanzi.deal.terms.typing import Unit
from guanzi.deal.terms.vocabulary import FLOW, MONEY

type Locator = Callable[[int], Place]
"""From an offset in the text of a condition to its place in the file."""

MAX_LENGTH = 4000
MAX_DEPTH = 60
_COMPARE: dict[type[ast.cmpop], str] = {
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}
_ARITHMETIC: dict[type[ast.operator], str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/"}


@dataclass(frozen=True, slots=True)
class Parsed:
    """What came of a text: the tree (None when it has errors), and all problems, warnings included."""

    tree: Expression | None
    problems: tuple[Problem, ...]


def parse_condition(text: str, scope: Scope, locate: Locator | None = None, *, whole: Type = Type.TRUTH) -> Parsed:
    """Read a condition.

    Args:
        text: The condition, e.g. ``year_total(units) >= 20_000 and not listed``.
        scope: What the term sheet defines: events, tiers, tranches, money and length of a step.
        locate: Maps offsets of the text to places in the file; by default line 1 of ``condition``.
        whole: What the whole must yield.
    """
    where = locate or (lambda offset: Place("condition", 1, offset + 1))
    reader = _Reader(text, scope, where)
    tree = reader.read(whole)
    problems = tuple(
        Problem(f.cause, where(f.start), f.fix, f.severity, " ".join(text[f.start : f.end].split()))
        for f in sorted(reader.faults, key=lambda f: (f.start, f.end))
    )
    return Parsed(None if any(p.severity == "error" for p in problems) else tree, problems)


def parse(text: str, scope: Scope | None = None) -> Expression:
    """The tree of a condition.

    Raises:
        InvalidInput: With everything that is wrong.

    >>> parse("units > 5").op
    '>'
    """
    parsed = parse_condition(text, scope or Scope())
    if parsed.tree is None:
        raise InvalidInput([p for p in parsed.problems if p.severity == "error"])
    return parsed.tree


class _Reader:
    """Turns Python's syntax tree into ours, collecting faults."""

    def __init__(self, text: str, scope: Scope, where: Locator) -> None:
        self.text = text
        self.scope = scope
        self.where = where
        self.faults: list[Fault] = []
        self.words = Words("", (), frozenset(), (), ())

    # -- reporting ---------------------------------------------------------------------------------------------

    def span(self, node: ast.expr) -> tuple[int, int]:
        return self.words.origin(node.col_offset, node.end_col_offset or node.col_offset + 1)

    def place(self, node: ast.expr) -> Place:
        return self.where(self.span(node)[0])

    def source(self, node: ast.expr) -> str:
        start, end = self.span(node)
        return " ".join(self.text[start:end].split())

    def report(self, node: ast.expr, cause: Message, fix: Message | None = None, severity: str = "error") -> None:
        self.faults.append(Fault(*self.span(node), cause, fix, severity))

    # -- reading -----------------------------------------------------------------------------------------------

    def read(self, whole: Type) -> Expression | None:
        if not self.text.strip():
            self.faults.append(Fault(0, 0, Message.of("terms.condition.empty"), Message.of("terms.mend.condition")))
            return None
        if len(self.text) > MAX_LENGTH:
            self.faults.append(Fault(0, 40, Message.of("terms.condition.too_long", limit=MAX_LENGTH)))
            return None
        self.words = scan(self.text)
        self.faults.extend(self.words.faults)
        body = self._parse()
        if body is None:
            return None
        if _depth(body) > MAX_DEPTH:
            self.report(body, Message.of("terms.condition.too_deep", limit=MAX_DEPTH))
            return None
        return self.expect(body, whole).tree

    def _parse(self) -> ast.expr | None:
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                return ast.parse(self.words.code, mode="eval").body
        except SyntaxError as error:
            if not self.words.faults:
                start, end = self.words.origin(max((error.offset or 1) - 1, 0))
                text = self.text[start:end].strip() or self.text.strip()[-20:]
                cause = Message.of("terms.condition.syntax", text=text)
                self.faults.append(Fault(start, end, cause, Message.of("terms.mend.syntax")))
        except (RecursionError, MemoryError):
            self.faults.append(Fault(0, 40, Message.of("terms.condition.too_deep", limit=MAX_DEPTH)))
        return None

    def expect(self, node: ast.expr, wanted: Type) -> Typed:
        """Read a part that must be a number, or a truth."""
        part = self.convert(node)
        if part.type is None or part.type is wanted:
            return part
        cause = "number_for_truth" if wanted is Type.TRUTH else "truth_for_number"
        fix = Message.of("terms.mend.compare" if wanted is Type.TRUTH else "terms.mend.number")
        self.report(node, Message.of(f"terms.condition.{cause}", text=self.source(node)), fix)
        return Typed()

    def convert(self, node: ast.expr) -> Typed:
        match node:
            case ast.Constant(value=bool()) | ast.Constant(value=None):  # pragma: no cover - refused by the scanner
                return Typed()
            case ast.Constant(value=float() | int() as value):
                percent = node.col_offset in self.words.percents
                return Typed(Number(float(value), self.place(node)), Type.NUMBER, None, percent=percent)
            case ast.Constant(value=str() as index):
                quoted = self.words.strings[int(index)]
                self.report(node, Message.of("terms.condition.stray_string", text=quoted), _called(quoted, self.scope))
                return Typed()
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.BoolOp(op=op, values=values):
                return self._logic(node, "and" if isinstance(op, ast.And) else "or", values)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                item = self.expect(operand, Type.TRUTH).tree
                return Typed(Negation(item, self.place(node)) if item else None, Type.TRUTH)
            case ast.UnaryOp(op=ast.USub() | ast.UAdd() as sign, operand=operand):
                return self._signed(node, operand, negative=isinstance(sign, ast.USub))
            case ast.Compare(left=left, ops=ops, comparators=rest):
                return self._comparison(node, [left, *rest], ops)
            case ast.BinOp(left=left, op=operator, right=right) if type(operator) in _ARITHMETIC:
                return self._arithmetic(node, left, _ARITHMETIC[type(operator)], right)
            case ast.Call(func=ast.Name(id=name)):
                return self._call(node, name)
            case _:
                cause = Message.of("terms.condition.syntax", text=self.source(node))
                self.report(node, cause, Message.of("terms.mend.syntax"))
                return Typed()

    def _name(self, node: ast.expr, name: str) -> Typed:
        term = self.scope.words.get(name)
        if term:
            unit = self.scope.money if term.unit == MONEY else term.unit
            tree = Observable(name, term.type, unit, self.place(node))
            return Typed(tree, term.type, Unit.of(unit) if term.type is Type.NUMBER else None)
        if name == "_":  # stands for a word that the scanner has reported
            return Typed()
        if name in self.scope.functions:
            fix = Message.of("terms.mend.usage", usage=self.scope.functions[name].usage)
            self.report(node, Message.of("terms.condition.function_without_call", name=name), fix)
            return Typed()
        cause = Message.of("terms.condition.unknown_name", name=name)
        self.report(node, cause, _called(name, self.scope) or one_of(name, self.scope.words))
        return Typed()

    def _logic(self, node: ast.expr, op: str, values: Sequence[ast.expr]) -> Typed:
        items = [self.expect(value, Type.TRUTH).tree for value in values]
        known = tuple(item for item in items if item is not None)
        return Typed(Logic(op, known, self.place(node)) if len(known) == len(items) else None, Type.TRUTH)

    def _signed(self, node: ast.expr, operand: ast.expr, *, negative: bool) -> Typed:
        part = self.expect(operand, Type.NUMBER)
        if part.tree is None or not negative:
            return part
        place = self.place(node)
        if isinstance(part.tree, Number):
            return Typed(Number(-part.tree.value, place), Type.NUMBER, None, percent=part.percent)
        return Typed(Arithmetic("-", Number(0.0, place), part.tree, place), Type.NUMBER, part.unit)

    def _comparison(self, node: ast.Compare, operands: Sequence[ast.expr], ops: Sequence[ast.cmpop]) -> Typed:
        parts = [self.expect(operand, Type.NUMBER) for operand in operands]
        made: list[Expression] = []
        for number, op in enumerate(ops):
            left, right = parts[number], parts[number + 1]
            sign = _COMPARE.get(type(op))
            if sign is None:
                cause = Message.of("terms.condition.syntax", text=self.source(node))
                self.report(node, cause, Message.of("terms.mend.syntax"))
            elif left.tree is not None and right.tree is not None:
                self._compare_units(operands[number], left, operands[number + 1], right)
                # A middle operand stands twice, as parts of its own: what has a history keeps it apart.
                first = deepcopy(left.tree) if number else left.tree
                made.append(Relation(sign, first, right.tree, self.place(operands[number])))
        if len(made) < len(ops):
            return Typed(None, Type.TRUTH)
        return Typed(made[0] if len(made) == 1 else Logic("and", tuple(made), self.place(node)), Type.TRUTH)

    def _compare_units(self, left_node: ast.expr, left: Typed, right_node: ast.expr, right: Typed) -> None:
        if left.unit is not None and right.unit is not None:
            if left.unit != right.unit:
                cause = Message.of("terms.condition.units_differ", left=str(left.unit), right=str(right.unit))
                self.report(right_node, cause, Message.of("terms.mend.same_unit"))
            return
        for literal_node, literal, other in ((right_node, right, left), (left_node, left, right)):
            if literal.unit is None and other.unit is not None:
                self._literal(literal_node, literal, other)
        for node, part, other in ((left_node, left, right), (right_node, right, left)):
            if (
                isinstance(part.tree, Observable)
                and self.scope.words[part.tree.name].kind == FLOW
                and other.unit is None
            ):
                cause = Message.of("terms.condition.one_step", name=part.tree.name, months=self.scope.step)
                self.report(node, cause, Message.of("terms.mend.window", name=part.tree.name), "warning")

    def _literal(self, node: ast.expr, literal: Typed, other: Typed) -> None:
        if literal.percent and other.unit != Unit():
            cause = Message.of("terms.condition.percent_of_unit", text=self.source(node), unit=str(other.unit))
            self.report(node, cause, Message.of("terms.mend.plain_number"))
        elif (
            isinstance(other.tree, Observable)
            and other.unit == Unit()
            and isinstance(literal.tree, Number)
            and abs(literal.tree.value) >= 2
            and not literal.percent
        ):
            cause = Message.of("terms.condition.large_ratio", name=other.tree.name, value=literal.tree.value)
            self.report(node, cause, Message.of("terms.mend.write", text=f"{self.source(node)}%"), "warning")

    def _arithmetic(self, node: ast.expr, left_node: ast.expr, op: str, right_node: ast.expr) -> Typed:
        left, right = self.expect(left_node, Type.NUMBER), self.expect(right_node, Type.NUMBER)
        if left.tree is None or right.tree is None:
            return Typed(None, Type.NUMBER)
        unit = left.unit if left.unit is not None else right.unit
        if op in "*/":
            if left.unit is not None or right.unit is not None:
                unit = (left.unit or Unit()).times(right.unit or Unit(), 1 if op == "*" else -1)
        elif left.unit is not None and right.unit is not None and left.unit != right.unit:
            cause = Message.of("terms.condition.units_added", left=str(left.unit), right=str(right.unit), op=op)
            self.report(node, cause, Message.of("terms.mend.same_unit"))
            return Typed(None, Type.NUMBER)
        return Typed(Arithmetic(op, left.tree, right.tree, self.place(node)), Type.NUMBER, unit)

    def _call(self, node: ast.Call, name: str) -> Typed:
        if name in self.scope.functions:
            return read_call(self, node, name)
        if name == "_":
            return Typed()
        if name in self.scope.words:
            cause = Message.of("terms.condition.called_observable", name=name)
            self.report(node, cause, Message.of("terms.mend.write", text=name))
            return Typed()
        close = nearest(name, self.scope.functions)
        fix = (
            Message.of("terms.mend.usage", usage=self.scope.functions[close].usage)
            if close
            else one_of(name, self.scope.functions)
        )
        self.report(node, Message.of("terms.condition.unknown_function", name=name), fix)
        return Typed()


def _called(name: str, scope: Scope) -> Message | None:
    """How a name that the sheet defines is referred to."""
    if name in scope.tiers:
        return Message.of("terms.mend.write", text=f"tier('{name}')")
    if name in scope.events:
        return Message.of("terms.mend.write", text=f"event('{name}')")
    if name in scope.payments:
        return Message.of("terms.mend.write", text=f"months_since('{name}')")
    return None


def _depth(node: ast.AST) -> int:
    deepest, waiting = 0, [(node, 1)]
    while waiting:
        current, level = waiting.pop()
        deepest = max(deepest, level)
        waiting.extend((child, level + 1) for child in ast.iter_child_nodes(current) if isinstance(child, ast.expr))
    return deepest
