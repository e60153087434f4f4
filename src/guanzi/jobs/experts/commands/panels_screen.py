"""Asking experts on the screen: the form of a round, and what comes of filled-in ones."""

from __future__ import annotations

from guanzi.jobs.experts import panels
from guanzi.jobs.shared.show import print_message, show_json
from guanzi.render import document_screen


def new_form(request: panels.FormRequest, lang: str) -> None:
    """Write the form of a round, and say what to do with it."""
    form = panels.begin_form(request)
    questions = form.asked.form.questions
    if form.example:
        print_message("cli.experts.new.example", lang, file=str(form.source))
    print_message("cli.experts.new.form", lang, file=str(request.target), round=form.round, questions=len(questions))
    if any(question.seed is not None for question in questions):
        print_message("cli.experts.new.keep", lang, file=str(form.source))


def read_forms(request: panels.Request, lang: str, as_json: bool) -> None:
    """Read filled-in forms (or the file of a panel), print what comes of them, and where they are kept."""
    found = panels.read_answers(request)
    if as_json:
        show_json(panels.data(found))
        return
    print(document_screen(panels.document_of(found), lang))
    if found.stored is not None:
        print_message("cli.experts.read.stored", lang, file=str(found.stored))
