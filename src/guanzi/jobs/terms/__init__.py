"""Terms: a term sheet in words, and what is weak in it."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.terms import counterexamples, declared, explanation, linting, sheetcheck
else:
    __all__, __getattr__ = late_names(__name__)
