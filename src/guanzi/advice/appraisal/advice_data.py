"""The advice as data: rows as applied, what would turn it, what is missing, conditions, and what to sign instead."""

from __future__ import annotations

from typing import Literal

from guanzi.advice.appraisal.data import Text
from guanzi.base.reading import Data

Advice = Literal["back", "back_with_conditions", "decline", "insufficient_evidence"]


class Row(Data):
    """One row of the decision table, as applied.

    Attributes:
        stage: ``gate``, ``limit`` or ``tradeoff``, evaluated in this order.
        outcome: ``pass``, ``fail``, ``no_evidence``, or ``not_applicable``: the deal can neither meet nor break it.
        consequence: Advice, or ``condition``, that a failed row leads to.
        decided: This row brought about the advice.
        unclear: Figures that cannot be told apart from their limits at this number of paths, where that decides how the
            row comes out.
    """

    id: str
    stage: Literal["gate", "limit", "tradeoff"]
    rule: Text
    outcome: Literal["pass", "fail", "no_evidence", "not_applicable"]
    consequence: str
    decided: bool
    figures: tuple[str, ...] = ()
    findings: tuple[str, ...] = ()
    unclear: tuple[str, ...] = ()


class Reversal(Data):
    """What would turn the advice, and into what.

    ``finding`` is the id of a finding or figure that there is; empty for a finding that would have to come.
    """

    text: Text
    finding: str
    row: str
    becomes: Advice


class Missing(Data):
    """One thing that is not known, with what the advice would be once it is: read again, closed either way.

    Attributes:
        id: Of the gap, the figure, or the clause that is missing.
        rows: Rows of the table that wait for it.
        material: Whether its answer could turn the advice, alone or with what else is missing.
        if_well: The advice where it comes out well, and everything else that is missing, too.
        if_badly: The advice where it alone comes out badly.
        adds: Conditions that it would add where it comes out badly.
    """

    id: str
    text: Text
    rows: tuple[str, ...]
    material: bool
    if_well: Advice
    if_badly: Advice
    adds: tuple[str, ...] = ()


class Demand(Data):
    """A condition that the advice demands, and the clause or finding it answers.

    Attributes:
        precedent: To be met before money is paid: what is not known of a rule whose failure would decline.
    """

    id: str
    text: Text
    because: tuple[str, ...] = ()
    precedent: bool = False


class Change(Data):
    """One clause of the proposed terms that differs from the deal as signed."""

    id: str
    kind: str
    before: Text | None
    after: Text | None


class Proposal(Data):
    """What we would sign instead: the deal with its public money bound to steps of the company.

    Attributes:
        advice: Of the same table, on these terms.
        deciding: Rules that brought it about.
        signs: Whether the other side could agree: no worse off than without a deal, or than it has agreed to.
        taken: The advice rests on these terms.
        unclear: What of the other side's answer cannot be told at this number of paths; empty where it can.
        changes: The difference of the term sheets.
        figures: Ids of its figures.
    """

    advice: Advice
    deciding: tuple[Text, ...]
    signs: bool
    taken: bool
    changes: tuple[Change, ...]
    figures: tuple[str, ...]
    unclear: tuple[Text, ...] = ()
