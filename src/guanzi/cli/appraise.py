"""The main command: appraise a case, write the appraisal and the dossier, and say the result on one screen."""

from __future__ import annotations

import os
import shutil
import sys
import textwrap
from datetime import date
from hashlib import sha256
from pathlib import Path

from guanzi.advice.appraisal import appraise, to_json
from guanzi.advice.backtest import Hindsight, hindsight
from guanzi.base.core import Message, Progress, dump_json, render, wrap
from guanzi.cli.earlier import earlier_result, pages_on_request, replacement
from guanzi.cli.engines import engine_of
from guanzi.cli.files import write_results
from guanzi.cli.speech import say
from guanzi.cli.terminal import MARGIN, NARROW, summary_screen
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook


def default_folder(case_id: str, as_of: date) -> Path:
    """Where results go unless told otherwise."""
    return Path("guanzi-out") / case_id / as_of.isoformat()


def run_appraisal(
    text: str,
    as_of: date | None,
    playbook: str,
    paths: int,
    seed: int,
    out: Path | None,
    threads: int | None,
    lang: str,
    as_json: bool,
    *,
    reveal: bool = False,
    brief: bool = False,
    engine: str = "local",
    later_sources: bool = False,
) -> Path:
    """Appraise, write ``appraisal.json`` and ``dossier.html``, print the summary (or the JSON alone).

    Args:
        text: Name or folder of the case.
        as_of: Knowledge date; None: that of the decision.
        playbook: Name or file of the playbook.
        paths: Simulated paths.
        seed: Seed of the simulation.
        out: Folder of the results; None: see :func:`default_folder`.
        threads: None: as many as there are cores.
        lang: Language.
        as_json: Print the appraisal as JSON, and nothing else.
        reveal: Once ``appraisal.json`` is written, open the outcome, write ``hindsight.json`` and draw it into the
            dossier.
        brief: Write ``brief.html``, too.
        engine: Where paths are run, see :func:`guanzi.cli.engines.engine_of`.
        later_sources: Add the appendix of the auditor to ``appraisal.json`` and the dossier.

    Returns:
        The path of the dossier.
    """
    case = load_case(find_case(text))
    method = load_playbook(playbook)
    with engine_of(engine, threads) as where, Progress(Message.of("cli.progress.paths"), paths, lang=lang) as progress:
        appraisal = appraise(
            case, as_of, method, paths, seed, threads, progress.advance, engine=where, later_sources=later_sources
        )
    from guanzi.reports import brief_html, dossier_html  # loads late: charts need a large library

    content = to_json(appraisal)
    folder = out if out is not None else default_folder(case.id, appraisal.as_of)
    earlier = earlier_result(folder, content)
    asked_before = pages_on_request(folder)
    pages = {"brief.html": brief_html(appraisal, lang)} if brief else {}
    look = None
    if reveal:
        write_results(folder, {"appraisal.json": content})
        look = hindsight(case, appraisal, sha256(content.encode()).hexdigest())
        pages["hindsight.json"] = _as_json(look)
    write_results(folder, {"appraisal.json": content, "dossier.html": dossier_html(appraisal, lang, look), **pages})
    page = folder / "dossier.html"
    if earlier is not None:
        for sentence in replacement(earlier, appraisal, folder, asked_before - set(pages)):
            print("\n".join(wrap(render(sentence, lang), NARROW)), file=sys.stderr)
    if as_json:
        sys.stdout.write(content)
    else:
        print(summary_screen(appraisal, page, lang))
        if brief:
            print(say("cli.summary.brief", lang, page=str(folder / "brief.html")))
        if look is not None:
            told = say("cli.summary.hindsight", lang, sentence=render(look.sentences[0].model_dump(), lang))
            print(textwrap.fill(told, NARROW, subsequent_indent=" " * MARGIN))
    return page


def _as_json(look: Hindsight) -> str:
    """The text of ``hindsight.json``: sorted keys, two spaces of indentation, one line feed at the end."""
    data = look.model_dump(mode="json")
    return dump_json(data)


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
