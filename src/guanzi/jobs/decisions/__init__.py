"""Decisions: recorded in a ledger, exported, verified; the papers of a committee."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.jobs.decisions import bundles, decisions, erasure, ledgers, papers, standing
else:
    __all__, __getattr__ = late_names(__name__)
