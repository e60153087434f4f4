"""Where an appraisal stands: what was held on a day, that day, and the playbook; and one step from there to another."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from guanzi.record.evidence import Case
from guanzi.record.playbooks import Playbook


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What an appraisal is a function of, beside paths and seed.

    Attributes:
        case: The case with nothing but what was held on the day.
        as_of: The day.
        playbook: The playbook.
    """

    case: Case
    as_of: date
    playbook: Playbook


def standpoint(case: Case, as_of: date, playbook: Playbook) -> Standpoint:
    """The standpoint of a day; what came later is left out of its case, so that a later day adds nothing by itself."""
    view = case.view(as_of)
    own = {fact.id for fact in case.facts}
    held = replace(
        case,
        facts=tuple(fact for fact in view.facts if fact.id in own),
        sheets=view.sheets,
        documents=view.documents,
        judgements=view.judgements,
        entities=view.dated,
        effects=view.effects,
    )
    return Standpoint(held, as_of, playbook)
