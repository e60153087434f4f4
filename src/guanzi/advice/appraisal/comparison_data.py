"""A case under several playbooks, as data: the schema of ``comparison.json``."""

from __future__ import annotations

from datetime import date
from typing import Literal

from guanzi.advice.appraisal.advice_data import Advice
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import CaseData, Figure, SourceData
from guanzi.base.reading import Data


class ChangeData(Data):
    """One change of the draft.

    Attributes:
        kind: ``source`` or ``judgement`` of the playbook; ``follows`` where it only follows from another change.
        because: The reasoning of the playbook, where it states one.
    """

    id: str
    text: Text
    kind: Literal["source", "judgement", "follows"]
    source: str = ""
    because: Text | None = None


type Form = Literal["shares", "grant", "works", "loan", "purchase"]


class PlanEntry(Data):
    """One payment of the tier plan.

    Attributes:
        form: ``shares``, ``grant``, ``works``, ``loan`` or ``purchase``.
        public, partners: What the public side and private partners pay, in millions of the currency.
        waits_for: Names of the new tiers that must be in force.
        partners_first: It also waits for private partners to come.
    """

    due: date
    form: Form
    public: float
    partners: float
    waits_for: tuple[Text, ...]
    partners_first: bool


class DealData(Data):
    """A deal as a playbook reads it.

    Attributes:
        deciding: The rules that decided, in words.
        demands: Conditions that the advice makes, those of the playbook's own rows first.
        plan: The tier plan, by day.
        figures: Risk of the deal: figures by id, gaps included.
    """

    advice: Advice
    deciding: tuple[Text, ...]
    demands: tuple[Text, ...]
    plan: tuple[PlanEntry, ...]
    figures: dict[str, Figure]


class StatementData(Data):
    """A statement of the playbook with its state and source."""

    text: Text
    state: Literal["known", "open", "default"]
    source: str = ""


class PilotData(StatementData):
    """A pilot; ``missing``: the parts without which it is no evidence; ``grade``: what it counts for."""

    missing: tuple[str, ...]
    grade: str | None


class PlaybookColumn(Data):
    """One playbook on the case.

    Attributes:
        form: Form of a deal under it.
        draft: The draft as it reads it.
        own: The deal as it would structure it; None where that cannot be written down: ``why_not``.
        changes: What it would change.
        governance: Statements by part: ``voting``, ``patience``, ``openness``, ``tolerance``, ``exemption``,
            ``opportunities``, ``capabilities``.
        sourced, judged, open: What stands behind the playbook.
    """

    id: str
    name: Text
    version: str
    made_on: date
    sha256: str
    method_sha256: str
    form: str
    draft: DealData
    own: DealData | None
    why_not: Text | None
    changes: tuple[ChangeData, ...]
    governance: dict[str, tuple[StatementData, ...]]
    pilots: tuple[PilotData, ...]
    sources: dict[str, SourceData]
    sourced: int
    judged: int
    open: int


class Comparison(Data):
    """One case, one day, several playbooks.

    Attributes:
        shown: Ids of the figures that are compared, in reading order.
    """

    case: CaseData
    as_of: date
    question: Text
    shown: tuple[str, ...]
    columns: tuple[PlaybookColumn, ...]
    view_sha256: str
    guanzi: str
    paths: int
    seed: int
