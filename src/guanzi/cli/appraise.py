"""The main command: appraise a case, write the appraisal and the dossier, and say the result on one screen."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

from guanzi.appraisal import appraise, to_json
from guanzi.cli.files import write_whole
from guanzi.cli.speech import say
from guanzi.cli.terminal import summary_screen
from guanzi.core import Message, Progress
from guanzi.evidence import find_case, load_case
from guanzi.playbooks import load_playbook
from guanzi.reports import dossier_html


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
) -> Path:
    """Appraise, write ``appraisal.json`` and ``dossier.html``, print the summary (or the JSON alone).

    Returns:
        The path of the dossier.
    """
    case = load_case(find_case(text))
    method = load_playbook(playbook)
    with Progress(Message.of("cli.progress.paths"), paths, lang=lang) as progress:
        appraisal = appraise(case, as_of, method, paths, seed, threads, progress.advance)
    content = to_json(appraisal)
    folder = out if out is not None else default_folder(case.id, appraisal.as_of)
    write_whole(folder, {"appraisal.json": content, "dossier.html": dossier_html(appraisal, lang)})
    page = folder / "dossier.html"
    if as_json:
        sys.stdout.write(content)
    else:
        print(summary_screen(appraisal, page, lang))
    return page


def try_next(case: str, page: Path, lang: str) -> None:
    """End of the demonstration: a clickable address and three commands that lead on."""
    print()
    print(say("cli.demo.open", lang, address=page.resolve().as_uri()))
    print(say("cli.demo.next", lang))
    for step in ("earlier", "why", "explain"):
        print("  " + say(f"cli.demo.next.{step}", lang, case=case))
