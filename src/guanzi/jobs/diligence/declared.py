"""What can be asked in due diligence: of patents, technology routes and users."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, AsOf, Today
from guanzi.jobs.shared.question import LAST, JobQuestion

AsFacts = Annotated[bool, Ask("option.as_facts", "--facts", local=True)]


@dataclass(frozen=True, slots=True)
class PatentsRequest:
    """Which portfolio is read.

    Attributes:
        file: CSV of a patent office or data base.
        day: Day of the analysis; None: today.
        company: Part of the holder's name; empty: all documents are the company's.
        staff: Names of those who still work there, one a line; None: not known.
        facts: Print the figures as facts of a case.
    """

    file: Annotated[Path, Ask("argument.patents", metavar="FILE")]
    day: Today = None
    company: Annotated[str, Ask("option.company", "--company", "NAME")] = ""
    staff: Annotated[Path | None, Ask("option.staff", "--staff", "FILE")] = None
    facts: AsFacts = False

    @property
    def on(self) -> date:
        """Day of the analysis."""
        return self.day or date.today()


@dataclass(frozen=True, slots=True)
class RoutesRequest:
    """Which routes are compared.

    Attributes:
        source: CSV of yearly sales or shares, or a case.
        as_of: Of a case: knowledge date; None: the decision date.
        ahead: Years ahead.
        target: Share that would have to be reached.
    """

    source: Annotated[str, Ask("argument.routes", metavar="FILE|CASE", local=True)]
    as_of: AsOf = None
    ahead: Annotated[int, Ask("option.ahead", "--ahead", "YEARS", 1, 30)] = 5
    target: Annotated[float, Ask("option.target", "--target", "SHARE", 0.001, 0.999)] = 0.5


@dataclass(frozen=True, slots=True)
class UsersRequest:
    """Which list is read: a CSV of users with the days on which they joined and left, or of orders.

    Attributes:
        file: The list.
        day: Its last day; None: today.
        facts: Print the figures as facts of a case.
    """

    file: Annotated[Path, Ask("argument.users", metavar="FILE")]
    day: Today = None
    facts: AsFacts = False

    @property
    def on(self) -> date:
        """Last day of the list."""
        return self.day or date.today()


_JOB = "guanzi.jobs.diligence."
_SCREEN = f"{_JOB}commands.technology_screen:"
PATENTS = JobQuestion(
    "patents",
    PatentsRequest,
    None,
    f"{_JOB}patents:read_patents",
    screen=f"{_SCREEN}show_patents",
    last=("as_of", "facts", *LAST),
)
ROUTES = JobQuestion(
    "routes",
    RoutesRequest,
    None,
    f"{_JOB}routes:compare_routes",
    screen=f"{_SCREEN}show_routes",
    last=("ahead", "target", "as_of", *LAST),
)
USERS = JobQuestion(
    "users", UsersRequest, None, f"{_JOB}users:judge_users", screen=f"{_JOB}commands.users_screen:show_users"
)
QUESTIONS = (PATENTS, ROUTES, USERS)
