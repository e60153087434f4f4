"""The six questions of the register of bets, and the facts by which an analyst answers them."""

from __future__ import annotations

from collections.abc import Mapping

from guanzi.advice.odds import STATED
from guanzi.study.bets import QUESTIONS, REPLACED

ANSWERED_BY: Mapping[str, str] = {name: STATED.get(name, "") for name in (*QUESTIONS, *REPLACED)}
"""Question to the name of the fact that answers it; empty where the answer follows from other facts or from terms."""
