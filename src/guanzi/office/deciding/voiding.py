"""New evidence makes void what rested on the old: sign-offs of the streams that it concerns, and what was decided.

It is called where a version is made, so that no action can forget it. A sitting that is open goes on: its chair is
told, and decides whether it becomes void. With an interest of a person falls what he signed, and what he verified by a
document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime

from django.db.models import Q

from guanzi.office.deciding.gates import fall_back
from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import (
    AppraisalRun,
    MilestoneReport,
    OfficeCase,
    Person,
    Sitting,
    TrancheRelease,
    Verification,
    Workstream,
)

OTHER = ("documents/", "entities", "case.yaml", "effects")
"""What streams rest on beside the facts, which are compared one by one; a panel judges after them."""
TERMS = "terms/"
LEGAL = "legal"
"""The work-stream that reads the term sheet."""
FACT = "fact:"
"""Before the id of a fact among the reasons."""
_MOST_FACTS = 50
_MOST_REASONS = 200


def void_dependents(
    case: OfficeCase, changed: Iterable[str], touched: Mapping[str, str], concerns: Iterable[str] = ()
) -> tuple[str, ...]:
    """Make void what the change concerns, within the transaction of the action that makes it.

    A decision of an open case is one on a version: any other version makes it void, but for one that writes into the
    text what the decision itself demands, and on which it was upheld. The case falls back to the stage
    whose needs no longer stand, once no sitting is open.

    Args:
        case: The case, with its new head.
        changed: Paths that changed.
        touched: Facts that changed -> their topic; an empty one concerns every stream.
        concerns: Streams that a changed document concerns; none: all.

    Returns:
        What became void: ``stream.finance``, ``sitting.7``, ``appraisal.3``.
    """
    paths = sorted(changed)
    if case.state != "open" and not touched and not any(path.startswith((*OTHER, TERMS)) for path in paths):
        return ()
    voided = list(_streams(case, _reasons(paths, touched, set(concerns))))
    because = [*paths, *_facts(touched)]
    resting = Sitting.objects.filter(~Q(upheld=case.head), case=case, state__in=("open", "closed"))
    if case.state != "open":  # what was signed stands; a new decision rests on new evidence
        resting = resting.filter(state="open")
    voided += unsettle(resting, because)
    for run in AppraisalRun.objects.filter(case=case, state__in=("queued", "running")):
        run.cancel = True
        run.save(update_fields=["cancel"])
        voided.append(f"appraisal.{run.number}")
    fall_back(case)
    return tuple(sorted(set(voided)))


def unsettle(sittings: Iterable[Sitting], because: Iterable[str], *, at_once: bool = False) -> Iterator[str]:
    """Make sittings void; of one that is open its chair is told, and decides.

    Args:
        sittings: Those that are open or closed.
        because: What happened, as it is kept.
        at_once: Those that are open become void too.

    Yields:
        What became void: ``sitting.7``.
    """
    reasons = list(because)
    for sitting in sittings:
        if sitting.state == "open" and not at_once:
            sitting.evidence_since = list(dict.fromkeys([*sitting.evidence_since, *reasons]))[:_MOST_REASONS]
            sitting.save(update_fields=["evidence_since"])
            continue
        sitting.state, sitting.void_because = "void", reasons
        sitting.save(update_fields=["state", "void_because"])
        yield f"sitting.{sitting.number}"


def void_signed(case: OfficeCase, person: Person, because: str, *, at_once: bool) -> tuple[str, ...]:
    """Make void what somebody with an interest has signed of an undecided case, and the sittings that rest on it.

    Args:
        case: The case.
        person: Who has an interest that stands.
        because: Reason, as it is kept.
        at_once: Open sittings become void too, and do not wait for the chair.

    Returns:
        As :func:`void_dependents` does.
    """
    signed = Workstream.objects.filter(case=case, state="signed", signed_by=person)
    if case.state != "open" or not signed:
        return ()
    voided = list(_streams(case, {row.stream: [because] for row in signed}))
    voided += unsettle(Sitting.objects.filter(case=case, state__in=("open", "closed")), [because], at_once=at_once)
    fall_back(case)
    return tuple(sorted(voided))


def void_verified(case: OfficeCase, person: Person, because: str, at: datetime) -> tuple[str, ...]:
    """Let fall what somebody with an interest has verified by documents, and what was asked for on it.

    Money that is out stays out; what it went out on has to be verified by somebody else all the same.

    Args:
        case: The case.
        person: Who has an interest that stands.
        because: Reason, as it is kept.
        at: Now.

    Returns:
        What fell: ``verification.report-2026q3-deliveries``, ``payment.t1``.
    """
    fallen = list(Verification.objects.filter(case=case, person=person, fell_at=None).order_by("pk"))
    numbers = {row.pk for row in fallen}
    Verification.objects.filter(pk__in=numbers).update(fell_at=at, fell_because=because)
    MilestoneReport.objects.filter(case=case, verification__in=numbers).update(verification=None)
    asked = [
        row
        for row in TrancheRelease.objects.filter(case=case, state="asked").order_by("pk")
        if numbers & set(row.rests_on)
    ]
    TrancheRelease.objects.filter(pk__in=[row.pk for row in asked]).update(state="fell", fell_because=because)
    return (*(f"verification.{row.fact}" for row in fallen), *(f"payment.{row.tranche}" for row in asked))


def _reasons(paths: list[str], touched: Mapping[str, str], concerns: set[str]) -> Mapping[str, list[str]]:
    """Why the sign-off of each stream no longer stands; streams that nothing concerns are not among them."""
    found: dict[str, list[str]] = {}
    for stream in (rule.id for rule in workflow().streams):
        facts = _facts({id: topic for id, topic in touched.items() if topic in ("", stream)})
        other = [path for path in paths if path.startswith(OTHER)] if not concerns or stream in concerns else []
        terms = [path for path in paths if path.startswith(TERMS)] if stream == LEGAL else []
        if facts or other or terms:
            found[stream] = [*other, *terms, *facts]
    return found


def _facts(touched: Mapping[str, str]) -> list[str]:
    return [f"{FACT}{id}" for id in sorted(touched)][:_MOST_FACTS]


def _streams(case: OfficeCase, reasons: Mapping[str, list[str]]) -> Iterator[str]:
    """Make signed streams void, and with each those that waited for it; one that is void has a reason more."""
    signed = {row.stream: row for row in Workstream.objects.filter(case=case, state__in=("signed", "void"))}
    void: set[str] = set()
    for rule in sorted(workflow().streams, key=lambda rule: len(rule.after)):
        row = signed.get(rule.id)
        before = [f"stream:{id}" for id in rule.after if id in void]
        because = [*reasons.get(rule.id, ()), *before]
        if row is None or not because:
            continue
        if row.state == "void":
            row.void_because = list(dict.fromkeys([*row.void_because, *because]))[:_MOST_REASONS]
            row.save(update_fields=["void_because"])
            continue
        row.state, row.void_because = "void", because
        row.save(update_fields=["state", "void_because"])
        void.add(rule.id)
        yield f"stream.{rule.id}"
