"""Units and digits: what stands side by side is shown alike."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from guanzi.base.core import half_up, text
from guanzi.render import Cell, Column, Measurement, Row, Table, exact
from guanzi.render.amounts import localise_quantity
from guanzi.render.localised import localise_table
from guanzi.render.scales import decimals, number, scale_for, unit_slug

SIZES = st.floats(-1e7, 1e7, allow_nan=False).filter(lambda v: v == 0 or abs(v) > 1e-2)


@example([9.95])  # a half is rounded up, to 10.0
@given(st.lists(SIZES, min_size=1, max_size=5))
def test_rounding_stays_within_half_a_percent_of_the_largest(values):
    scale = scale_for("vehicles", values)
    places = decimals(values, scale)
    largest = max(abs(v) for v in values)
    for value in values:
        shown = float(number(value, places).replace(",", "").replace("−", "-"))
        assert abs(shown - value) <= 0.005 * max(largest, abs(shown)) + 1e-9


@given(st.floats(0.9, 1.0, exclude_max=True).filter(lambda v: v < 1 - 1e-6))
def test_less_than_all_is_never_shown_as_all(value):
    assert localise_quantity(Measurement(value, "ratio")) != localise_quantity(Measurement(1.0, "ratio")) == "100\xa0%"
    assert localise_quantity(Measurement(0.996, "ratio")) == "99.6\xa0%"


@given(SIZES)
def test_a_number_keeps_its_sign_unless_it_rounds_to_nought(value):
    text = number(value, 1)
    assert text.startswith("−") == (half_up(value, 1) < 0)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_half_is_rounded_up_wherever_it_is_shown(lang):
    """A sum of 19.65 was shown as 19.6 in one table and as 20 in a sentence."""
    assert number(19.65, 1) == "19.7"
    assert number(-0.125, 2) == "−0.13"
    assert text._Sentence(lang, {}).format("{x:n}|{x:points}", x=1.125).startswith("1.13|112.5")


def test_one_amount_in_a_row_is_told_alike_in_each_column():
    heads = (Column("a", "a"), Column("b", "b", "USD m"), Column("c", "c", "USD m"))
    rows = (Row(Cell("x"), (Cell(188.24), Cell(9.412))), Row(Cell("y"), (Cell(19.65), Cell(19.65))))
    told = localise_table(Table("t", "t", heads, rows), "en")
    assert [[cell.text for cell in cells] for _, _, cells in told.rows] == [["188.2", "9.4"], ["19.7", "19.7"]]


@pytest.mark.parametrize(
    ("unit", "largest", "divisor"),
    [
        ("CNY m", 7000, 1000),
        ("CNY m", 700, 1),
        ("CNY", 3.2e9, 1e9),
        ("CNY", 360_000, 1),
        ("ratio", 0.4, 0.01),
        ("KRW m", 7e6, 1000),
        ("USD bn", 3, 1),
    ],
)
def test_money_is_shown_in_the_size_that_people_say(unit, largest, divisor):
    assert scale_for(unit, [largest]).divisor == pytest.approx(divisor)


def test_units_become_parts_of_message_ids():
    assert [unit_slug(u) for u in ("CNY m", "USD", "vehicles/week", "ratio", "million shares")] == [
        "yuan_m",
        "dollars_one",
        "vehicles_per_week",
        "percent",
        "million_shares",
    ]


@pytest.mark.parametrize(
    ("unit", "lang", "text"),
    [
        ("KRW m", "en", "350 m South Korean won"),
        ("KRW m", "zh", "3.5亿韩元"),
        ("SEK bn", "en", "350 bn Swedish kronor"),
        ("USD k", "en", "350,000 US dollars"),
    ],
)
def test_every_money_in_which_a_term_sheet_can_count_has_words(unit, lang, text):
    assert exact(350.0, unit, lang) == text


def test_a_small_price_is_no_nought_of_millions():
    assert localise_quantity(Measurement(39.2e-6, "CNY m")) == "39.2 yuan"


def test_what_is_hardly_below_nought_adds_no_decimals():
    assert decimals([83.2306, -0.0003, 285.5378], scale_for("jobs", (285.5,))) == 0
