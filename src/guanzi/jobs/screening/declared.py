"""What can be asked of people and companies: do names match, who is on a list, who is behind whom."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, CaseName, Only
from guanzi.jobs.shared.question import JobQuestion
from guanzi.jobs.shared.run import USUAL, Run

ListFile = Annotated[Path, Ask("argument.list", metavar="LIST")]
Schema = Annotated[str, Ask("option.schema", "--schema", "SCHEMA")]
Watched = Annotated[Run, Only(())]


@dataclass(frozen=True, slots=True)
class PairsRequest:
    """Which labelled pairs are judged: a CSV with schema, name1, name2, is_match, and category if it is there."""

    file: Annotated[Path, Ask("argument.pairs", metavar="FILE")]
    run: Annotated[Run, Only(("seed",))] = USUAL


@dataclass(frozen=True, slots=True)
class NamesRequest:
    """Which two names are compared, as those of what kind of bearer."""

    first: Annotated[str, Ask("argument.name", metavar="NAME")]
    second: Annotated[str, Ask("argument.other_name", metavar="NAME")]
    schema: Schema = "Person"


@dataclass(frozen=True, slots=True)
class ListRequest:
    """Which names are searched in which list; ``LegalEntity`` lets the words decide what kind of bearer it is."""

    file: ListFile
    names: Annotated[tuple[str, ...], Ask("argument.names", metavar="NAME...")]
    schema: Schema = "LegalEntity"
    run: Watched = USUAL


@dataclass(frozen=True, slots=True)
class CaseRequest:
    """Which case is searched in which lists: its company, and the people and companies of its entities."""

    case: CaseName
    lists: Annotated[tuple[Path, ...], Ask("option.list", "--list", "FILE")]
    run: Watched = USUAL


@dataclass(frozen=True, slots=True)
class OwnersRequest:
    """Who is asked for: those behind a company, by its id in a file of entities with their ties.

    Attributes:
        file: Entities with their ties.
        entity: Id of the company.
        buyers: Ids of those who buy from it, to be told apart: independent, or of the same hand.
    """

    file: ListFile
    entity: Annotated[str, Ask("argument.entity", metavar="ID")]
    buyers: Annotated[tuple[str, ...], Ask("option.buyer", "--buyer", "ID")] = ()


_JOB = "guanzi.jobs.screening."
_SCREEN = f"{_JOB}commands.screen_screen:"
QUESTIONS = (
    JobQuestion(
        "screen evaluate",
        PairsRequest,
        None,
        f"{_JOB}names:evaluate_matching",
        "evaluation_data",
        f"{_SCREEN}show_evaluation",
    ),
    JobQuestion("screen compare", NamesRequest, None, f"{_JOB}names:compare_names", screen=f"{_SCREEN}show_comparison"),
    JobQuestion("screen search", ListRequest, None, f"{_JOB}lists:search_names", screen=f"{_SCREEN}show_hits"),
    JobQuestion("screen case", CaseRequest, None, f"{_JOB}lists:search_case", screen=f"{_SCREEN}show_hits"),
    JobQuestion("screen behind", OwnersRequest, None, f"{_JOB}ownership:look_behind", screen=f"{_SCREEN}show_behind"),
)
