"""New evidence makes void what rested on the old: sign-offs of the streams that it concerns, sittings and their votes.

It is called where a version is made, so that no action can forget it.
"""

from __future__ import annotations

from collections.abc import Iterable

from guanzi.office.models import AppraisalRun, OfficeCase, Sitting, Workstream

EVIDENCE = ("facts/", "documents/", "judgements/", "entities", "case.yaml", "effects")
"""Where evidence stands in a folder."""
TERMS = "terms/"


def void_dependents(case: OfficeCase, changed: Iterable[str], topics: Iterable[str]) -> tuple[str, ...]:
    """Make void what the change concerns, within the transaction of the action that makes it.

    Args:
        case: The case, with its new head.
        changed: Paths that changed.
        topics: Topics of the facts that changed; an empty one concerns every stream.

    Returns:
        What became void: ``stream.finance``, ``sitting.7``, ``appraisal.3``.
    """
    changed = sorted(changed)
    touched = set(topics)
    evidence = bool(touched) or any(path.startswith(EVIDENCE) for path in changed)
    terms = any(path.startswith(TERMS) for path in changed)
    if not (evidence or terms):
        return ()
    voided = []
    if evidence:
        for stream in Workstream.objects.filter(case=case, state="signed"):
            if "" in touched or stream.stream in touched or not touched:
                stream.state, stream.void_because = "void", changed
                stream.save(update_fields=["state", "void_because"])
                voided.append(f"stream.{stream.stream}")
    if terms:
        stream = Workstream.objects.filter(case=case, state="signed", stream="legal").first()
        if stream is not None:
            stream.state, stream.void_because = "void", changed
            stream.save(update_fields=["state", "void_because"])
            voided.append("stream.legal")
    resting = Sitting.objects.filter(case=case, state__in=("open", "closed"))
    if case.state != "open":  # what was signed stands; a new decision rests on new evidence
        resting = resting.filter(state="open")
    for sitting in resting:
        sitting.state, sitting.void_because = "void", changed
        sitting.save(update_fields=["state", "void_because"])
        voided.append(f"sitting.{sitting.pk}")
    for run in AppraisalRun.objects.filter(case=case, state__in=("queued", "running")):
        run.cancel = True
        run.save(update_fields=["cancel"])
        voided.append(f"appraisal.{run.pk}")
    return tuple(sorted(set(voided)))
