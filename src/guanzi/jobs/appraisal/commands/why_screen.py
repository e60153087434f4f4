"""Following a figure to its facts, sources, model and seed, as a tree on the screen."""

from __future__ import annotations

from guanzi.advice.appraisal import Why
from guanzi.jobs.appraisal.commands.why_tree import on_one_screen, tree_lines
from guanzi.jobs.appraisal.declared import ProvenanceRequest

WIDTH = 110


def show_why(way: Why, lang: str, request: ProvenanceRequest) -> None:
    """Print where a figure comes from; not the whole way, but what fits one screen, where it is not asked for."""
    command = f"guanzi why {request.case} {request.figure}"
    lines = list(tree_lines(way, lang, WIDTH)) if request.whole else on_one_screen(way, command, lang)
    print("\n".join(lines))
