"""Commands on playbooks: read them, check one of your own, begin a new one."""

from typing import Annotated

from guanzi.console import (
    AsJson,
    Ask,
    AsOf,
    CaseName,
    CommandGroup,
    Language,
    Out,
    Paths,
    Seed,
    Threads,
    help_text,
    refusals,
)
from guanzi.jobs.playbooks import declared
from guanzi.jobs.shared.commands.asking import add_command

app = CommandGroup()
playbook_app = CommandGroup(help=help_text("playbook"), no_args_is_help=True)
app.add_typer(playbook_app, name="playbook")

for _question in (declared.LISTED, declared.SHOWN):
    add_command(playbook_app, _question)


@playbook_app.command("compare", help=help_text("playbook.compare"))
def playbook_compare(
    case: CaseName,
    playbooks: Annotated[str | None, Ask("option.playbooks", "--playbooks", "NAME,NAME")] = None,
    as_of: AsOf = None,
    paths: Paths = 20_000,
    seed: Seed = 1,
    out: Out = None,
    threads: Threads = None,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Read a case with several playbooks; write ``comparison.json`` and ``comparison.html``."""
    with refusals(lang):
        from guanzi.jobs.appraisal import comparison
        from guanzi.jobs.appraisal.commands.comparison_screen import run_comparison
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, watch=bars(lang))
        names = comparison.CITIES if playbooks is None else tuple(playbooks.split(","))
        run_comparison(comparison.Request(case, names, as_of, run), out, lang, as_json=as_json)


for _question in (declared.CITY_FIT, declared.CHECKED, declared.BEGUN):
    add_command(playbook_app, _question)
