"""Commands of the work-streams of due diligence: unit costs, patents, technology routes, users."""

from typing import Annotated

from guanzi.console import AsJson, Ask, AsOf, CommandGroup, Language, Seed, help_text, refusals
from guanzi.jobs.diligence.declared import QUESTIONS
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()


@app.command("unitcost", help=help_text("unitcost"))
def unitcost(
    model: Annotated[str, Ask("argument.unitcost", metavar="MODEL")],
    source: Annotated[str | None, Ask("argument.inputs", metavar="FILE|CASE")] = None,
    template: Annotated[bool, Ask("option.template", "--template")] = False,
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


for _question in QUESTIONS:
    add_command(app, _question)
