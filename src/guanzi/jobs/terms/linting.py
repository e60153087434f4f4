"""What is weak in term sheets, with paths on which it bites where they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import guanzi
from guanzi.advice.appraisal import lint_context
from guanzi.advice.structuring import Stories
from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.base.reading import YamlDocument, parse_yaml, read_yaml
from guanzi.deal.lint import RULES, Level, LintContext, lint, located, unjudged
from guanzi.deal.lint import sarif as as_sarif
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.jobs.rules.packselection import RulePackSelection
from guanzi.jobs.shared.deals import WORKBOOK, newest_in_book
from guanzi.jobs.shared.run import Run
from guanzi.jobs.terms.counterexamples import find_stories
from guanzi.jobs.terms.documents.lint import LintStudy, lint_document
from guanzi.record.evidence import View, in_cells, open_case
from guanzi.record.playbooks import load_playbook
from guanzi.render import Document


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        deals: Term sheets, workbooks or cases.
        as_of: Knowledge date; None: the decision date.
        playbook: Name or file of the playbook.
        selection: What judges public rules.
        by_file: Name lines of files also where a case came from a workbook, as tools that open files need it.
        simulated: How counterexamples are simulated; None: they are not looked for.
    """

    deals: tuple[str, ...]
    as_of: date | None = None
    playbook: str = "hefei"
    selection: RulePackSelection = field(default_factory=RulePackSelection)
    by_file: bool = False
    simulated: Run | None = None


def lint_deals(request: Request) -> tuple[LintStudy, ...]:
    """Lint term sheets and cases, in the order in which they were named.

    Raises:
        InvalidInput: None is named, or one of them cannot be read.
    """
    if not request.deals:
        raise InvalidInput(Problem(Message.of("desk.lint.nothing"), Place(""), Message.of("desk.lint.nothing.mend")))
    return tuple(_linted(text, request) for text in request.deals)


def has_errors(results: Sequence[LintStudy]) -> bool:
    """Whether a finding is an error."""
    return any(d.level == Level.ERROR for result in results for d in result.diagnostics)


def document_of(result: LintStudy) -> Document:
    """What is weak in a term sheet, as a document."""
    return lint_document(result)


def data(results: Sequence[LintStudy], lang: str) -> dict[str, Any]:
    """Findings as plain data, with their sentences in a language."""
    return {"sheets": [_plain(result, lang) for result in results]}


def sarif(results: Sequence[LintStudy], lang: str) -> dict[str, Any]:
    """Findings in the form that tools for code read."""
    found = [d for result in results for d in result.diagnostics]
    told = {d: story for result in results for d, story in result.stories.as_texts(lang).items()}
    return as_sarif(found, RULES, version=guanzi.__version__, lang=lang, stories=told)


def _linted(text: str, request: Request) -> LintStudy:
    sheet, document, context, view = _read(text, request)
    broken, open_rules = request.selection.diagnostics(sheet, view)
    found = located((*lint(sheet, context), *broken), document)
    stories = Stories()
    if request.simulated is not None:
        stories = find_stories(sheet, found, view, load_playbook(request.playbook), request.simulated)
    return LintStudy(text, sheet, document, found, unjudged(context), open_rules, stories)


def _read(text: str, request: Request) -> tuple[TermSheet, YamlDocument, LintContext, View | None]:
    """A term sheet from a file, about which nothing else is known; or the newest one of a case, with its view."""
    path = Path(text)
    if path.is_file() and path.suffix.lower() == WORKBOOK:
        document = newest_in_book(path, text, request.as_of)
        return parse_sheet(document), document, LintContext(), None
    if path.is_file():
        document = read_yaml(path, text)
        return parse_sheet(document), document, LintContext(), None
    case = open_case(text)
    view = case.view(request.as_of or case.decision_date)
    if view.sheet is None:
        cause = Message.of("desk.explain.no_sheet", case=text, day=view.as_of.isoformat())
        raise InvalidInput(Problem(cause, Place(str(case.folder / "terms")), Message.of("desk.explain.no_sheet.mend")))
    try:
        sheet = parse_sheet(view.sheet.document)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error
    document = _renamed(view.sheet.document, text) if path.is_dir() else view.sheet.document
    if not request.by_file:
        document = in_cells(case.folder, view.sheet, document)
    return parse_sheet(document), document, lint_context(view, sheet, load_playbook(request.playbook)), view


def _renamed(document: YamlDocument, folder: str) -> YamlDocument:
    """The document under the name by which the user would open it."""
    name = f"{folder.rstrip('/')}/{document.file}"
    return replace(parse_yaml(replace(document.source, name=name)), product=document.product)


def _plain(result: LintStudy, lang: str) -> dict[str, Any]:
    return {
        "name": result.name,
        "deal": result.sheet.deal,
        "diagnostics": [
            {
                **d.as_dict(),
                "text": render(d.message, lang),
                "mend_text": render(d.fix, lang) if d.fix else None,
                **({"counterexample": story} if (story := result.stories.data(d, lang)) else {}),
            }
            for d in result.diagnostics
        ],
        "rules_open": result.open_rules,
        "unjudged": [{"code": rule.code, "needs": list(rule.needs)} for rule in result.unjudged],
    }
