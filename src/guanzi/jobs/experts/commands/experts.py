"""Commands on expert judgement."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, CommandGroup, Language, Seed, help_text, refusals

app = CommandGroup()
experts_app = CommandGroup(help=help_text("experts"), no_args_is_help=True)
app.add_typer(experts_app, name="experts")

Questions = Annotated[
    Path | None, typer.Option("--questions", metavar="FILE", help=help_text("option.questions"), show_default=False)
]


@experts_app.command("evaluate", help=help_text("experts.evaluate"))
def experts_evaluate(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help=help_text("argument.panels"), show_default=False)],
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Compare performance weights with equal weights, out of sample, over panels whose seeds are known."""
    with refusals(lang):
        from guanzi.jobs.experts import experts
        from guanzi.jobs.experts.commands.experts_screen import show_evaluation
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        show_evaluation(experts.Request(folder, how.Run(watch=bars(lang))), lang, as_json)


@experts_app.command("new", help=help_text("experts.new"))
def experts_new(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.form"), show_default=False)],
    questions: Questions = None,
    after: Annotated[
        list[Path] | None, typer.Option("--after", metavar="PATH", help=help_text("option.after"), show_default=False)
    ] = None,
    lang: Language = "en",
) -> None:
    """Write the form that experts fill in offline."""
    with refusals(lang):
        from guanzi.jobs.experts import panels
        from guanzi.jobs.experts.commands.panels_screen import new_form

        new_form(panels.FormRequest(file, questions, tuple(after or ())), lang)


@experts_app.command("read", help=help_text("experts.read"))
def experts_read(
    forms: Annotated[
        list[Path], typer.Argument(metavar="FILE...", help=help_text("argument.forms"), show_default=False)
    ],
    questions: Questions = None,
    case: Annotated[
        str | None, typer.Option("--case", metavar="CASE", help=help_text("option.store"), show_default=False)
    ] = None,
    names: Annotated[bool, typer.Option("--names", help=help_text("option.names"))] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Read filled-in forms, weigh the experts and pool their answers."""
    with refusals(lang):
        from guanzi.jobs.experts import panels
        from guanzi.jobs.experts.commands.panels_screen import read_forms

        read_forms(panels.Request(tuple(forms), questions, case, names), lang, as_json)


@experts_app.command("rank", help=help_text("experts.rank"))
def experts_rank(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.ranking"), show_default=False)],
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Rank alternatives by several criteria and methods, with sensitivity to the weights."""
    with refusals(lang):
        from guanzi.jobs.ranking import ranking
        from guanzi.jobs.ranking.commands.ranking_screen import show_ranking
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        show_ranking(ranking.Request(file, how.Run(seed=seed, watch=bars(lang))), lang, as_json)
