"""Commands on the library as a whole: does the method beat base rates?"""

from pathlib import Path
from typing import Annotated

from guanzi.console import (
    AsJson,
    Ask,
    CommandGroup,
    EngineName,
    Language,
    Out,
    Paths,
    PlaybookName,
    Seed,
    Threads,
    help_text,
    refusals,
)

app = CommandGroup()


@app.command(help=help_text("backtest"))
def backtest(
    library: Annotated[Path | None, Ask("option.library", "--library", "FOLDER")] = None,
    playbook: PlaybookName = "hefei",
    paths: Paths = 20_000,
    seed: Seed = 1,
    threads: Threads = None,
    engine: EngineName = "local",
    out: Out = None,
    doubtful: Annotated[bool, Ask("option.doubtful", "--include-doubtful")] = False,
    lang: Language = "en",
    as_json: AsJson = False,
) -> None:
    """Replay decided cases with what was known, and score the forecasts against what happened."""
    with refusals(lang):
        from guanzi.jobs.backtest import backtest as replay
        from guanzi.jobs.backtest.commands.backtest_screen import run_backtest
        from guanzi.jobs.shared import run as how
        from guanzi.jobs.shared.show import bars

        run = how.Run(paths, seed, threads, engine, bars(lang))
        run_backtest(replay.Request(library, playbook, doubtful, run), out, lang, as_json=as_json)
