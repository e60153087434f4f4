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


class PlanEntry(Data):
    """One payment of the tier plan.

    Attributes:
        due: Day on which it can be paid first, or was paid.
        form: What it is, as term sheets name it: ``equity``, ``grant``, ``rebate``, ``convertible_note`` ...
        public, partners: What the public side and private partners pay, in millions of the currency.
        paid: It was paid before the signing.
        agreed: The deal sets its day; otherwise that is assumed.
        waits_for: What must hold first, in words.
        unseen: Whether it waits for anything was not seen.
        partners_first: It also waits for private partners to come.
    """

    due: date
    form: str
    public: float
    partners: float
    paid: bool
    agreed: bool
    waits_for: tuple[Text, ...]
    unseen: bool
    partners_first: bool


class DealData(Data):
    """A deal as a playbook reads it.

    Attributes:
        deciding: The rules that decided, in words.
        demands: Conditions that the advice makes, those of the playbook's own rows first.
        plan: The tier plan, by day.
        figures: Risk of the deal: figures by id, gaps included.
        simulated: It was simulated.
        barred: Why it was not.
    """

    advice: Advice
    deciding: tuple[Text, ...]
    demands: tuple[Text, ...]
    plan: tuple[PlanEntry, ...]
    figures: dict[str, Figure]
    simulated: bool
    barred: tuple[Text, ...]


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
        sheet_status: Of the term sheet that is the draft: ``draft``, ``framework``, ``definitive`` or ``none``.
        shown: Ids of the figures that are compared, in reading order.
    """

    case: CaseData
    as_of: date
    question: Text
    sheet_status: str
    shown: tuple[str, ...]
    columns: tuple[PlaybookColumn, ...]
    view_sha256: str
    guanzi: str
    paths: int
    seed: int
