"""The rules, grouped by the noun that they look at."""

from guanzi.deal.lint.rules import conditions, covenants, incentives, instalments, rights, sides, size, tiers, unseen

MODULES = (instalments, rights, covenants, tiers, conditions, incentives, sides, size, unseen)
"""Files of rules, in reading order."""
