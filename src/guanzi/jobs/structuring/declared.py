"""What can be asked of several term sheets: their differences, what they are together, and which a budget pays for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from guanzi.console import Ask, AsOf, Only, PlaybookName
from guanzi.jobs.shared.question import LAST, JobQuestion
from guanzi.jobs.shared.run import USUAL, Run

Simulated = Annotated[Run, Only(("paths", "seed", "threads"))]
Together = Annotated[Run, Only(("paths", "seed", "threads", "engine"))]


@dataclass(frozen=True, slots=True)
class DifferenceRequest:
    """What is asked.

    Attributes:
        before: A term sheet: file, ``CASE``, ``CASE@DAY`` or ``CASE@NAME``.
        after: Another one.
        case: Whose company model is used; None: the case of the term sheets.
        as_of: Knowledge date of the model; None: the decision date.
        playbook: Name or file of the playbook.
        run: How it is run.
        words_only: Compare clauses alone.
    """

    before: Annotated[str, Ask("argument.version", metavar="A", local=True)]
    after: Annotated[str, Ask("argument.version", metavar="B", local=True)]
    case: Annotated[str | None, Ask("option.model_case", "--case", "CASE", local=True)] = None
    as_of: AsOf = None
    playbook: PlaybookName = "hefei"
    run: Simulated = USUAL
    words_only: Annotated[bool, Ask("option.words_only", "--words-only")] = False


@dataclass(frozen=True, slots=True)
class PortfolioRequest:
    """What is asked.

    Attributes:
        deals: Term sheets of cases, or the one file that names them.
        limits: Largest shares, each as ``GROUP=SHARE``.
        currency: Of the whole; None: that of the file, or of the first deal.
        as_of: Knowledge date of all; None: the decision date of each.
        playbook: Name or file of the playbook.
        run: How it is run; its paths are those of each deal.
    """

    deals: Annotated[tuple[str, ...], Ask("argument.portfolio", metavar="FILE|CASES", local=True)]
    limits: Annotated[tuple[str, ...], Ask("option.share_limit", "--limit", "GROUP=SHARE")] = ()
    currency: Annotated[str | None, Ask("option.portfolio_currency", "--currency", "CODE")] = None
    as_of: AsOf = None
    playbook: PlaybookName = "hefei"
    run: Together = USUAL


@dataclass(frozen=True, slots=True)
class BudgetRequest:
    """What is asked.

    Attributes:
        deals: Term sheets of cases that ask for money of the same year.
        budget: Money of the year, in millions of the currency.
        currency: Of budget and results; None: that of the first deal.
        as_of: Knowledge date of all; None: the decision date of each.
        playbook: Name or file of the playbook.
        run: How it is run; its paths are those of each deal.
    """

    deals: Annotated[tuple[str, ...], Ask("argument.candidates", metavar="CASES", local=True)]
    budget: Annotated[float, Ask("option.year_budget", "--budget", "MILLIONS", 0.0)]
    currency: Annotated[str | None, Ask("option.portfolio_currency", "--currency", "CODE")] = None
    as_of: AsOf = None
    playbook: PlaybookName = "hefei"
    run: Simulated = USUAL


_LAST = ("page", *LAST)
DIFFERENCE = JobQuestion(
    "diff", DifferenceRequest, None, "guanzi.jobs.structuring.difference:compare_deals", slow=True, last=_LAST
)
PORTFOLIO = JobQuestion(
    "portfolio", PortfolioRequest, None, "guanzi.jobs.structuring.portfolio:hold_together", slow=True, last=_LAST
)
BUDGET = JobQuestion(
    "budget", BudgetRequest, None, "guanzi.jobs.structuring.budgeting:choose_within", slow=True, last=_LAST
)
QUESTIONS = (DIFFERENCE, PORTFOLIO, BUDGET)
