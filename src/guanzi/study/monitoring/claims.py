"""What is said of a milestone: promised for a day, reported by the company, verified by somebody else; kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from guanzi.record.evidence import Fact, View

PROMISED, REPORTED, VERIFIED = "milestone_promised", "milestone_reported", "milestone_verified"
"""Names of the facts; their subject is the id of the tier, instalment, event or promise (``_`` written ``-``)."""

type Stand = Literal["promised", "reported", "verified"]


def subject_of(id: str) -> str:
    """The subject of the facts about a clause.

    >>> subject_of("asset_injection")
    'asset-injection'
    """
    return id.replace("_", "-")


@dataclass(frozen=True, slots=True)
class MilestoneClaim:
    """One statement about a milestone.

    Attributes:
        stand: Promised, reported or verified.
        day: The day for which it is promised, or on which it was reached; for a "no", the day up to which it was not.
        known_on: First day on which it was held.
        reached: Whether it says that the milestone is reached (or will be).
        fact, source: Ids.
    """

    stand: Stand
    day: date
    known_on: date
    reached: bool
    fact: str
    source: str


@dataclass(frozen=True, slots=True)
class Claims:
    """All that is held of one milestone, each in the order in which it became known."""

    promises: tuple[MilestoneClaim, ...] = ()
    reports: tuple[MilestoneClaim, ...] = ()
    proofs: tuple[MilestoneClaim, ...] = ()

    @property
    def promised(self) -> MilestoneClaim | None:
        """The latest promise."""
        return next((c for c in reversed(self.promises) if c.reached), None)

    @property
    def reported(self) -> MilestoneClaim | None:
        """The latest report, if it says that the milestone is reached."""
        return self.reports[-1] if self.reports and self.reports[-1].reached else None

    @property
    def verified(self) -> MilestoneClaim | None:
        """The latest verification, if it says that the milestone is reached."""
        return self.proofs[-1] if self.proofs and self.proofs[-1].reached else None

    @property
    def refused(self) -> MilestoneClaim | None:
        """The latest verification, if it says that what was reported is not reached."""
        return self.proofs[-1] if self.proofs and not self.proofs[-1].reached and self.reported else None

    @property
    def denied(self) -> MilestoneClaim | None:
        """The latest statement that the milestone is not reached, where none says since that it is."""
        told = sorted((*self.reports, *self.proofs), key=lambda c: (c.known_on, c.fact))
        return told[-1] if told and not told[-1].reached else None

    def by(self, day: date) -> tuple[bool | None, tuple[str, ...]]:
        """Whether the milestone was reached by a day, with the facts: a report alone leaves it open."""
        verified, reported, denied = self.verified, self.reported, self.denied
        if verified is not None:
            return verified.day <= day, (verified.fact,)
        if denied is not None and day <= denied.day:
            return False, (denied.fact,)
        if reported is not None:
            return (None if reported.day <= day else False), (reported.fact,)
        return None, ()


def claims_of(view: View, id: str) -> Claims:
    """What a view holds of a milestone; corrected statements drop out."""
    kinds: tuple[tuple[Stand, str], ...] = (("promised", PROMISED), ("reported", REPORTED), ("verified", VERIFIED))
    found = {stand: tuple(_claims(view, stand, name, subject_of(id))) for stand, name in kinds}
    return Claims(found["promised"], found["reported"], found["verified"])


def _claims(view: View, stand: Stand, name: str, subject: str) -> list[MilestoneClaim]:
    facts = view.named(name, subject)
    corrected = {fact.supersedes for fact in facts}
    held = sorted((f for f in facts if f.id not in corrected), key=lambda f: (f.known_on, f.period, f.id))
    return [_claim(stand, fact) for fact in held if isinstance(fact.value, bool)]


def _claim(stand: Stand, fact: Fact) -> MilestoneClaim:
    return MilestoneClaim(stand, fact.period.end, fact.known_on, bool(fact.value), fact.id, fact.source)


NOTHING = Claims()
"""Nothing is said."""
