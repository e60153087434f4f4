"""All rules over one term sheet."""

from __future__ import annotations

from guanzi.deal.lint.context import LintContext
from guanzi.deal.lint.diagnostic import Diagnostic, in_order
from guanzi.deal.lint.registry import LintRule, rules_of
from guanzi.deal.lint.rules import MODULES
from guanzi.deal.terms import TermSheet

RULES = rules_of(*MODULES)
"""All rules, by code."""

NOTHING = LintContext()


def lint(sheet: TermSheet, context: LintContext = NOTHING) -> tuple[Diagnostic, ...]:
    """What the rules find in a term sheet, in the order of the text.

    Args:
        sheet: The term sheet.
        context: What is known beyond its text; rules that need more are not judged.

    Returns:
        Each diagnostic once. Places are those of clauses; :func:`guanzi.deal.lint.located` makes them exact.
    """
    return in_order(found for rule in RULES for found in rule.run(sheet, context))


def unjudged(context: LintContext = NOTHING) -> tuple[LintRule, ...]:
    """The rules that could not judge, because what they need is not known."""
    return tuple(rule for rule in RULES if not rule.judges(context))
