"""Following a figure to its facts, sources, model and seed, as a tree on the screen."""

from __future__ import annotations

from guanzi.jobs.appraisal import provenance
from guanzi.jobs.appraisal.commands.why_tree import on_one_screen, tree_lines
from guanzi.jobs.shared.show import show_json

WIDTH = 110


def show_why(request: provenance.Request, lang: str, *, as_json: bool, whole: bool = False) -> None:
    """Print where a figure comes from.

    Without ``whole`` it is what fits one screen: the steps next to the figure, and what else it rests on by number.
    """
    way = provenance.follow(request)
    if as_json:
        show_json(provenance.data(way))
        return
    command = f"guanzi why {request.case} {request.figure}"
    lines = list(tree_lines(way, lang, WIDTH)) if whole else on_one_screen(way, command, lang)
    print("\n".join(lines))
