"""Every company model keeps the promises on which composing, running and appraising rely."""

import pytest
from tests.test_messages import TEXTS

from guanzi.simulation import MODELS
from guanzi.terms.vocabulary import OBSERVABLES

each_model = pytest.mark.parametrize("kind", MODELS.values(), ids=MODELS.keys())


@each_model
def test_a_model_is_found_by_its_own_id_and_its_version_begins_with_it(kind):
    assert MODELS[kind.ID] is kind
    assert kind.VERSION.startswith(f"{kind.ID}/")


@each_model
def test_every_parameter_has_a_unit_and_a_meaning_in_words(kind):
    assert tuple(kind.UNITS) == kind.PARAMETERS == tuple(kind.MEANINGS)
    assert all(kind.UNITS.values())
    assert set(kind.MEANINGS.values()) <= set(TEXTS)


@each_model
def test_a_missing_and_an_unknown_parameter_are_refused(kind):
    with pytest.raises(ValueError, match="parameters missing"):
        kind({})


@each_model
def test_what_a_model_provides_are_words_of_the_condition_language(kind):
    provided = kind.provides.__get__(object.__new__(kind))()
    assert provided <= set(OBSERVABLES)
    assert {"units", "revenue", "gross_margin", "cash", "capacity_local", "solvent"} <= provided
