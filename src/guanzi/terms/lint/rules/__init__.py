"""The rules, grouped by the noun that they look at."""

from guanzi.terms.lint.rules import covenants, instalments, rights

MODULES = (instalments, rights, covenants)
"""Files of rules, in reading order."""
