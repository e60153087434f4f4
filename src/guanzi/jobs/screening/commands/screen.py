"""Commands on people and companies: do names match, who is on a list."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, CaseName, CommandGroup, Language, Seed, help_text, refusals

app = CommandGroup()
screen_app = CommandGroup(help=help_text("screen"), no_args_is_help=True)
app.add_typer(screen_app, name="screen")

ListFile = Annotated[Path, typer.Argument(metavar="LIST", help=help_text("argument.list"), show_default=False)]
Schema = Annotated[str, typer.Option("--schema", metavar="SCHEMA", help=help_text("option.schema"))]


@screen_app.command("evaluate", help=help_text("screen.evaluate"))
def screen_evaluate(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.pairs"), show_default=False)],
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Measure name matching on labelled pairs."""
    with refusals(lang):
        from guanzi.jobs.screening import names
        from guanzi.jobs.screening.commands.screen_screen import show_evaluation
        from guanzi.jobs.shared import run as how

        show_evaluation(names.PairsRequest(file, how.Run(seed=seed)), lang, as_json)


@screen_app.command("compare", help=help_text("screen.compare"))
def screen_compare(
    first: Annotated[str, typer.Argument(metavar="NAME", help=help_text("argument.name"), show_default=False)],
    second: Annotated[str, typer.Argument(metavar="NAME", help=help_text("argument.other_name"), show_default=False)],
    schema: Schema = "Person",
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Compare two names and say why."""
    with refusals(lang):
        from guanzi.jobs.screening import names
        from guanzi.jobs.screening.commands.screen_screen import show_comparison

        show_comparison(names.Request(first, second, schema), lang, as_json)


@screen_app.command("search", help=help_text("screen.search"))
def screen_search(
    file: ListFile,
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help=help_text("argument.names"), show_default=False)
    ],
    schema: Schema = "LegalEntity",
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Search names in a list."""
    with refusals(lang):
        from guanzi.jobs.screening import lists
        from guanzi.jobs.screening.commands.lists_screen import search_names
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        request = lists.Request(file, tuple(names), schema, how.Run(watch=bars(lang)))
        search_names(request, lang, as_json)


@screen_app.command("case", help=help_text("screen.case"))
def screen_case(
    case: CaseName,
    lists: Annotated[list[Path], typer.Option("--list", metavar="FILE", help=help_text("option.list"))],
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Search the company of a case, and the people and companies of its entities.ftm.json, in lists."""
    with refusals(lang):
        from guanzi.jobs.screening import lists as service
        from guanzi.jobs.screening.commands.lists_screen import search_case
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        search_case(service.CaseRequest(case, tuple(lists), how.Run(watch=bars(lang))), lang, as_json)


@screen_app.command("behind", help=help_text("screen.behind"))
def screen_behind(
    file: ListFile,
    entity: Annotated[str, typer.Argument(metavar="ID", help=help_text("argument.entity"), show_default=False)],
    buyers: Annotated[list[str] | None, typer.Option("--buyer", metavar="ID", help=help_text("option.buyer"))] = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Say who is behind a company: shares in the end, control, circles, common directors and addresses."""
    with refusals(lang):
        from guanzi.jobs.screening import ownership
        from guanzi.jobs.screening.commands.lists_screen import show_behind

        show_behind(ownership.Request(file, entity, tuple(buyers or ())), lang, as_json)
