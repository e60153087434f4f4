"""Rules: packs of public rules, and a deal judged by them."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.rules import judgement, packselection, rules
else:
    __all__, __getattr__ = late_names(__name__)
