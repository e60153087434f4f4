"""Where an appraisal stands: what was held on a day, that day, and the playbook; and one step from there to another."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from guanzi.record.evidence import Case, Fact
from guanzi.record.playbooks import Playbook


@dataclass(frozen=True, slots=True)
class Standpoint:
    """What an appraisal is a function of, beside paths and seed.

    Attributes:
        case: The case with nothing but what was held on the day.
        as_of: The day.
        playbook: The playbook.
        untold: Facts held on the day and left out of the case, as no rate told them in its currency.
    """

    case: Case
    as_of: date
    playbook: Playbook
    untold: tuple[Fact, ...] = ()


def standpoint(case: Case, as_of: date, playbook: Playbook) -> Standpoint:
    """The standpoint of a day; what came later is left out of its case, so that a later day adds nothing by itself."""
    return Standpoint(case.known_by(as_of), as_of, playbook)
