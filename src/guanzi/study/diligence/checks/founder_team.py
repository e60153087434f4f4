"""Founder and team: earlier ventures with their outcomes, references, the key person, competences of the plan.

Thresholds, judgements of the project: five references, two of them not named by the founder; a founder with more than
half of the votes decides alone.
"""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Severity
from guanzi.record.evidence import OWN_SUBJECTS, View, flag, latest
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.checks.answers import yes_or_no
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import FOUNDERS, KEY_PERSON, REFERENCES, TEAMS
from guanzi.study.diligence.objects import needs_backing

ENOUGH, OFF_LIST = 5.0, 2.0
HALF = 0.5


def _ventures(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    begun = latest(view, "founder_ventures")
    if begun is None:
        return ()
    if not begun.value > 0:
        return (check.finding("record", Kind.RISK, Severity.LOW, "no_ventures", begun.facts, variant="none"),)
    parts = {n: latest(view, f"founder_ventures_{n}") for n in ("exited", "failed", "running")}
    known = sum(r.value for r in parts.values() if r is not None)
    facts = begun.facts + tuple(id for r in parts.values() if r is not None for id in r.facts)
    counts = {name: r.value if r is not None else None for name, r in parts.items()}
    if known < begun.value:
        return (
            check.gap(
                "unknown", Severity.MEDIUM, "gap_ventures", facts=begun.facts, n=begun.value, open=begun.value - known
            ),
        )
    if known > begun.value:
        return (check.gap("too-many", Severity.MEDIUM, "gap_ventures", facts=begun.facts, n=begun.value, known=known),)
    exited, failed = parts["exited"], parts["failed"]
    worse = failed is not None and failed.value > (exited.value if exited is not None else 0.0)
    return (
        check.finding(
            "record",
            Kind.RISK if worse else Kind.ASSET,
            Severity.MEDIUM,
            "ventures_failed" if worse else "ventures_sound",
            facts,
            variant="failed" if worse else "sound",
            n=begun.value,
            exited=counts["exited"] or 0.0,
            failed=counts["failed"] or 0.0,
            running=counts["running"] or 0.0,
        ),
    )


def _references(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    taken = latest(view, "references_taken")
    if taken is None:
        return ()
    off, adverse = latest(view, "references_off_list"), latest(view, "references_adverse")
    found: list[Finding] = []
    if taken.value < ENOUGH or off is None or off.value < OFF_LIST:
        named = off.value if off is not None else 0.0
        found.append(
            check.gap("few", Severity.MEDIUM, "gap_references_few", facts=taken.facts, n=taken.value, off=named)
        )
    if adverse is None:
        found.append(
            check.gap("verdict-unknown", Severity.MEDIUM, "gap_references_verdict", facts=taken.facts, n=taken.value)
        )
        return tuple(found)
    if not taken.value > 0:
        return tuple(found)
    bad = adverse.value > 0
    found.append(
        check.finding(
            "verdict",
            Kind.RISK if bad else Kind.ASSET,
            Severity.HIGH if bad else Severity.LOW,
            "references_adverse" if bad else "references_good",
            taken.facts + adverse.facts,
            variant="adverse" if bad else "good",
            n=taken.value,
            bad=adverse.value,
        )
    )
    return tuple(found)


def _key_person(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    deputy, bound = ("no_deputy", "deputy"), ("key_person_free", "key_person_bound")
    return (
        *check.in_words(view, "key_person_text", "told", Kind.RISK, Severity.MEDIUM, "key_person"),
        *_votes(check, view),
        *yes_or_no(check, view, "key_person_deputy", "deputy", deputy, good=True, severity=Severity.HIGH),
        *yes_or_no(check, view, "key_person_bound", "bound", bound, good=True, severity=Severity.HIGH),
    )


def _votes(check: Check, view: View) -> list[Finding]:
    votes = latest(view, "founder_votes")
    if votes is None or votes.value <= HALF:
        return []
    return [check.finding("votes", Kind.RISK, Severity.MEDIUM, "founder_decides_alone", votes.facts, share=votes.value)]


def _competence(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    subjects = sorted({f.subject for f in view.facts if f.name == "competence_held" and f.subject not in OWN_SUBJECTS})
    held = {s: found for s in subjects if (found := flag(view, "competence_held", s)) is not None}
    if not held:
        return ()
    lacking = tuple(subject for subject, (there, _) in held.items() if not there)
    return (
        check.finding(
            "plan",
            Kind.RISK if lacking else Kind.ASSET,
            Severity.HIGH if lacking else Severity.MEDIUM,
            "competence_lacking" if lacking else "competence_complete",
            tuple(id for _, facts in held.values() for id in facts),
            variant="lacking" if lacking else "complete",
            n=len(held),
            lacking=lacking,
        ),
    )


VENTURES = Check(
    id="earlier-ventures",
    stream="people",
    needs=(
        Need("founder_ventures"),
        Need("founder_ventures_exited"),
        Need("founder_ventures_failed"),
        Need("founder_ventures_running"),
    ),
    literature=FOUNDERS,
    conclude=_ventures,
    severity_if_missing=Severity.MEDIUM,
    asks=needs_backing,
)

REFERENCES_CHECK = Check(
    id="references",
    stream="people",
    needs=(Need("references_taken"), Need("references_off_list"), Need("references_adverse")),
    literature=REFERENCES,
    conclude=_references,
    severity_if_missing=Severity.MEDIUM,
    asks=needs_backing,
)

KEY_PERSON_CHECK = Check(
    id="key-person",
    stream="people",
    needs=(Need("key_person_text"), Need("founder_votes"), Need("key_person_deputy"), Need("key_person_bound")),
    literature=KEY_PERSON,
    conclude=_key_person,
    severity_if_missing=Severity.MEDIUM,
    asks=needs_backing,
)

COMPETENCE = Check(
    id="competence",
    stream="people",
    needs=(Need("competence_held", "*"),),
    literature=TEAMS,
    conclude=_competence,
    severity_if_missing=Severity.MEDIUM,
)
