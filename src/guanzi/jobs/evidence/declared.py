"""What can be asked of the evidence of a case, and of which shape the answers are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, TypedDict

from guanzi.console import Ask, CaseName, KnownBy, PlaybookName
from guanzi.jobs.shared.question import LAST, WITH_PAGE, JobQuestion


@dataclass(frozen=True, slots=True)
class ReviewRequest:
    """What is asked.

    Attributes:
        case: Name or folder of a case.
        playbook: Name of the playbook of the appraisal that is to come.
        accept: Rename facts to the nearest names of the vocabulary.
        confirm: Confirm doubtful facts with this reason; None: they stay doubtful.
        facts: Ids to which both are limited; empty for all that one step can settle.
        xlsx: Write the case with the list as a workbook.
        every: Show all rows.
    """

    case: CaseName
    playbook: PlaybookName = "hefei"
    accept: Annotated[bool, Ask("option.accept_names", "--accept-names", local=True)] = False
    confirm: Annotated[str | None, Ask("option.confirm", "--confirm", "REASON", local=True)] = None
    facts: Annotated[tuple[str, ...], Ask("option.review_fact", "--fact", "ID", local=True)] = ()
    xlsx: Annotated[Path | None, Ask("option.review_xlsx", "--xlsx", "FILE")] = None
    every: Annotated[bool, Ask("option.review_all", "--all", local=True)] = False


class CoreChecksData(TypedDict):
    """Checks at the core of an appraisal, and how many of them have the facts that they need."""

    held: int
    checks: int


class CaseNeedData(TypedDict):
    """What a case needs; ``effect``: share of the spread of the result that would go, null where it is not known."""

    kind: str
    effect: float | None
    what: str
    mend: str
    place: str
    fact: str | None
    one_step: bool


class ReviewData(TypedDict):
    """What a case still needs to carry a forecast, in the order of its effect on what is measured."""

    measured: str | None
    payments: bool
    core_checks: CoreChecksData
    needs: list[CaseNeedData]


@dataclass(frozen=True, slots=True)
class FiguresRequest:
    """Of which city, market, province or case, the day by which figures were known (None: all), and some to compare."""

    of: Annotated[str, Ask("argument.figures_of", metavar="CITY|TRACK|CASE")]
    as_of: KnownBy = None
    compare: Annotated[str, Ask("option.compare", "--compare", "ID,ID")] = ""


type Words = str | dict[str, str]
"""Words, or words by language."""


class FigureData(TypedDict):
    """A figure; ``value``: bounds where only they are known."""

    id: str
    subject: Words
    name: Words
    period: str
    value: float | Words | bool | list[float]
    unit: str
    known_on: str
    publisher: Words
    note: Words | None


class ComparisonData(TypedDict):
    """Figures compared: lowest and highest of sum, difference and ratio; null where that cannot be told."""

    figures: list[str]
    units: list[str]
    known_on: str
    total: list[float] | None
    difference: list[float] | None
    ratio: list[float] | None


class FiguresData(TypedDict):
    """What is known of a subject; ``as_of``: null where all count; ``comparison``: null where none was asked."""

    of: str
    name: Words
    as_of: str | None
    comparison: ComparisonData | None
    figures: list[FigureData]


FIGURES = JobQuestion("figures", FiguresRequest, FiguresData, "guanzi.jobs.evidence.figures:known", last=WITH_PAGE)
REVIEW = JobQuestion(
    "case review",
    ReviewRequest,
    ReviewData,
    "guanzi.jobs.evidence.review:settle",
    slow=True,
    screen="guanzi.jobs.evidence.commands.review_screen:show_review",
    last=("xlsx", "all", "playbook", *LAST),
)
QUESTIONS = (FIGURES, REVIEW)
