"""Experts on the screen: does weighing them by performance pay, the form of a round, and what filled-in ones say."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from guanzi.console import say
from guanzi.jobs.experts import experts, panels
from guanzi.jobs.experts.declared import FormRequest
from guanzi.jobs.shared.show import print_message
from guanzi.render import document_screen


def show_evaluation(found: experts.Result, lang: str) -> None:
    """Print how performance weights do against equal weights on every panel of a folder."""
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


def show_form(form: panels.WrittenForm, lang: str, request: FormRequest) -> None:
    """Say what to do with the form of a round that was written."""
    questions = form.asked.form.questions
    if form.example:
        print_message("cli.experts.new.example", lang, file=str(form.source))
    print_message("cli.experts.new.form", lang, file=str(request.target), round=form.round, questions=len(questions))
    if any(question.seed is not None for question in questions):
        print_message("cli.experts.new.keep", lang, file=str(form.source))


def show_answers(found: panels.Result, lang: str) -> None:
    """Print what comes of filled-in forms (or the file of a panel), and where they are kept."""
    print(document_screen(panels.document_of(found), lang))
    if found.stored is not None:
        print_message("cli.experts.read.stored", lang, file=str(found.stored))
