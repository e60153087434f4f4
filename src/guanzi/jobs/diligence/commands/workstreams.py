"""Commands of the work-streams of due diligence: unit costs, patents, technology routes, users."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, AsOf, CommandGroup, Language, Seed, help_text, refusals

app = CommandGroup()


@app.command("unitcost", help=help_text("unitcost"))
def unitcost(
    model: Annotated[str, typer.Argument(metavar="MODEL", help=help_text("argument.unitcost"), show_default=False)],
    source: Annotated[
        str | None, typer.Argument(metavar="FILE|CASE", help=help_text("argument.inputs"), show_default=False)
    ] = None,
    template: Annotated[bool, typer.Option("--template", help=help_text("option.template"))] = False,
    as_of: AsOf = None,
    seed: Seed = 1,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Cost of a unit over the life of what makes it, and the volume at which it breaks even."""
    with refusals(lang):
        from guanzi.jobs.diligence import unitcost as costs
        from guanzi.jobs.diligence.commands.unitcost_screen import show_unit_cost, write_template
        from guanzi.jobs.shared import run as how

        if template:
            write_template(model, lang)
        else:
            show_unit_cost(costs.Request(model, source, as_of, how.Run(seed=seed)), lang, as_json)


Facts = Annotated[bool, typer.Option("--facts", help=help_text("option.as_facts"))]


@app.command("patents", help=help_text("patents"))
def patents(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.patents"), show_default=False)],
    company: Annotated[str, typer.Option("--company", metavar="NAME", help=help_text("option.company"))] = "",
    staff: Annotated[
        Path | None, typer.Option("--staff", metavar="FILE", help=help_text("option.staff"), show_default=False)
    ] = None,
    as_of: AsOf = None,
    facts: Facts = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Read a portfolio of patents from the export of an office or a data base."""
    with refusals(lang):
        from guanzi.jobs.diligence import patents as portfolio
        from guanzi.jobs.diligence.commands.technology_screen import show_patents

        request = portfolio.Request(file, as_of or date.today(), company, staff)
        show_patents(request, facts, lang, as_json)


@app.command("routes", help=help_text("routes"))
def routes(
    source: Annotated[str, typer.Argument(metavar="FILE|CASE", help=help_text("argument.routes"), show_default=False)],
    ahead: Annotated[int, typer.Option("--ahead", metavar="YEARS", min=1, max=30, help=help_text("option.ahead"))] = 5,
    target: Annotated[
        float, typer.Option("--target", metavar="SHARE", min=0.001, max=0.999, help=help_text("option.target"))
    ] = 0.5,
    as_of: AsOf = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Route against route: where do their shares go, and what would have to be true."""
    with refusals(lang):
        from guanzi.jobs.diligence import routes as service
        from guanzi.jobs.diligence.commands.technology_screen import show_routes

        show_routes(service.Request(source, as_of, ahead, target), lang, as_json)


@app.command("users", help=help_text("users"))
def users(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=help_text("argument.users"), show_default=False)],
    as_of: AsOf = None,
    facts: Facts = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Do users stay, and are their orders paid, at arm's length and repeated."""
    with refusals(lang):
        from guanzi.jobs.diligence import users as service
        from guanzi.jobs.diligence.commands.users_screen import show_users

        show_users(service.Request(file, as_of or date.today()), facts, lang, as_json)
