"""Lint: what is weak in a term sheet, found by reading and reasoning, before anything is simulated."""

from guanzi.terms.lint.context import FACTS, LintContext
from guanzi.terms.lint.diagnostic import LEVELS, Diagnostic, Level, as_problem, in_order, located
from guanzi.terms.lint.examples import Example, example, example_codes, whole_sheet
from guanzi.terms.lint.registry import Rule
from guanzi.terms.lint.run import RULES, lint, unjudged
from guanzi.terms.lint.sarif import sarif

__all__ = [
    "FACTS",
    "LEVELS",
    "RULES",
    "Diagnostic",
    "Example",
    "Level",
    "LintContext",
    "Rule",
    "as_problem",
    "example",
    "example_codes",
    "in_order",
    "lint",
    "located",
    "sarif",
    "unjudged",
    "whole_sheet",
]
