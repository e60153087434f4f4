"""The appendix of the auditor: sources that the committee's papers withhold, in full."""

from __future__ import annotations

from datetime import date
from typing import Literal

from guanzi.base.core import BilingualText
from guanzi.base.reading import Data


class FactNote(Data):
    """What was noted of a fact whose source is withheld."""

    id: str
    note: BilingualText


class LaterSource(Data):
    """A source that the committee's papers withhold, in full: the appendix of the auditor.

    ``id`` is its name in the appraisal, ``own_id`` the one in the case.
    """

    id: str
    own_id: str
    publisher: BilingualText
    title: BilingualText
    date: date | None
    address: str | None
    grade: Literal["A", "B", "C", "D"]
    note: BilingualText
    facts: tuple[FactNote, ...]
    clauses: tuple[str, ...]
