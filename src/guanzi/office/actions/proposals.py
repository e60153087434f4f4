"""Actions on proposals of documents: refuse one for good, and propose it again."""

from __future__ import annotations

from typing import TypedDict

from pydantic import Field

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.actions.evidence import EVIDENCE
from guanzi.office.actions.framework import ActionContext, CaseInput, action
from guanzi.office.actions.texts import LongText
from guanzi.office.models import RefusedProposal
from guanzi.office.paying.afterwards import proof_document


class RefuseProposal(CaseInput):
    """A figure of a document, and the fact for which it is not to be taken.

    Attributes:
        document: Id of the document.
        name: Name of the fact.
        box: Where the figure stands on the page, as the page of proposals writes it; empty for none.
    """

    document: str
    name: str = Field(min_length=1, max_length=100)
    period: str = Field(min_length=1, max_length=60)
    page: int = Field(ge=1)
    box: str = Field(default="", max_length=80)
    figure: str = Field(min_length=1, max_length=200)
    why: LongText = Field(default="", max_length=500)


class RefusedNumber(TypedDict):
    """A refused proposal by its number."""

    refused: int


@action("evidence.refuse_proposal", EVIDENCE)
def refuse_proposal(context: ActionContext, asked: RefuseProposal) -> RefusedNumber:
    """Refuse a proposal of a document; it is not made again in this case."""
    entry = proof_document(context.of, asked.document)
    what = {"fact": asked.name, "period": asked.period, "page": asked.page, "box": asked.box, "figure": asked.figure}
    made, is_new = RefusedProposal.objects.get_or_create(
        case=context.of,
        sha256=entry.sha256,
        **what,
        defaults={"why": asked.why, "person": context.person, "at": context.at},
    )
    if not is_new:
        raise InvalidInput(Problem(Message.of("office.refused.proposal_twice"), Place("figure")))
    context.record.data |= {"refused": made.pk, "document": entry.id, **what}
    context.record.words["why"] = asked.why
    return {"refused": made.pk}


class ProposeAgain(CaseInput):
    """A refused proposal by its number."""

    refused: int


@action("evidence.propose_again", EVIDENCE)
def propose_again(context: ActionContext, asked: ProposeAgain) -> RefusedNumber:
    """Take a refusal back; the figure is proposed again."""
    found = RefusedProposal.objects.filter(case=context.of, pk=asked.refused).first()
    if found is None:
        raise InvalidInput(Problem(Message.of("office.refused.no_refusal"), Place("refused")))
    context.record.data |= {"refused": found.pk, "fact": found.fact, "period": found.period, "figure": found.figure}
    found.delete()
    return {"refused": asked.refused}
