"""Actions on figures that were written since the decision: somebody else verifies them by a document."""

from __future__ import annotations

from typing import TypedDict

from guanzi.base.core import InvalidInput, Message, Place, Problem, meant
from guanzi.office.actions.framework import ActionContext, action
from guanzi.office.actions.milestones import VERIFIERS
from guanzi.office.actions.proofs import ProofInput, keep_proof
from guanzi.office.paying.afterwards import watched_deal
from guanzi.office.paying.looking import look_again
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.verifying import FIGURES, WrittenFigure, written_since
from guanzi.record.evidence import Fact, holds_figure


class VerifyFigure(ProofInput):
    """A figure by the id of its fact, and where it stands."""

    fact: str


class VerifiedFigure(TypedDict):
    """A figure, the hash of the document that holds it, and the fact that says so."""

    figure: str
    proof: str
    fact: str


@action("figure.verify", VERIFIERS, "decide")
def verify(context: ActionContext, asked: VerifyFigure) -> VerifiedFigure:
    """Verify a figure by a document that holds it: somebody else than who wrote it."""
    figure = _written(context, asked.fact)
    fact = figure.fact
    if context.person.pk in figure.writers:
        raise InvalidInput(Problem(Message.of("office.refused.own_figure"), Place("fact")))
    if (fact.id, figure.digest) in DealNow(context.of).standing:
        raise InvalidInput(Problem(Message.of("office.refused.figure_verified", fact=fact.id), Place("fact")))
    return verified(context, asked, fact, figure.digest)


def verified(context: ActionContext, asked: ProofInput, fact: Fact, digest: str) -> VerifiedFigure:
    """Keep that a figure is verified by a document that holds it.

    Raises:
        InvalidInput: The quote does not hold it, or the document does not hold the quote.
    """
    if not _holds(asked.quote, fact):
        fix = Message.of("office.refused.quote_without_figure.mend")
        raise InvalidInput(
            Problem(Message.of("office.refused.quote_without_figure", fact=fact.id), Place("quote"), fix)
        )
    name = f"office-figure-{context.of.newest.number + 1}"
    row = {
        "id": name,
        "subject": fact.id,
        "name": "figure_verified",
        "period": context.today,
        "value": True,
        "unit": "flag",
        "known_on": context.today,
        "source": name,
    }
    title = f"Verification of the figure {fact.id} by a document"
    given = keep_proof(context, asked, title, row, fact.id, digest)
    look_again(context.of, context.at, context.today)
    return {"figure": fact.id, "proof": given.proof, "fact": name}


def _written(context: ActionContext, id: str) -> WrittenFigure:
    """A figure that was written since the decision and that stands."""
    watched = watched_deal(context.of, context.today)
    figures = {fact.id: fact for fact in watched.case.facts if fact.name in FIGURES}
    if id not in figures:
        cause = Message.of("office.refused.no_figure", id=id[:100])
        raise InvalidInput(Problem(cause, Place("fact"), meant(id, figures, None)))
    later = next((fact.id for fact in watched.case.facts if fact.supersedes == id), None)
    if later is not None:
        raise InvalidInput(Problem(Message.of("office.refused.fact_superseded", fact=id, by=later), Place("fact")))
    written = written_since(DealNow(context.of), watched, [id])
    if id not in written:
        raise InvalidInput(Problem(Message.of("office.refused.figure_decided", fact=id), Place("fact")))
    return written[id]


def _holds(quote: str, fact: Fact) -> bool:
    """Whether a quote holds the figure; yes and no are in its words."""
    if isinstance(fact.value, bool | str):
        return True
    return all(holds_figure(quote, end) for end in fact.interval)
