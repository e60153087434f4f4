"""Commands on public rules: read the packs, check one of your own, judge a deal by them."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, AsOf, CommandGroup, Language, day_of, help_text, refusals

app = CommandGroup()
rules_app = CommandGroup(help=help_text("rules"), no_args_is_help=True)
app.add_typer(rules_app, name="rules")

PackNames = Annotated[
    list[str] | None, typer.Option("--pack", metavar="PACK", help=help_text("option.pack"), show_default=False)
]
RulesFolder = Annotated[
    Path | None, typer.Option("--rules", metavar="FOLDER", help=help_text("option.rules"), show_default=False)
]
Today = Annotated[
    str | None, typer.Option("--today", metavar="DATE", help=help_text("option.today"), show_default=False)
]
Answers = Annotated[
    Path | None, typer.Option("--answers", metavar="FILE", help=help_text("option.answers"), show_default=False)
]


@rules_app.command("list", help=help_text("rules.list"))
def rules_list(
    pack: PackNames = None, rules: RulesFolder = None, lang: Language = "en", as_json: AsJson = False
) -> None:
    """List the rules of the packs."""
    with refusals(lang):
        from guanzi.jobs.rules.commands.rules_screen import list_rules

        list_rules(tuple(pack or ()), rules, lang, as_json=as_json)


@rules_app.command("show", help=help_text("rules.show"))
def rules_show(
    id: Annotated[str, typer.Argument(metavar="ID", help=help_text("argument.rule"), show_default=False)],
    rules: RulesFolder = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Show one rule: what it asks, its law and evidence, its test, and what fixes a breach."""
    with refusals(lang):
        from guanzi.jobs.rules.commands.rules_screen import show_rule

        show_rule(id, rules, lang, as_json=as_json)


@rules_app.command("check", help=help_text("rules.check"))
def rules_check(
    path: Annotated[Path, typer.Argument(metavar="FILE|FOLDER", help=help_text("argument.pack"), show_default=False)],
    lang: Language = "en",
) -> None:
    """Report everything that is wrong with packs of your own; exit code 1 when there is an error."""
    with refusals(lang):
        from guanzi.jobs.rules.commands.rules_screen import check_packs

        if not check_packs(path, lang):
            raise typer.Exit(1)


@rules_app.command("judge", help=help_text("rules.judge"))
def rules_judge(
    deal: Annotated[str, typer.Argument(metavar="FILE|CASE", help=help_text("argument.lint"), show_default=False)],
    as_of: AsOf = None,
    pack: PackNames = None,
    rules: RulesFolder = None,
    answers: Answers = None,
    today: Today = None,
    country: Annotated[
        str, typer.Option("--country", metavar="CODE", help=help_text("option.country"), show_default=False)
    ] = "",
    questions: Annotated[bool, typer.Option("--questions", help=help_text("option.all_questions"))] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Judge a deal by the law of its day: what it breaks, what it keeps, and which questions are open."""
    with refusals(lang):
        from guanzi.jobs.rules import judgement
        from guanzi.jobs.rules import packselection as selecting
        from guanzi.jobs.rules.commands.rules_screen import show_judgement

        selection = selecting.RulePackSelection(
            tuple(pack or ()), rules, answers, day_of(today, "--today"), country.upper()
        )
        request = judgement.Request(deal, as_of, selection)
        show_judgement(request, lang, as_json=as_json, all_questions=questions)
