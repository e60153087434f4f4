"""Structuring: two deals compared, better terms searched, how far the public side may go, many deals together."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.advice.structuring import compare_clauses, herfindahl
    from guanzi.jobs.structuring import (
        budgeting,
        clauseform,
        conditions,
        declared,
        difference,
        draft,
        portfolio,
        structuring,
        walkaway,
    )
else:
    __all__, __getattr__ = late_names(__name__)
