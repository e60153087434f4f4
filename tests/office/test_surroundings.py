"""What stands around a case is said in the reader's language, as the library states it."""

from datetime import date

import pytest

from guanzi.office.pages.surroundings import surroundings_of
from guanzi.record.evidence import city_names, load_city
from guanzi.render import is_chinese


@pytest.mark.parametrize("name", city_names())
def test_figures_of_a_city_are_words_of_the_language_and_never_those_of_a_program(name):
    from guanzi.office.models import OfficeCase

    city, day = load_city(name), date(2026, 11, 30)
    case = OfficeCase(industry="new energy vehicles", region=city.name, decision_date=day)
    english, chinese = (surroundings_of(case, lang).figures for lang in ("en", "zh"))
    assert len(english) == len(chinese) > 0
    assert [(period, known) for _, period, _, known in english] == [(period, known) for _, period, _, known in chinese]
    stated = {fact.value: fact.value.zh for fact in city.facts if getattr(fact.value, "zh", "")}
    for (label, _, said, _), (called, _, translated, _) in zip(english, chinese, strict=True):
        assert not {*"(){}[]'\""} & {said[0], translated[0]}, said
        assert not label.isascii() or is_chinese(called)
        assert stated.get(said, translated) == translated
