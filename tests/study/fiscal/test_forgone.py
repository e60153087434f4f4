import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Message, render
from guanzi.study.fiscal import FIELDS, Incentive, Range, forgone_table

SAID = Message.of("core.text.yes")
amounts = st.lists(st.tuples(st.integers(2020, 2030), st.floats(0, 1e4)), max_size=8).map(tuple)


def rebate(id, *amounts, **fields):
    return Incentive(id, "rebate", "the city", tuple(amounts), abatement=True, **fields)


def test_a_deal_without_abatements_says_so():
    table = forgone_table([])
    assert (table.abatements, table.others, table.years, table.total) == ((), (), (), Range.of(0.0))
    assert "none on record" in render(table.message)
    assert "no amount is on record" in render(table.others_message)


def test_the_table_asks_all_that_paragraph_seven_of_the_statement_asks():
    # As listed in the reporting requirements of the comptroller of Texas (note 31): names and purposes, taxes,
    # authority, eligibility, mechanism, recapture, commitments of the recipients; amounts stand beside.
    assert FIELDS == (
        "programme",
        "purpose",
        "tax",
        "authority",
        "eligibility",
        "mechanism",
        "recapture",
        "undertakings",
    )


def test_what_the_record_does_not_say_is_said_to_be_missing():
    (entry,) = forgone_table([rebate("r1", (2021, 5.0), recapture=SAID)]).abatements
    assert entry.missing == tuple(field for field in FIELDS if field != "recapture")
    said = dict(entry.fields)
    assert said["recapture"] == SAID
    assert render(said["authority"]) == "not on record"


@given(st.lists(amounts, max_size=4))
def test_years_and_programmes_add_up_to_the_same_total(rows):
    table = forgone_table(rebate(f"r{i}", *row) for i, row in enumerate(rows))
    paid = sum(amount for row in rows for _, amount in row)
    assert table.total.low == pytest.approx(paid)
    assert sum(year.amount.low for year in table.years) == pytest.approx(paid)
    assert [year.year for year in table.years] == sorted(year.year for year in table.years)


def test_programmes_as_a_state_disclosed_them_add_up():
    # Six programmes of the State of Alabama, fiscal year 2020, as Good Jobs First collected them from its annual report
    # (Tax Break Tracker), in millions of US dollars; the sum is ours:
    # other programmes 74.280, film 18.156, Growing Alabama 17.957, new markets 7.986, jobs 6.619, historic 5.607.
    disclosed = {"other": 74.280, "film": 18.156, "growing": 17.957, "new-markets": 7.986, "jobs": 6.619, "old": 5.607}
    table = forgone_table(rebate(id, (2020, amount)) for id, amount in disclosed.items())
    assert table.total.low == pytest.approx(130.605)
    assert render(table.message) == "Tax abatements: 6, with total revenue forgone of 131 m yuan."


def test_money_paid_out_is_no_revenue_forgone():
    rows = [rebate("r1", (2021, 5.0)), Incentive("l1", "land", "the city", ((2020, 80.0),))]
    table = forgone_table(rows)
    assert [entry.id for entry in table.abatements] == ["r1"]
    assert [entry.id for entry in table.others] == ["l1"]
    assert table.total == Range.of(5.0)
    assert [(y.year, y.amount.low) for y in table.years] == [(2020, 0.0), (2021, 5.0)]
    assert "80 m yuan" in render(table.others_message)


def test_what_is_paid_and_what_may_be_called_for_are_told_apart_and_together():
    paid = Incentive("l1", "land", "the city", ((2020, 80.0),))
    called = Incentive("g1", "guarantee", "the city", ((2020, 30.0),), contingent=True)
    assert forgone_table([paid, called]).others_message.id == "fiscal.forgone.both"
    (alone, callable) = (forgone_table([one]).others_message for one in (paid, called))
    assert "80 m yuan" in render(alone)
    assert "30 m yuan" in render(callable)
    both = render(forgone_table([paid, called]).others_message)
    assert render(alone) in both
    assert render(callable) in both


def test_an_amount_that_is_not_known_is_not_zero():
    table = forgone_table([rebate("r1", (2021, None), (2022, 4.0)), rebate("r2", (2021, Range(1.0, 3.0)))])
    first, second = table.abatements
    assert (first.complete, second.complete) == (False, True)
    assert first.amounts == (None, Range.of(4.0))
    assert table.years[0].unknown == ("r1",)
    assert table.years[0].amount == Range(1.0, 3.0)
    assert table.total == Range(5.0, 7.0)
    assert "not known in full: r1" in render(table.message)


def test_an_abatement_without_any_year_is_incomplete():
    (entry,) = forgone_table([rebate("r1")]).abatements
    assert not entry.complete


def test_a_ceiling_that_stands_in_each_of_its_years_counts_once():
    (entry,) = forgone_table([rebate("r1", (2021, 5.0), (2022, 5.0), (2023, 5.0), standing=True)]).abatements
    assert entry.total == Range.of(5.0)
    (each,) = forgone_table([rebate("r1", (2021, 5.0), (2022, 5.0), (2023, 5.0))]).abatements
    assert each.total == Range.of(15.0)


def test_bounds_are_told_as_bounds():
    table = forgone_table([rebate("r1", (2021, Range(10.0, 30.0)))])
    assert "between 10 m yuan and 30 m yuan" in render(table.message)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([rebate("x", (2020, -1.0))], "negative"),
        ([rebate("x"), rebate("x")], "twice"),
    ],
)
def test_rows_that_make_no_sense_are_refused(rows, words):
    with pytest.raises(ValueError, match=words):
        forgone_table(rows)
