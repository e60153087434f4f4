"""The shipped models: cards that are true to their files, and that a view as of an earlier day cannot use."""

from datetime import date

import pytest

from guanzi.base.core import InvalidInput, render
from guanzi.study.distress.shipped import load_model, model_cards, model_known_on

CARDS = model_cards()


def test_models_are_shipped():
    assert {card.id for card in CARDS} >= {"polish-2016", "us-2022"}


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_card_belongs_to_its_model(card):
    model, again = load_model(card.id)
    assert again == card
    assert model.n_features_in_ == len(card.columns)
    assert card.training_rate == pytest.approx(card.data.failures / card.data.rows)
    assert int(model.failed_.sum()) == card.data.failures
    assert card.known_on <= card.made_on
    assert all(render(m, lang) for m in (card.label, *card.warnings) for lang in ("en", "zh"))


@pytest.mark.parametrize("card", CARDS, ids=lambda card: card.id)
def test_a_shipped_model_does_not_depend_on_currency_or_size(card):
    assert not [name for name in card.columns if name.startswith("log_")]


def test_a_view_uses_no_model_of_later_data():
    assert model_known_on(date(2016, 9, 30)) is None
    assert model_known_on(date(2020, 4, 29)).id == "polish-2016"
    assert model_known_on(date(2026, 1, 1)).id == "us-2022"


def test_a_model_that_finds_few_of_its_columns_is_passed_over():
    assert model_known_on(date(2026, 1, 1), ["net_margin"]) is None
    polish = load_model("polish-2016")[1].columns
    assert model_known_on(date(2020, 4, 29), polish[:5]).id == "polish-2016"


def test_an_unknown_model_is_refused_with_the_near_one():
    with pytest.raises(InvalidInput) as refused:
        load_model("polish-2061")
    assert "polish-2016" in str(refused.value.problems[0].fix)
