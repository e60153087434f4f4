"""Laboratories on the screen, each with the link that it could strengthen."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table

from guanzi.cli.show import WIDTH, show_json
from guanzi.cli.speech import say
from guanzi.desk import laboratories


def show_laboratories(request: laboratories.Request, lang: str, as_json: bool) -> None:
    """Print laboratories of a place with the links that they fit, gaps first."""
    result = laboratories.match(request)
    if as_json:
        show_json(laboratories.data(result))
        return
    view, matches = result.view, result.matches
    if not matches:
        print(say("cli.chain.labs.none", lang))
        return
    table = Table(box=None, pad_edge=False)
    for column in ("link", "state", "laboratory", "codes", "likeness", "founders"):
        table.add_column(say(f"cli.chain.column.{column}", lang), justify="right" if column == "likeness" else "left")
    for m in matches:
        table.add_row(
            view.components[m.component].name.said(lang),
            say(f"chains.grade.{m.grade}", lang),
            m.laboratory.name.said(lang),
            ", ".join(m.codes),
            say("chains.share.point", lang, low=m.likeness),
            ", ".join(view.firms[f].name.said(lang) for f in m.founders if f in view.firms),
        )
    Console(width=max(Console().width, WIDTH + 20)).print(table)
    print(say("cli.chain.labs.note", lang))
