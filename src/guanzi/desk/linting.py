"""What is weak in term sheets, with paths on which it bites where they are asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import guanzi
from guanzi.advice.appraisal import lint_context
from guanzi.base.core import InvalidInput, Message, Place, Problem, render
from guanzi.base.reading import YamlDocument, parse_yaml, read_yaml
from guanzi.deal.lint import RULES, Diagnostic, Level, LintContext, LintRule, lint, located, unjudged
from guanzi.deal.lint import sarif as as_sarif
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.desk.counterexamples import Stories, find_stories
from guanzi.desk.court import Court
from guanzi.desk.deals import WORKBOOK, newest_in_book
from guanzi.desk.run import Run
from guanzi.record.evidence import View, find_case, in_cells, load_case
from guanzi.record.playbooks import load_playbook


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked.

    Attributes:
        deals: Term sheets, workbooks or cases.
        as_of: Knowledge date; None: the decision date.
        playbook: Name or file of the playbook.
        court: What judges public rules.
        by_file: Name lines of files also where a case came from a workbook, as tools that open files need it.
        simulated: How counterexamples are simulated; None: they are not looked for.
    """

    deals: tuple[str, ...]
    as_of: date | None = None
    playbook: str = "hefei"
    court: Court = field(default_factory=Court)
    by_file: bool = False
    simulated: Run | None = None


@dataclass(frozen=True, slots=True)
class Linted:
    """One term sheet and what was found in it."""

    name: str
    sheet: TermSheet
    document: YamlDocument
    diagnostics: tuple[Diagnostic, ...]
    unjudged: tuple[LintRule, ...]
    open_rules: int
    stories: Stories


def lint_deals(request: Request) -> tuple[Linted, ...]:
    """Lint term sheets and cases, in the order in which they were named.

    Raises:
        InvalidInput: None is named, or one of them cannot be read.
    """
    if not request.deals:
        raise InvalidInput(Problem(Message.of("desk.lint.nothing"), Place(""), Message.of("desk.lint.nothing.mend")))
    return tuple(_linted(text, request) for text in request.deals)


def has_errors(results: Sequence[Linted]) -> bool:
    """Whether a finding is an error."""
    return any(d.level == Level.ERROR for result in results for d in result.diagnostics)


def data(results: Sequence[Linted], lang: str) -> dict[str, Any]:
    """Findings as plain data, with their sentences in a language."""
    return {"sheets": [_plain(result, lang) for result in results]}


def sarif(results: Sequence[Linted], lang: str) -> dict[str, Any]:
    """Findings in the form that tools for code read."""
    found = [d for result in results for d in result.diagnostics]
    told = {d: story for result in results for d, story in result.stories.told(lang).items()}
    return as_sarif(found, RULES, version=guanzi.__version__, lang=lang, stories=told)


def _linted(text: str, request: Request) -> Linted:
    sheet, document, context, view = _read(text, request)
    broken, open_rules = request.court.diagnostics(sheet, view)
    found = located((*lint(sheet, context), *broken), document)
    stories = Stories()
    if request.simulated is not None:
        stories = find_stories(sheet, found, view, load_playbook(request.playbook), request.simulated)
    return Linted(text, sheet, document, found, unjudged(context), open_rules, stories)


def _read(text: str, request: Request) -> tuple[TermSheet, YamlDocument, LintContext, View | None]:
    """A term sheet from a file, about which nothing else is known; or the newest one of a case, with its view."""
    path = Path(text)
    if path.is_file() and path.suffix.lower() == WORKBOOK:
        document = newest_in_book(path, text, request.as_of)
        return parse_sheet(document), document, LintContext(), None
    if path.is_file():
        document = read_yaml(path, text)
        return parse_sheet(document), document, LintContext(), None
    case = load_case(find_case(text))
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
    return parse_yaml(replace(document.source, name=name))


def _plain(result: Linted, lang: str) -> dict[str, Any]:
    return {
        "name": result.name,
        "deal": result.sheet.deal,
        "diagnostics": [
            {
                **d.as_dict(),
                "text": render(d.message, lang),
                "mend_text": render(d.mend, lang) if d.mend else None,
                **({"counterexample": story} if (story := result.stories.data(d, lang)) else {}),
            }
            for d in result.diagnostics
        ],
        "rules_open": result.open_rules,
        "unjudged": [{"code": rule.code, "needs": list(rule.needs)} for rule in result.unjudged],
    }
