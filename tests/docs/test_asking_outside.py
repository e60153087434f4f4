"""What asks another machine is told to the auditor, code by code; nothing else does."""

import ast
import re

from tests.sources import SRC

PAGE = SRC.parents[1] / "docs" / "howto" / "auditor.md"
REACH = {
    "socket", "ssl", "http.client", "urllib.request", "smtplib", "ftplib", "imaplib", "poplib", "xmlrpc.client",
    "multiprocessing.connection", "apprise", "distributed", "dask.distributed", "psycopg", "granian",
    "requests", "httpx", "aiohttp", "websockets", "urllib3",
}  # fmt: skip
"""Modules by which another machine can be asked, or can ask."""


def reached(text: str) -> set[str]:
    """Those of the modules that a piece of code imports."""
    found = set()
    for part in ast.walk(ast.parse(text)):
        if isinstance(part, ast.Import):
            found |= {name.name for name in part.names}
        elif isinstance(part, ast.ImportFrom) and part.module and not part.level:
            found |= {part.module, *(f"{part.module}.{name.name}" for name in part.names)}
    return {module for module in REACH if any(name == module or name.startswith(f"{module}.") for name in found)}


def test_every_file_that_can_ask_another_machine_is_told_to_the_auditor():
    told = re.findall(r"^\|.*\| (`[\w/.`, ]+) \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    files = {name for cell in told for name in re.findall(r"`([\w/]+\.py)`", cell)}
    reaching = {str(path.relative_to(SRC)) for path in SRC.rglob("*.py") if reached(path.read_text("utf-8"))}
    assert files == reaching


def test_an_import_in_any_form_is_seen():
    assert reached("from http import client") == {"http.client"}
    assert reached("def f():\n    import urllib.request as asking") == {"urllib.request"}
    assert not reached("from urllib.parse import quote")
