"""Commands on public rules: read the packs, check one of your own, judge a deal by them."""

from pathlib import Path
from typing import Annotated

import typer

from guanzi.console import AsJson, Ask, AsOf, CommandGroup, Language, help_text, refusals
from guanzi.jobs.rules.declared import QUESTIONS, Answers, PackNames, RulesFolder, Today
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
rules_app = CommandGroup(help=help_text("rules"), no_args_is_help=True)
app.add_typer(rules_app, name="rules")

for _question in QUESTIONS:
    add_command(rules_app, _question)


@rules_app.command("check", help=help_text("rules.check"))
def rules_check(path: Annotated[Path, Ask("argument.pack", metavar="FILE|FOLDER")], lang: Language = "en") -> None:
    """Report everything that is wrong with packs of your own; exit code 1 when there is an error."""
    with refusals(lang):
        from guanzi.jobs.rules.commands.rules_screen import check_packs

        if not check_packs(path, lang):
            raise typer.Exit(1)


@rules_app.command("judge", help=help_text("rules.judge"))
def rules_judge(
    deal: Annotated[str, Ask("argument.lint", metavar="FILE|CASE")],
    as_of: AsOf = None,
    pack: PackNames = (),
    rules: RulesFolder = None,
    answers: Answers = None,
    today: Today = None,
    country: Annotated[str, Ask("option.country", "--country", "CODE")] = "",
    questions: Annotated[bool, Ask("option.all_questions", "--questions")] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Judge a deal by the law of its day: what it breaks, what it keeps, and which questions are open."""
    with refusals(lang):
        from guanzi.jobs.rules import judgement
        from guanzi.jobs.rules import packselection as selecting
        from guanzi.jobs.rules.commands.rules_screen import show_judgement

        selection = selecting.RulePackSelection(pack, rules, answers, today, country.upper())
        request = judgement.Request(deal, as_of, selection)
        show_judgement(request, lang, as_json=as_json, all_questions=questions)
