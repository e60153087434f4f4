"""Rules: one small function each, with code, level, and the facts without which it cannot judge."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from types import ModuleType

from guanzi.base.core import Message, Parameter, Place
from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Diagnostic, Level
from guanzi.deal.terms import TermSheet

PAGE = "reference/lint.html"
"""The page of the documentation that explains all rules, one anchor each."""

BESIDE_CLAUSES = frozenset({"GZ804", "GZ805"})
"""Rules whose findings stand beside the clauses, where those are shown: no quote, or no clause."""


@dataclass(frozen=True, slots=True)
class Found:
    """What a rule says: where, and with which values.

    Attributes:
        variant: Last part of the message id where a rule has several sentences.
        level: Where it weighs otherwise than the rule usually does.
    """

    clause: str
    place: Place
    params: dict[str, Parameter] = field(default_factory=dict)
    variant: str = ""
    level: Level | None = None


def found(
    clause: str, place: Place, key: str = "", /, *, variant: str = "", level: Level | None = None, **params: Parameter
) -> Found:
    """Something was found in a clause, at the field ``key`` of what stands at ``place``."""
    where = replace(place, field=f"{place.field}.{key}".strip(".")) if key else place
    return Found(clause, where, params, variant, level)


type Check = Callable[[TermSheet, LintContext], Iterator[Found]]


@dataclass(frozen=True, slots=True)
class LintRule:
    """One rule of the linter.

    Attributes:
        code: E.g. ``GZ101``.
        level: How much its findings weigh.
        needs: Names of what it must know beyond the sheet.
        check: The function.
    """

    code: str
    level: Level
    needs: tuple[str, ...]
    check: Check

    @property
    def page(self) -> str:
        """Page of the documentation with the anchor of this rule."""
        return f"{PAGE}#{self.code.lower()}"

    @property
    def title(self) -> Message:
        """The rule in a few words."""
        return Message.of(f"lint.{self.code}.title")

    @property
    def reason(self) -> Message:
        """Why it matters."""
        return Message.of(f"lint.{self.code}.why")

    def judges(self, context: LintContext) -> bool:
        """Whether all that it needs is known."""
        return all(context.has(name) for name in self.needs)

    def run(self, sheet: TermSheet, context: LintContext) -> Iterator[Diagnostic]:
        """What it finds; nothing when it cannot judge."""
        for one in self.check(sheet, context) if self.judges(context) else ():
            suffix = f".{one.variant}" if one.variant else ""
            told = {
                name: _called(value, one.clause, sheet) if name in IDS else value for name, value in one.params.items()
            }
            message = Message.of(f"lint.{self.code}{suffix}", **told)
            fix = Message.of(f"lint.{self.code}.mend")
            found = Message.of(message.id, **one.params).params
            level = one.level or self.level
            yield Diagnostic(self.code, level, message, one.place, one.clause, fix, self.page, found=found)


IDS = ("id", "ids", "put", "other", "earlier", "broken", "remedy")
"""Parameters that are ids of parts of the deal, which a person reads by their names."""


def _called(value: Parameter, clause: str, sheet: TermSheet) -> Parameter:
    if isinstance(value, tuple):
        return tuple(_called(one, clause, sheet) for one in value)
    prefix = clause.removesuffix(str(value)) if clause.endswith(f".{value}") else ""
    return sheet.called(f"{prefix}{value}")


def rule(code: str, level: Level, *, needs: tuple[str, ...] = ()) -> Callable[[Check], LintRule]:
    """Make a rule of a function."""
    return lambda check: LintRule(code, level, needs, check)


def rules_of(*modules: ModuleType) -> tuple[LintRule, ...]:
    """The rules that modules define, by code."""
    rules = [value for module in modules for value in vars(module).values() if isinstance(value, LintRule)]
    return tuple(sorted(rules, key=lambda r: r.code))
