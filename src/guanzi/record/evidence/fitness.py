"""Whether enough is known of a case to replay its decision; the rule knows no outcome."""

from __future__ import annotations

from collections.abc import Iterable

from guanzi.record.evidence.facts import Fact

LEAST_FACTS = 4
LEAST_SOURCES = 2


def enough_to_replay(facts: Iterable[Fact]) -> bool:
    """Whether at least four confirmed facts about the company come from two sources or more.

    What the company was offered (names that begin with ``public_``) says nothing about the company and does not count.
    """
    own = [f for f in facts if counts(f.subject, f.name, f.availability)]
    return len(own) >= LEAST_FACTS and len({fact.source for fact in own}) >= LEAST_SOURCES


def counts(subject: str, name: str, availability: str) -> bool:
    """Whether a fact of this subject, name and availability counts."""
    return subject == "company" and availability == "confirmed" and not name.startswith("public_")
