"""What the commands of the office print."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.console import say
from guanzi.jobs.shared import show_json


def start(data: Path, at: tuple[str, int], lang: str, *, empty: bool) -> int:
    """Prepare a folder, fill an empty one with the demonstration, say where the office is, and serve it.

    Returns:
        Exit code.
    """
    from guanzi import office

    console = Console()
    host, port = at
    office.choose(data)
    with console.status(say("cli.office.preparing", lang)):
        office.prepare()
        office.require_free(host, port)
        told = {} if empty else office.demonstrate()
    if told:
        table = Table(title=say("cli.office.people", lang))
        for head in ("username", "password", "name", "roles"):
            table.add_column(say(f"cli.office.{head}", lang))
        for username, password in told.items():
            name, name_zh, roles = office.PEOPLE[username]
            words = ", ".join(say(f"office.role.{role}", lang) for role in roles)
            table.add_row(username, password, name_zh if lang == "zh" else name, words)
        console.print(table)
    print(say("cli.office.address", lang, address=f"http://{host}:{port}/", data=str(data)), flush=True)
    return int(office.serve(host, port))


def begin_office(data: Path, named: tuple[str, str, str], lang: str) -> None:
    """Make an organisation and its administrator in a folder, new or not, and tell the password once."""
    from guanzi import office

    office.choose(data)
    office.prepare()
    slug, name, administrator = named
    username, password = office.begin_organisation(slug, name, administrator)
    print(say("cli.office.begun", lang, name=name, administrator=username, password=password))


def confirm_change(data: Path, username: str, kind: str, lang: str) -> None:
    """Be the second of two people on the machine itself, and tell the second half of a password, if there is one."""
    half = opened(data).confirm_on_machine(username, kind)
    print(say("cli.office.confirmed_half" if half else "cli.office.confirmed", lang, name=username, half=half))


def show_lacking(data: Path, lang: str) -> int:
    """Say what an installation lacks.

    Returns:
        0: nothing; 1: something; 2 is for input that cannot be used.
    """
    office = opened(data, only_look=True)
    found = office.lacking()
    for one in found:
        sign = say("cli.office.grave" if one.grave else "cli.office.advised", lang)
        print(f"{sign}: {render(one.what, lang)}")
    if not found:
        print(say("cli.office.nothing_lacks", lang))
    return 1 if found else 0


def write_backup(data: Path, out: Path | None, lang: str) -> None:
    """Write an archive, and say where."""
    made = opened(data).back_up(out)
    print(say("cli.office.backed_up", lang, file=str(made.path), key=made.key))


def watch_deals(data: Path, lang: str) -> int:
    """Look at every signed deal, and say how many there were.

    Returns:
        0: all of them were tested; 1: some could not be.
    """
    night = opened(data).nightly()
    print(say("cli.office.watched", lang, n=night.cases, failed=night.failed))
    return 1 if night.failed else 0


def restore_backup(archive: Path, data: Path, expect: str, lang: str) -> None:
    """Bring an archive back, and check what came; ``expect``: the word of its key, or a checkpoint that was kept."""
    from guanzi import office

    office.restore(archive, data, expect)
    show_lacking(data, lang)


def do_action(action: str, asked: str, by: str, how: tuple[str, Path, str]) -> None:
    """Do an action, and print its answer."""
    key, data, lang = how
    try:
        given = json.loads(asked)
    except ValueError:
        given = None
    if not isinstance(given, dict):
        raise InvalidInput(Problem(Message.of("cli.office.no_json"), Place("JSON"), excerpt=asked))
    done = opened(data).do_as(by, action, given, key)
    print(say("cli.office.done", lang, entry=done.entry))
    show_json(done.as_data())


def export_case(case: str, out: Path, by: str, data: Path, lang: str) -> None:
    """Write a case as a folder, and say which version it is."""
    version = opened(data).export_as(by, case, out)
    told = {"case": case, "version": version.number, "hash": version.sha256, "folder": str(out)}
    print(say("cli.office.exported", lang, **told))


def record_case(case: str, out: Path, by: str, data: Path, lang: str) -> None:
    """Write the record of a case, and say how it is checked."""
    n = opened(data).record_as(by, case, out)
    print(say("cli.office.recorded", lang, n=n, folder=str(out)))


def import_case(folder: Path, by: str, data: Path, lang: str) -> None:
    """Open a case from a folder, and say where it is in the log."""
    done = opened(data).import_as(by, folder)
    print(say("cli.office.imported", lang, case=done.answer["case"], entry=done.entry))


def opened(data: Path, *, only_look: bool = False) -> Any:
    """The office of a folder that holds one; ``only_look``: nothing will be signed.

    Raises:
        InvalidInput: There is none.
        Unable: The key in the folder is not that of its log, and something is to be signed.
    """
    signs = ("log.key", "office.sqlite3", *(["secret"] if os.environ.get("DATABASE_URL") else []))
    if not any((data / name).is_file() for name in signs):  # without its key it is an office all the same
        raise InvalidInput(Problem(Message.of("cli.office.none"), Place(str(data)), Message.of("cli.office.none.mend")))
    from guanzi import office

    office.choose(data)
    office.prepare(only_look=only_look)
    return office


def serve_models(data: Path) -> None:
    """Serve a language model until it closes its end; the token of ``GUANZI_TOKEN`` is tried first."""
    office = opened(data)
    office.reader()
    try:
        server = office.model_server()
    except ModuleNotFoundError as error:
        fix = Message.of("cli.office.no_mcp.mend")
        raise InvalidInput(Problem(Message.of("cli.office.no_mcp"), Place("mcp"), fix)) from error
    server.run("stdio")
