"""What can be asked is declared without what computes, each field has its words, and no two are asked by one name."""

import subprocess
import sys
from dataclasses import MISSING
from datetime import date

import pytest
from pydantic import TypeAdapter
from tests.office.asking import ASKED, CASE

from guanzi.base.core import catalogue
from guanzi.console import asked_fields, filled
from guanzi.jobs.declared import OFFERED, QUESTIONS
from guanzi.jobs.shared.question import named_function, names_listed


def test_declarations_load_nothing_that_computes():
    heavy = ("numpy", "numba", "pydantic", "jinja2", "rich")
    code = f"import sys, guanzi.jobs.declared; print([m for m in {heavy} if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda one: one.name)
def test_a_question_names_what_is_there(question):
    module = question.verb.partition(":")[0]
    beside = [question.plain, *([] if question.screen else ["document_of"]), *(["write"] if question.pages else [])]
    named = [question.verb, *(f"{module}:{name}" for name in beside), *([question.screen] if question.screen else [])]
    assert all(callable(named_function(name)) for name in named)
    asked = asked_fields(question.asks)
    assert len({one.name for one in asked}) == len(asked)
    for lang in ("en", "zh"):
        said = catalogue("cli", lang)
        assert [one.name for one in asked if f"cli.help.{one.asked.help}" not in said] == []
        assert f"cli.help.{question.words}" in said
    named = [one for one in asked if one.asked.names]
    assert [one.name for one in named if one.usual not in (*names_listed(one.asked.names), MISSING)] == []


@pytest.mark.parametrize("question", [one for one in OFFERED if one.id in ASKED], ids=lambda one: one.name)
def test_what_is_found_is_of_the_shape_that_is_declared(question):
    given = ASKED[question.id] | ({question.case: CASE} if question.case else {})
    days = {name: date.fromisoformat(given[name]) for name in ("as_of",) if name in given}
    found = question.data(question.ask(filled(question.asks, given | days)), "zh")
    assert TypeAdapter(question.answers).validate_python(found, strict=True) == found


def test_a_day_that_is_by_default_that_of_a_case_is_asked_only_where_a_case_is():
    asked = {
        question.name: [one.asked for one in asked_fields(question.asks)]
        for question in QUESTIONS
        if any(one.asked.help == "option.as_of" for one in asked_fields(question.asks))
    }
    assert asked
    without = {name for name, fields in asked.items() if not any("CASE" in field.metavar for field in fields)}
    assert without <= {"portfolio"}, "the deals of a portfolio are cases or sheets"
