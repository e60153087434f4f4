"""What is done of a term sheet that somebody types, in a process of its own: it is read, put into words and checked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from guanzi.advice.appraisal import commitments, contingent, lint_context
from guanzi.base.core import InvalidInput, problem_as_dict
from guanzi.base.reading import TextFile, YamlDocument, parse_yaml
from guanzi.deal.lint import BESIDE_CLAUSES, lint, located
from guanzi.deal.terms import Clause, ClauseQuote, TermSheet, explain, read_sheet, unknowns
from guanzi.jobs.rules.packselection import RulePackSelection
from guanzi.record.evidence import Case, load_case
from guanzi.record.playbooks import load_playbook


def check_draft(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """What a text says (its errors, or currency, clauses, gaps and totals), then what is weak in it.

    Args:
        given: ``path`` and ``text`` of the sheet, ``folder`` of its case, ``playbook``.

    Raises:
        InvalidInput: The text is no YAML, or the folder no case.
    """
    document = _document(given)
    read = read_sheet(document)
    sheet = read.sheet
    if sheet is None:
        yield {"problems": [problem_as_dict(problem) for problem in read.problems if problem.severity == "error"]}
        return
    yield {
        "problems": [problem_as_dict(problem) for problem in read.problems],
        "currency": sheet.currency,
        "clauses": [_clause(one, sheet) for one in explain(sheet)],
        "contract": _contract(sheet),
        "gaps": [[one.what.as_dict(), one.assumption.as_dict()] for one in unknowns(sheet)],
        "totals": _totals(sheet),
    }
    case = _case(given["folder"])
    view = case.view(max(case.decision_date, sheet.known_on))
    broken, _ = RulePackSelection().diagnostics(sheet, view)
    weak = lint(sheet, lint_context(view, sheet, load_playbook(given["playbook"])))
    found = [one for one in (*weak, *broken) if one.code not in BESIDE_CLAUSES]
    yield {"findings": [one.as_dict() for one in located(found, document)]}


def check_sound(given: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """The day on which a term sheet became known; refused where it has errors.

    Args:
        given: ``path`` and ``text`` of the sheet.

    Raises:
        InvalidInput: All that is wrong with it, with lines.
    """
    read = read_sheet(_document(given))
    if read.sheet is None:
        raise InvalidInput([problem for problem in read.problems if problem.severity == "error"])
    yield {"known_on": read.sheet.known_on}


def _clause(clause: Clause, sheet: TermSheet) -> dict[str, Any]:
    """A clause in words, with the words of the contract on which it rests."""
    return {
        "group": clause.group,
        "id": clause.id,
        "message": clause.message.as_dict(),
        "state": clause.state,
        "quotes": [_place(one) | {"quote": one.quote} for one in sheet.quotes if one.of == clause.place.field],
    }


def _contract(sheet: TermSheet) -> dict[str, Any] | None:
    """The sentences of the contract that no clause quotes; None: the sheet lists no contract."""
    if sheet.contract is None:
        return None
    left = sheet.contract.uncovered(sheet.quotes)
    lines = [{"page": x.page, "clause": x.clause, "text": x.text, "about": x.about.as_dict()} for x in left]
    return {"document": sheet.contract.document, "sentences": len(sheet.contract.lines), "uncovered": lines}


def _place(quote: ClauseQuote) -> dict[str, Any]:
    return {"document": quote.document, "page": quote.page, "clause": quote.clause}


@lru_cache(maxsize=4)
def _case(folder: str) -> Case:
    """The case of a folder of the office, which is named after its content."""
    return load_case(Path(folder))


def _document(given: Mapping[str, Any]) -> YamlDocument:
    text = str(given["text"])
    return parse_yaml(TextFile(str(given["path"]), text, tuple(text.split("\n"))))


def _totals(sheet: TermSheet) -> dict[str, float | None]:
    """What the public side comes to pay by a sheet, in millions of its currency; None: an amount has no bracket."""
    planned = commitments(sheet)

    def whole(end: str) -> float | None:
        values = [getattr(one.amount, end) for one in planned]
        return None if None in values else sum(values, 0.0)

    return {
        **{end: whole(end) for end in ("low", "mid", "high")},
        "bound": sum((one.amount.mid or 0.0 for one in planned if one.tiers), 0.0),
        "called": sum((most.high or most.mid or 0.0 for _, most in contingent(sheet)), 0.0),
    }
