"""What can be asked of the appraisal of a case, beside the appraisal."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, AsOf, MaybePaths, MaybeSeed, Only, PlaybookName
from guanzi.jobs.shared.question import LAST, AskedCase, JobQuestion
from guanzi.jobs.shared.run import USUAL, Run

Threaded = Annotated[Run, Only(("threads",))]


@dataclass(frozen=True, slots=True)
class SensitivityRequest:
    """What is asked: which assumption moves the result; with ``facts`` also which fact, which takes a minute or two."""

    case: AskedCase
    as_of: AsOf = None
    playbook: PlaybookName = "hefei"
    facts: Annotated[bool, Ask("option.facts", "--facts")] = False
    run: Annotated[Run, Only(("paths", "seed"))] = USUAL


@dataclass(frozen=True, slots=True)
class ChangesRequest:
    """What is asked.

    Attributes:
        case: Name or folder of a case.
        since: An earlier appraisal (its file or folder), an earlier version of the folder of the case, or a day.
        as_of: Knowledge date of the present appraisal; None: the decision date.
        playbook: Name or file of the present playbook.
        paths: Of the present appraisal, and of an earlier one that is computed anew; None: those of the earlier one.
        seed: None likewise.
        run: How it is run; its paths and seed are those above.
        out: Folder of the page; None: one beside.
    """

    case: AskedCase
    since: Annotated[str, Ask("option.since", "--since", "FOLDER|FILE|DATE", local=True)]
    as_of: AsOf = None
    playbook: PlaybookName = "hefei"
    paths: MaybePaths = None
    seed: MaybeSeed = None
    run: Threaded = USUAL
    out: Annotated[Path | None, Ask("option.out", "--out", "DIR")] = None


@dataclass(frozen=True, slots=True)
class ProvenanceRequest:
    """What is asked: where a figure comes from.

    Attributes:
        case: Name or folder of a case.
        figure: Id of a figure of its appraisal.
        as_of: Knowledge date; None: the decision date.
        playbook: Name or file of the playbook.
        paths: None: those of an appraisal that lies in the default folder, else :data:`guanzi.jobs.shared.run.PATHS`.
        seed: None: that of an appraisal that lies in the default folder, else :data:`guanzi.jobs.shared.run.SEED`.
        run: How it is run; its paths and seed are those above.
        whole: Print the whole way, and not what fits one screen.
    """

    case: AskedCase
    figure: Annotated[str, Ask("argument.figure", metavar="FIGURE")]
    as_of: AsOf = None
    playbook: PlaybookName = "hefei"
    paths: MaybePaths = None
    seed: MaybeSeed = None
    run: Threaded = USUAL
    whole: Annotated[bool, Ask("option.long", "--long", local=True)] = False


_JOB = "guanzi.jobs.appraisal."
SENSITIVITY = JobQuestion(
    "sensitivity",
    SensitivityRequest,
    None,
    f"{_JOB}sensitivity:find_sensitivity",
    last=("paths", "seed", "facts", "page", *LAST),
)
CHANGES = JobQuestion("changes", ChangesRequest, None, f"{_JOB}changes:find_changes", pages="cli.changes.page")
WHY = JobQuestion(
    "why",
    ProvenanceRequest,
    None,
    f"{_JOB}provenance:follow",
    screen=f"{_JOB}commands.why_screen:show_why",
    last=(*LAST, "long"),
)
QUESTIONS = (SENSITIVITY, CHANGES, WHY)
