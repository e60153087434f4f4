"""Counting of votes: quorum, weights, majority and veto, without the seats of those who have an interest.

Rules, in the order in which they are asked:

1. The ballots of seats with an interest are not there: neither for the quorum nor for any weight.
2. The quorum is a number of people who voted, as the playbook sets it; an interest does not lower it.
3. A veto of the chair declines.
4. The share of a vote is its weight over the weight of all ballots that count, those that abstain included. What backs
   with or without conditions is added: where both together reach the majority the deal is backed, without conditions
   where those who ask for none reach it alone.
5. Where those against make the majority impossible the deal is declined; where only those who abstain stand in its way
   the decision is deferred.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

type Decided = Literal["back", "back_with_conditions", "decline", "defer"]
"""What a committee decides."""
FOR = ("back", "back_with_conditions")
AGAINST = ("decline", "veto")
CHOICES = (*FOR, "decline", "abstain", "veto")
_EVEN = 1e-9
"""Two thirds of three is two, whatever the last binary digit says."""


@dataclass(frozen=True, slots=True)
class VotingSeat:
    """A seat as it stood when the sitting was opened.

    Attributes:
        person: Number of the person.
        weight: Of the vote; above 0.
        chair: May use the veto.
        recused: Has an interest that stands.
    """

    person: int
    weight: float
    chair: bool = False
    recused: bool = False


@dataclass(frozen=True, slots=True)
class VoteTally:
    """What was counted.

    Attributes:
        result: ``back``, ``back_with_conditions``, ``decline``, ``defer`` or ``no_quorum``.
        weights: Vote -> weight of the ballots that count.
        present: People whose ballots count.
        needed: The quorum.
        majority: The share that backs.
        share: That was reached; None without a ballot.
        veto: The chair used it.
        recused: Numbers of the people whose seats are not there.
        dissent: Numbers of the people who voted for what was not decided.
    """

    result: Decided | Literal["no_quorum"]
    weights: dict[str, float]
    present: int
    needed: int
    majority: float
    share: float | None
    veto: bool
    recused: tuple[int, ...]
    dissent: tuple[int, ...]


def count(seats: Iterable[VotingSeat], ballots: Iterable[tuple[int, str]], quorum: int, majority: float) -> VoteTally:
    """Count the votes.

    Args:
        seats: Who may vote.
        ballots: Number of the person and vote, one a person; a ballot without a seat, or a veto of another than the
            chair, is not counted.
        quorum: People whose ballots it takes.
        majority: Share of the weight that backs, 0 to 1.
    """
    all_seats = tuple(seats)
    sitting = {seat.person: seat for seat in all_seats if not seat.recused}
    cast = {
        person: vote
        for person, vote in ballots
        if person in sitting and vote in CHOICES and (vote != "veto" or sitting[person].chair)
    }
    weights = dict.fromkeys(CHOICES, 0.0)
    for person, vote in sorted(cast.items()):
        weights[vote] += sitting[person].weight
    whole = sum(weights.values())
    share = sum(weights[vote] for vote in FOR) / whole if whole else None
    veto = "veto" in cast.values()
    result = _result(weights, share, veto, majority) if share is not None and len(cast) >= quorum else "no_quorum"
    return VoteTally(
        result=result,
        weights=weights,
        present=len(cast),
        needed=quorum,
        majority=majority,
        share=share,
        veto=veto,
        recused=tuple(sorted(seat.person for seat in all_seats if seat.recused)),
        dissent=tuple(sorted(person for person, vote in cast.items() if differs(vote, result))),
    )


def _result(weights: dict[str, float], share: float, veto: bool, majority: float) -> Decided:
    if veto:
        return "decline"
    whole = sum(weights.values())
    if share >= majority - _EVEN:
        return "back" if weights["back"] / whole >= majority - _EVEN else "back_with_conditions"
    against = weights["decline"] / whole
    return "decline" if 1.0 - against < majority - _EVEN else "defer"


def differs(vote: str, result: str) -> bool:
    """Whether a vote was for something else than what was decided; to abstain is no dissent."""
    if vote == "abstain" or result in ("no_quorum", ""):
        return False
    if result in FOR:
        return vote != result
    return vote in FOR if result == "decline" else True
