"""Conditions in words that say what the condition says."""

import pytest
from hypothesis import given
from tests.deal.terms.sheets import parsed
from tests.strategies import SCOPE, conditions

from guanzi.base.core import Message, catalogue, render
from guanzi.deal.terms import FUNCTIONS, OBSERVABLES, Equity, Type, explain_condition, parse


def words(text):
    return render(explain_condition(parse(text, SCOPE)))


@given(conditions(wild=True))
def test_every_condition_can_be_said(condition):
    said = render(explain_condition(condition))
    assert said
    assert "{" not in said


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not listed", "the company is not listed"),
        ("not not listed", "the company is listed"),
        ("founder_share >= 24.1149%", "the share held by the founding shareholder is at least 24.1149 %"),
        ("year_total(units) < 20_565", "the number of units delivered in the calendar year is below 20,565"),
        ("20_000 > year_total(units)", "the number of units delivered in the calendar year is below 20,000"),
        ("not year_total(units) < 5", "the number of units delivered in the calendar year is at least 5"),
        ("total(revenue, last=12) > 14_800", "revenue over the last 12 months is above 14.8 bn yuan"),
        (
            "cumulative(tax_local) >= 0.5",
            "the tax that the company pays in the region since signing is at least 500,000 yuan",
        ),
        (
            "capacity_local >= 100_000",
            "the company's production capacity in the region is at least 100,000 units a year",
        ),
        ("units < 5", "the number of units delivered in the quarter is below 5"),
        ("months_since('t1') > 60", "more than 60 months have passed since t1 was paid"),
        ("60 < months_since('t1')", "more than 60 months have passed since t1 was paid"),
        (
            "months_since('t1') <= 60",
            "at most 60 months have passed since t1 was paid, or that has not happened yet",
        ),
        ("after('2021-03-31')", "the date is after 31 March 2021"),
        ("held(not listed, years=2)", "continuously over the last 24 months, the company is not listed"),
        (
            "consecutive(listed and solvent, years=2)",
            "in each of the last 2 complete calendar years, (the company is listed, and the company is solvent)",
        ),
        ("debt / cash > 3", "the company's debt divided by the company's cash is above 3"),
        (
            "year_total(units) >= 80% * capacity_local",
            "the number of units delivered in the calendar year is at least 0.8 times the company's production "
            "capacity in the region",
        ),
        ("not (listed or solvent)", "it is not true that (the company is listed, or the company is solvent)"),
        ("event('closing')", "the event “closing” has happened"),
        ("not tier('plant')", "the commitment “plant” is not in force"),
    ],
)
def test_words_of_a_condition(text, expected):
    assert words(text) == expected


def test_alternatives_are_counted_off():
    said = words("(months_since('t1') > 60 and not listed) or control_changed")
    assert said == (
        "at least one of the following holds: (1) more than 60 months have passed since t1 was paid, and the "
        "company is not listed; (2) control of the company has changed"
    )


def test_events_and_tiers_are_called_by_their_names_in_the_sheet():
    sheet = parsed()
    said = render(explain_condition(sheet.of(Equity)[0].tranches[0].condition.tree, sheet))
    assert said == "the event “conditions of closing are met” has happened"


def test_the_step_of_the_sheet_is_the_step_of_the_words():
    sheet = parsed("step: quarter", "step: month")
    assert "in the month" in render(explain_condition(parse("units > 3"), sheet))


def test_every_word_of_the_vocabulary_has_a_meaning():
    texts = catalogue("terms")
    for name, term in OBSERVABLES.items():
        assert texts[term.meaning.id]
        assert (f"terms.observable.{name}.not" in texts) == (term.type is Type.TRUTH)
    for function in FUNCTIONS.values():
        assert texts[function.meaning.id]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_condition_on_the_place_speaks_of_no_product_that_the_company_may_not_make(lang):
    """Panels, heat pumps and chips are made in plants, too."""
    for truth in (OBSERVABLES["plant_local"].meaning, Message.of("terms.observable.plant_local.not")):
        assert not any(word in render(truth, lang) for word in ("cars", "汽车"))
