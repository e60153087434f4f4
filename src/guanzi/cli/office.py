"""What the commands of the office print."""

from __future__ import annotations

from pathlib import Path

from rich.console import Console
from rich.table import Table

from guanzi.cli.speech import say


def start(data: Path, host: str, port: int, lang: str) -> int:
    """Prepare a folder, fill an empty one with the demonstration, say where the office is, and serve it.

    Returns:
        Exit code.
    """
    from guanzi import office

    office.choose(data)
    office.prepare()

    console = Console()
    told = office.demonstrate()
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
