"""Articles: what a story claims, held against the evidence."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.articles import checking, declared
else:
    __all__, __getattr__ = late_names(__name__)
