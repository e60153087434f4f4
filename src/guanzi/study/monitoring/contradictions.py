"""Facts after signing that say two things of the same time: one of them is wrong, and a person is to say which."""

from __future__ import annotations

from guanzi.record.evidence import WATCHED, Fact, View


def contradictions(view: View) -> tuple[tuple[Fact, ...], ...]:
    """Facts of the time after signing that speak of the same and differ, in the order in which they became known.

    A fact that another one corrects (``supersedes``) contradicts nothing. What is said of milestones is kept apart by
    who says it, and is no contradiction.
    """
    corrected = {fact.supersedes for fact in view.facts}
    told: dict[tuple[str, str, str], list[Fact]] = {}
    for fact in view.facts:
        if fact.place.file.startswith(f"{WATCHED}/") and fact.id not in corrected and "milestone_" not in fact.name:
            told.setdefault((fact.subject, fact.name, str(fact.period)), []).append(fact)
    found = [sorted(facts, key=lambda f: (f.known_on, f.id)) for _, facts in sorted(told.items())]
    return tuple(tuple(facts) for facts in found if len({(f.value, f.unit) for f in facts}) > 1)
