"""What is weak in term sheets, printed like a compiler, as JSON, or as SARIF."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import guanzi
from guanzi.advice.appraisal import lint_context
from guanzi.base.core import InvalidInput, Message, Place, Problem, format_problem, nearest, render, wrap
from guanzi.base.reading import YamlDocument, parse_yaml, read_yaml
from guanzi.cli.rules import Court, newest_in_book, show_rule
from guanzi.cli.speech import say
from guanzi.cli.stories import Simulated, Stories
from guanzi.deal import compliance
from guanzi.deal.lint import (
    LEVELS,
    RULES,
    Diagnostic,
    Level,
    LintContext,
    Rule,
    as_problem,
    lint,
    located,
    sarif,
    unjudged,
)
from guanzi.deal.terms import TermSheet, parse_sheet
from guanzi.record.evidence import View, find_case, in_cells, load_case
from guanzi.record.playbooks import load_playbook

WIDTH = 100


@dataclass(frozen=True, slots=True)
class Linted:
    """One term sheet and what was found in it."""

    name: str
    sheet: TermSheet
    document: YamlDocument
    diagnostics: tuple[Diagnostic, ...]
    unjudged: tuple[Rule, ...]
    open_rules: int
    stories: Stories


def run_lint(
    texts: Sequence[str],
    as_of: date | None,
    playbook: str,
    court: Court,
    lang: str,
    simulated: Simulated | None = None,
    *,
    as_json: bool,
    as_sarif: bool,
) -> bool:
    """Lint term sheets and cases and print what was found, with counterexamples where these are asked for.

    Returns:
        True when no diagnostic is an error.
    """
    if not texts:
        raise InvalidInput(Problem(Message.of("cli.lint.nothing"), Place(""), Message.of("cli.lint.nothing.mend")))
    results = [lint_one(text, as_of, playbook, court, simulated, lang, by_file=as_sarif) for text in texts]
    if as_sarif:
        found = [d for result in results for d in result.diagnostics]
        told = {d: story for result in results for d, story in result.stories.told(lang).items()}
        _dump(sarif(found, RULES, version=guanzi.__version__, lang=lang, stories=told))
    elif as_json:
        _dump({"sheets": [_plain(result, lang) for result in results]})
    else:
        for result in results:
            _print(result, lang)
    return all(d.level != Level.ERROR for result in results for d in result.diagnostics)


def lint_one(
    text: str,
    as_of: date | None,
    playbook: str,
    court: Court,
    simulated: Simulated | None,
    lang: str,
    *,
    by_file: bool = False,
) -> Linted:
    """One term sheet, by its file or its case, with all that was found.

    Args:
        text: A term sheet, a workbook or a case.
        as_of: Day of the view.
        playbook: Method.
        court: What judges public rules.
        simulated: What simulates counterexamples.
        lang: Language.
        by_file: Name lines of files also where a case came from a workbook, as tools that open files need it.
    """
    sheet, document, context, view = _read(text, as_of, playbook, by_file=by_file)
    broken, open_rules = court.diagnostics(sheet, view)
    found = located((*lint(sheet, context), *broken), document)
    stories = Stories() if simulated is None else simulated.stories(sheet, found, view, lang)
    return Linted(text, sheet, document, found, unjudged(context), open_rules, stories)


def _read(
    text: str, as_of: date | None, playbook: str, *, by_file: bool
) -> tuple[TermSheet, YamlDocument, LintContext, View | None]:
    """A term sheet from a file, about which nothing else is known; or the newest one of a case, with its view."""
    path = Path(text)
    if path.is_file() and path.suffix.lower() == ".xlsx":
        document = newest_in_book(path, text, as_of)
        return parse_sheet(document), document, LintContext(), None
    if path.is_file():
        document = read_yaml(path, text)
        return parse_sheet(document), document, LintContext(), None
    case = load_case(find_case(text))
    view = case.view(as_of or case.decision_date)
    if view.sheet is None:
        cause = Message.of("cli.explain.no_sheet", case=text, day=view.as_of.isoformat())
        raise InvalidInput(Problem(cause, Place(str(case.folder / "terms")), Message.of("cli.explain.no_sheet.mend")))
    try:
        sheet = parse_sheet(view.sheet.document)
    except InvalidInput as error:
        raise InvalidInput(case.located(error.problems)) from error
    document = _renamed(view.sheet.document, text) if path.is_dir() else view.sheet.document
    if not by_file:
        document = in_cells(case.folder, view.sheet, document)
    return parse_sheet(document), document, lint_context(view, sheet, load_playbook(playbook)), view


def _renamed(document: YamlDocument, folder: str) -> YamlDocument:
    """The document under the name by which the user would open it."""
    name = f"{folder.rstrip('/')}/{document.file}"
    return parse_yaml(replace(document.source, name=name))


# -- text --------------------------------------------------------------------------------------------------------


def _print(result: Linted, lang: str) -> None:
    for diagnostic in result.diagnostics:
        print(format_problem(as_problem(diagnostic, result.document), lang))
        if diagnostic.source is not None:
            print("     = " + say("cli.lint.source", lang, source=diagnostic.source))
        for told in result.stories.text(diagnostic, result.sheet, lang):
            print(told)
    counts = Counter(d.level for d in result.diagnostics)
    if not counts:
        print(say("cli.lint.clean", lang, name=result.name))
    else:
        parts = tuple(
            Message.of(f"cli.lint.{level}.{'one' if counts[level] == 1 else 'many'}", n=counts[level])
            for level in LEVELS
            if counts[level]
        )
        print(say("cli.lint.counts", lang, name=result.name, counts=parts))
        first = next(d.code for level in LEVELS for d in result.diagnostics if d.level == level)
        print(say("cli.lint.more", lang, code=first))
    if result.stories.note is not None:
        print("\n".join(wrap(render(result.stories.note, lang), WIDTH)))
    if result.unjudged:
        lines = tuple(Message.of("cli.lint.rule", code=rule.code, title=rule.title) for rule in result.unjudged)
        print(say("cli.lint.unjudged", lang, n=len(lines)))
        for line in lines:
            print("\n".join(wrap(render(line, lang), WIDTH, indent="      ", first="  ")))
    if result.open_rules:
        print(say("cli.lint.rules_open", lang, n=result.open_rules, name=result.name))


def explain_rule(code: str, lang: str) -> None:
    """Print what a rule looks for, why it matters, and what mends it."""
    known = {rule.code: rule for rule in RULES}
    rule = known.get(code.upper())
    if rule is None and compliance.shipped_packs().rule(code.upper()):
        show_rule(code, None, lang, as_json=False)
        return
    if rule is None:
        close = nearest(code.upper(), known)
        mend = Message.of("cli.lint.no_such_rule.mend", code=close or next(iter(known)))
        raise InvalidInput(
            Problem(Message.of("cli.lint.no_such_rule", code=code), Place("--explain"), mend, excerpt=code)
        )
    title = f"{rule.code} ({render(Message.of(f'core.problem.{rule.level}'), lang)}): {render(rule.title, lang)}"
    print("\n".join(wrap(title, WIDTH)))
    for message in (rule.reason, Message.of("cli.lint.mend", mend=Message.of(f"lint.{rule.code}.mend"))):
        print("\n".join(wrap(render(message, lang), WIDTH, indent="  ")))


# -- data --------------------------------------------------------------------------------------------------------


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


def _dump(data: Any) -> None:
    json.dump(data, sys.stdout, ensure_ascii=False, indent=2, allow_nan=False)
    sys.stdout.write("\n")
