"""An appraisal that an earlier version saved is read, though its sentences have since come to need more."""

import json
import random
from pathlib import Path

import pytest

from guanzi.advice.appraisal import Text, appraise, from_json, to_json
from guanzi.base.core import render
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.shared.documents.words import of_text
from guanzi.record.evidence import load_case
from guanzi.render import document_screen

APPLE = Path(__file__).parent / "cases" / "apple-waukee-2017"
UNSAID = "appraisal.json.unsaid"


@pytest.fixture(scope="module")
def saved():
    return to_json(appraise(load_case(APPLE), paths=64))


def texts(value):
    """Every outermost message of plain data, and its messages within."""
    if isinstance(value, dict):
        if set(value) == {"id", "params"}:
            yield value
        for part in value.values():
            yield from texts(part)
    elif isinstance(value, list):
        for part in value:
            yield from texts(part)


def held(value):
    """Every text of an appraisal, as it was read."""
    if isinstance(value, Text):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from held(part)
    elif isinstance(value, list | tuple):
        for part in value:
            yield from held(part)
    elif hasattr(value, "__pydantic_fields__"):
        for name in type(value).model_fields:
            yield from held(getattr(value, name))


def test_what_this_version_saved_is_read_as_it_was(saved):
    assert to_json(from_json(saved)) == saved
    assert UNSAID not in saved


@pytest.mark.parametrize("seed", range(6))
def test_parameters_that_are_not_there_make_no_crash_and_no_other_currency(saved, seed):
    drawn, data = random.Random(seed), json.loads(saved)
    cut = 0
    for message in list(texts(data)):
        for name in list(message["params"]):
            if drawn.random() < 0.2:
                del message["params"][name]
                cut += 1
    assert cut > 50
    found = from_json(json.dumps(data))
    told = list(held(found))
    assert any(text.id == UNSAID for text in told)
    for text in told:
        for lang in ("en", "zh"):
            said = render(of_text(text), lang)
            assert "{" not in said
            assert "yuan" not in said
            assert "元" not in said.replace("美元", "").replace("单元", "")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_dossier_of_such_an_appraisal_is_told_whole(saved, lang):
    data = json.loads(saved)
    for number, message in enumerate(list(texts(data))):
        if number % 5 == 0 and message["params"]:
            message["params"].pop(next(iter(message["params"])))
    screen = document_screen(appraisal_document(from_json(json.dumps(data))), lang)
    assert ("earlier version" if lang == "en" else "早期版本") in " ".join(screen.split())
