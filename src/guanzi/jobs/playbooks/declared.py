"""What can be asked of playbooks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from guanzi.console import Ask, AsOf
from guanzi.jobs.shared.question import JobQuestion, Nothing

if TYPE_CHECKING:
    from guanzi.record.evidence import CaseSource
else:
    CaseSource = str

AskedPlaybook = Annotated[str, Ask("argument.playbook", metavar="NAME|FILE", local=True)]


@dataclass(frozen=True, slots=True)
class PlaybookRequest:
    """Which playbook, by its name or file."""

    name: AskedPlaybook


@dataclass(frozen=True, slots=True)
class NewPlaybookRequest:
    """The name of a playbook to begin."""

    name: Annotated[str, Ask("argument.new_playbook", metavar="NAME", local=True)]


@dataclass(frozen=True, slots=True)
class CityRequest:
    """Which city is to run which playbook, and for which company.

    Attributes:
        playbook: Name or file of the playbook.
        city: Name or file of the city.
        case: Name or folder of the case whose company and deal are meant; None: the one that the city decided on the
            day, where the library holds it, else any.
        as_of: Knowledge date; None: the decision day of the case, else the day on which the playbook was made.
    """

    playbook: AskedPlaybook
    city: Annotated[str, Ask("option.city", "--city", "CITY", local=True)]
    case: Annotated[CaseSource | None, Ask("option.for_case", "--case", "CASE", local=True)] = None
    as_of: AsOf = None


_VERBS = "guanzi.jobs.playbooks.playbooks:"
_SCREEN = "guanzi.jobs.playbooks.commands.playbooks_screen:"
LISTED = JobQuestion("playbook list", Nothing, None, f"{_VERBS}list_playbooks", "list_data", f"{_SCREEN}show_playbooks")
SHOWN = JobQuestion("playbook show", PlaybookRequest, None, f"{_VERBS}find_playbook", screen=f"{_SCREEN}show_playbook")
CITY_FIT = JobQuestion(
    "playbook city-fit",
    CityRequest,
    None,
    "guanzi.jobs.playbooks.replicability:judge_city",
    screen="guanzi.jobs.playbooks.commands.replicability_screen:show_replicability",
)
CHECKED = JobQuestion(
    "playbook check",
    PlaybookRequest,
    None,
    f"{_VERBS}check_playbook",
    "check_data",
    f"{_SCREEN}show_check",
    holds="fine",
)
BEGUN = JobQuestion(
    "playbook new", NewPlaybookRequest, None, f"{_VERBS}begin_playbook", screen=f"{_SCREEN}show_begun", last=("lang",)
)
QUESTIONS = (LISTED, SHOWN, CITY_FIT, CHECKED, BEGUN)
