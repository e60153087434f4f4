"""The main command on one screen: the result, what it replaced, and what to call next."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from pathlib import Path

from guanzi.advice.appraisal import precision_message
from guanzi.base.core import render, wrap
from guanzi.console import say
from guanzi.jobs.appraisal import appraisal
from guanzi.jobs.appraisal.commands.first_screen import MARGIN, NARROW, summary_screen
from guanzi.jobs.shared.show import show_json, show_oddities


def run_appraisal(request: appraisal.Request, pages: appraisal.PagesRequest, *, as_json: bool = False) -> Path:
    """Appraise, write the files, print the summary (or the JSON alone).

    Returns:
        The path of the dossier.
    """
    lang = pages.lang
    result = appraisal.appraise(request)
    if result.scan is not None:
        show_oddities(result.scan.panel, lang)
    written = appraisal.write(result, pages)
    for sentence in written.replaced:
        print("\n".join(wrap(render(sentence, lang), NARROW)), file=sys.stderr)
    if as_json:
        show_json(appraisal.data(result))
        return written.dossier
    print(summary_screen(result.appraisal, written.dossier, lang))
    if result.reached is not None:
        reached = precision_message(result.reached, result.appraisal.case.currency)
        print("\n".join(wrap(render(reached, lang), NARROW)))
    if written.brief is not None:
        print(say("cli.summary.brief", lang, page=str(written.brief)))
    if written.hindsight is not None:
        told = say("cli.summary.hindsight", lang, sentence=render(written.hindsight.sentences[0].model_dump(), lang))
        print(textwrap.fill(told, NARROW, subsequent_indent=" " * MARGIN))
    return written.dossier


def try_next(case: str, page: Path, lang: str) -> None:
    """End of the demonstration: a clickable address and three commands that lead on."""
    print()
    print(say("cli.demo.open", lang, address=page.resolve().as_uri()))
    print(say("cli.demo.next", lang))
    for step in ("earlier", "why", "explain"):
        print("  " + say(f"cli.demo.next.{step}", lang, command=called_as(), case=case))


def called_as() -> str:
    """How the person can call this command again: its name where the shell finds it, else the path it was called by."""
    return "guanzi" if shutil.which("guanzi") else os.path.relpath(sys.argv[0])
