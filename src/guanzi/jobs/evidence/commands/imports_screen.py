"""Importing statements on the screen: what became of them."""

from __future__ import annotations

from guanzi.console import say
from guanzi.jobs.evidence import statements
from guanzi.jobs.shared.show import show_json


def import_statements(request: statements.Request, lang: str, *, as_json: bool) -> None:
    """Make facts of a statement and say what was left out or decided."""
    result = statements.import_statement(request)
    if as_json:
        show_json(statements.data(result))
        return
    counts = {"facts": len(result.draft.facts), "sources": len(result.sources), "corrections": result.corrections}
    print(say("cli.import.done", lang, file=str(result.file), **counts))
    for remark in result.draft.remarks:
        print(say("cli.evidence.remark", lang, remark=remark))
