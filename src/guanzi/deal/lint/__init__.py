"""Lint: what is weak in a term sheet, found by reading and reasoning, before anything is simulated."""

from guanzi.deal.lint.context import FACTS, LintContext
from guanzi.deal.lint.diagnostic import LEVELS, Diagnostic, Level, as_problems, located
from guanzi.deal.lint.examples import example, whole_sheet
from guanzi.deal.lint.registry import BESIDE_CLAUSES, LintRule
from guanzi.deal.lint.run import RULES, lint, unjudged
from guanzi.deal.lint.sarif import sarif

__all__ = [
    "BESIDE_CLAUSES",
    "FACTS",
    "LEVELS",
    "RULES",
    "Diagnostic",
    "Level",
    "LintContext",
    "LintRule",
    "as_problems",
    "example",
    "lint",
    "located",
    "sarif",
    "unjudged",
    "whole_sheet",
]
