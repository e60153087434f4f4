"""What a result hangs on as a document: one text for screen, page, workbook, paper and data."""

import io

import docx
import pytest
from tests.jobs.forms import forms
from tests.jobs.sample import sample

from guanzi.advice.appraisal import TurningFact
from guanzi.base.core import LANGUAGES, InvalidInput, Message
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.appraisal.documents.sensitivity import sensitivity_document
from guanzi.render import (
    document_data,
    document_docx,
    document_html,
    document_pdf,
    document_screen,
)

FOUND = sample()
FACT = FOUND.facts[0]
TURNED = (TurningFact(FACT.id, Message.of("appraisal.turning.scaled", factor=0.5), "decline", near=False),)


def test_a_paper_shows_the_chart():
    made = sensitivity_document(FOUND, None)
    assert len(docx.Document(io.BytesIO(document_docx(made, "en"))).inline_shapes) == 1
    try:
        pdf = document_pdf(made, "en")
    except InvalidInput as error:
        pytest.skip(f"no typesetter: {error}")
    assert pdf.startswith(b"%PDF")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_form_says_which_assumption_moves_the_result_and_which_fact_turns_the_advice(lang):
    made = sensitivity_document(FOUND, TURNED)
    advice = {"en": "Decline", "zh": "建议不予支持"}[lang]
    for form in forms(made, lang):
        assert "Price of a vehicle" in form
        assert FACT.id in form
        assert advice in form
    assert f"fact:{FACT.id}" in str(document_data(made))


def test_facts_that_were_not_asked_for_are_not_spoken_of():
    assert "change the advice" not in document_screen(sensitivity_document(FOUND, None), "en")
    assert "No fact, moved alone" in document_screen(sensitivity_document(FOUND, ()), "en")


def test_an_appraisal_without_paths_says_so():
    bare = FOUND.model_copy(update={"sensitivity": None})
    assert "Nothing was simulated" in document_screen(sensitivity_document(bare, None), "en")


def test_a_result_that_hangs_on_chance_alone_was_simulated():
    chance = [swing for swing in FOUND.sensitivity.swings if swing.at_low is None]
    alone = FOUND.model_copy(update={"sensitivity": FOUND.sensitivity.model_copy(update={"swings": tuple(chance)})})
    for made in (sensitivity_document(alone, None), appraisal_document(alone)):
        page = document_html(made, "en")
        assert "The price moves the result most." in page
        assert "so we cannot say what the result depends on" not in page
