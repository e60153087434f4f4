"""Laboratories on the screen, each with the link that it could strengthen."""

from __future__ import annotations

from datetime import date

from rich.console import Console
from rich.table import Table

from guanzi.base.core import dump_json
from guanzi.cli.chains import WIDTH, places_of
from guanzi.cli.speech import say
from guanzi.intake.chains import load_chain
from guanzi.study.chains import match_laboratories


def show_laboratories(name: str, at: str, as_of: date | None, lang: str, as_json: bool) -> None:
    """Print, or write as JSON, laboratories of a place with the links that they fit, gaps first."""
    chain = load_chain(name)
    view, places = chain.view(as_of), places_of(chain, at)
    matches = match_laboratories(view, places)
    if as_json:
        data = [
            {
                "laboratory": m.laboratory.id,
                "component": m.component,
                "grade": m.grade,
                "codes": list(m.codes),
                "depth": m.depth,
                "likeness": round(m.likeness, 4),
                "founders": list(m.founders),
            }
            for m in matches
        ]
        print(dump_json(data), end="")
        return
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
