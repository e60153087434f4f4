"""Commands on the distress of firms: measure the estimator on a labelled file."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, AsOf, CaseName, CommandGroup, Language, Seed, Threads, help_text, refusals

app = CommandGroup()
distress_app = CommandGroup(help=help_text("distress"), no_args_is_help=True)
app.add_typer(distress_app, name="distress")

PanelFile = Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.panel"), show_default=False)]
Where = Annotated[
    str | None, typer.Option("--where", metavar="EXPR", help=help_text("option.where"), show_default=False)
]
Firm = Annotated[
    str | None, typer.Option("--firm", metavar="COLUMN", help=help_text("option.firm"), show_default=False)
]
BaseRate = Annotated[
    float | None, typer.Option("--base-rate", metavar="P", help=help_text("option.base_rate"), show_default=False)
]

Years = Annotated[
    int | None,
    typer.Option("--horizon", metavar="YEARS", min=1, max=5, help=help_text("option.years"), show_default=False),
]


@distress_app.command("evaluate", help=help_text("distress.evaluate"))
def distress_evaluate(
    file: PanelFile,
    train: Annotated[
        Path | None, typer.Option("--train", metavar="FILE", help=help_text("option.train"), show_default=False)
    ] = None,
    where: Where = None,
    train_where: Annotated[
        str | None,
        typer.Option("--train-where", metavar="EXPR", help=help_text("option.train_where"), show_default=False),
    ] = None,
    label: Annotated[str, typer.Option("--label", metavar="COLUMN", help=help_text("option.label"))] = "bankrupt",
    firm: Firm = None,
    folds: Annotated[int, typer.Option("--folds", metavar="N", min=2, max=100, help=help_text("option.folds"))] = 10,
    repeats: Annotated[
        int, typer.Option("--repeats", metavar="N", min=1, max=20, help=help_text("option.repeats"))
    ] = 2,
    base_rate: BaseRate = None,
    seed: Seed = 1,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Measure the estimator of distress on a labelled file."""
    with refusals(lang):
        from guanzi.jobs.distress import distress
        from guanzi.jobs.distress.commands.distress_screen import evaluate_distress
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(seed=seed, threads=threads, watch=bars(lang))
        rows = distress.FirmRows(file, where, firm)
        request = distress.Request(rows, train, train_where, label, folds, repeats, base_rate, run)
        evaluate_distress(request, lang, as_json)


@distress_app.command("score", help=help_text("distress.score"))
def distress_score(
    file: PanelFile,
    model: Annotated[
        str | None, typer.Option("--model", metavar="NAME", help=help_text("option.model"), show_default=False)
    ] = None,
    where: Where = None,
    firm: Firm = None,
    base_rate: BaseRate = None,
    horizon: Years = None,
    as_of: AsOf = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Score the firms of a file with a shipped model."""
    with refusals(lang):
        from guanzi.jobs.distress import distress, scores
        from guanzi.jobs.distress.commands.distress_screen import score_firms

        rows = distress.FirmRows(file, where, firm)
        score_firms(scores.Request(rows, model, base_rate, horizon, as_of), lang, as_json)


@distress_app.command("case", help=help_text("distress.case"))
def distress_case(
    case: CaseName,
    as_of: AsOf = None,
    base_rate: BaseRate = None,
    horizon: Years = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Score the company of a case with the model that was known then."""
    with refusals(lang):
        from guanzi.jobs.distress import scores
        from guanzi.jobs.distress.commands.distress_screen import score_one_case

        score_one_case(scores.CompanyRequest(case, as_of, base_rate, horizon), lang, as_json)


@distress_app.command("models", help=help_text("distress.models"))
def distress_models(lang: Language = "en", as_json: AsJson = False) -> None:
    """List the shipped models with what their cards say."""
    with refusals(lang):
        from guanzi.jobs.distress.commands.distress_screen import list_models

        list_models(lang, as_json)
