"""What can be asked of experts' judgement."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from guanzi.console import Ask, Only
from guanzi.jobs.shared.question import JobQuestion
from guanzi.jobs.shared.run import USUAL, Run

Questions = Annotated[Path | None, Ask("option.questions", "--questions", "FILE")]


@dataclass(frozen=True, slots=True)
class PanelsRequest:
    """Which panels: a folder with a ``.dtt`` and a ``.rls`` file of each."""

    folder: Annotated[Path, Ask("argument.panels", metavar="FOLDER")]
    run: Annotated[Run, Only(())] = USUAL


@dataclass(frozen=True, slots=True)
class FormRequest:
    """Which form is written.

    Attributes:
        target: Where to; ends with ``.xlsx``.
        questions: What is asked; None: the file of the same name beside the form, which is made as an example if it is
            not there.
        after: Filled-in forms of the rounds before; then the form carries their answers, without names.
    """

    target: Annotated[Path, Ask("argument.form", metavar="FILE")]
    questions: Questions = None
    after: Annotated[tuple[Path, ...], Ask("option.after", "--after", "PATH")] = ()


@dataclass(frozen=True, slots=True)
class FormsRequest:
    """Which answers are read.

    Attributes:
        paths: Forms, folders of forms, or the one file of a panel with its answers.
        questions: What was asked; None: looked for beside the forms.
        case: Folder of the case that keeps the panel; None: it is not kept.
        names: Show and store the names of the experts.
    """

    paths: Annotated[tuple[Path, ...], Ask("argument.forms", metavar="FILE...")]
    questions: Questions = None
    case: Annotated[str | None, Ask("option.store", "--case", "CASE", local=True)] = None
    names: Annotated[bool, Ask("option.names", "--names")] = False


_SCREEN = "guanzi.jobs.experts.commands.experts_screen:"
QUESTIONS = (
    JobQuestion(
        "experts evaluate",
        PanelsRequest,
        None,
        "guanzi.jobs.experts.experts:evaluate",
        screen=f"{_SCREEN}show_evaluation",
    ),
    JobQuestion(
        "experts new",
        FormRequest,
        None,
        "guanzi.jobs.experts.panels:begin_form",
        screen=f"{_SCREEN}show_form",
        last=("lang",),
    ),
    JobQuestion(
        "experts read", FormsRequest, None, "guanzi.jobs.experts.panels:read_answers", screen=f"{_SCREEN}show_answers"
    ),
)
