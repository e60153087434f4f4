"""Expert judgement on the screen: does weighing experts by their performance pay."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.console import say
from guanzi.jobs.experts import experts
from guanzi.jobs.shared.show import show_json, show_warnings


def show_evaluation(request: experts.Request, lang: str, as_json: bool) -> None:
    """Print how performance weights do against equal weights on every panel of a folder."""
    found = experts.evaluate(request)
    show_warnings(found.left_out, lang)
    if as_json:
        show_json(experts.data(found))
        return
    table = Table(box=None, pad_edge=False)
    for name in ("panel", "experts", "seeds", "equal", "left_out", "in_sample", "better"):
        table.add_column(say(f"cli.experts.{name}", lang), justify="left" if name == "panel" else "right")
    for result in found.results:
        scores = (f"{p.score:.3f}" for p in (result.equal, result.left_out, result.in_sample))
        better = say("cli.experts.weighted" if result.win else "cli.experts.alike", lang)
        table.add_row(Text(result.panel), str(result.experts), str(result.seeds), *scores, better)
    Console().print(table)
    print(say("cli.experts.wins", lang, wins=sum(r.win for r in found.results), panels=len(found.results)))
    same = tuple(f"{r.panel} = {r.same_as}" for r in found.results if r.same_as)
    if same:
        print(say("cli.experts.same", lang, same=same))
    for short in found.unscored:
        print(say("cli.experts.unscored", lang, panel=short.panel, experts=short.experts, seeds=short.seeds))
