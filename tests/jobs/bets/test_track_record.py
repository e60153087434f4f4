"""What the page of luck or method says holds for a record that is better, one that is worse and one in between."""

import pytest

from guanzi.base.core import render
from guanzi.jobs.shared.documents.words import message
from guanzi.study.bets.record import RARE, ExpectedSum, PlaceRecord


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_what_chance_explains_is_the_interval_by_which_the_record_is_called_rare(lang):
    said = render(message("bets.record.few", low=3.0, high=8.0), lang)
    assert "3" in said
    assert "8" in said
    assert "5" not in said


def test_a_record_outside_the_interval_is_rare_and_one_inside_is_not():
    def verdict(many, few):
        sums = ExpectedSum(5.3, 3.0, 8.0, many, few)
        return PlaceRecord("x", (), (), 0.0, sums, sums, None).verdict

    assert verdict(RARE - 0.01, 0.99) == "better"
    assert verdict(RARE, 0.95) == "as_expected"
    assert verdict(0.99, RARE - 0.01) == "worse"


def test_no_sentence_supposes_a_better_result():
    assert "The better result" not in render(message("bets.record.choice.worse", by="0.2"), "en")
    assert "超出预期" not in render(message("bets.record.choice.worse", by="0.2"), "zh")


def test_the_probability_of_a_worse_record_is_not_compared_with_results():
    assert "%。" in render(message("bets.record.worse", many=0.99, few=0.02), "zh")
