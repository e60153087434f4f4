"""Figures of a sheet: their addresses, what may become of them, and that the text says what was asked."""

import pytest
from tests.deal.terms.sheets import DEAL, EXAMPLE, document

from guanzi.advice.structuring import figures, free_terms
from guanzi.advice.structuring.figures import redrafted, written
from guanzi.advice.structuring.termpaths import term_paths
from guanzi.base.core import InvalidInput
from guanzi.base.reading import read_yaml
from guanzi.deal.terms import Equity, parse_sheet
from guanzi.record.evidence import find_case, load_case

CASES = ("nio-hefei-2020", "foxconn-wisconsin-2017", "boe-hefei-2008")
SHEETS = [document(DEAL), read_yaml(EXAMPLE, "example.yaml")]
SHEETS += [sheet.document for case in CASES for sheet in load_case(find_case(case)).sheets[-1:]]


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.data["deal"])
def test_what_is_written_back_says_the_same(sheet):
    changes = {}
    for figure in figures(sheet).values():
        if figure.kind != "words":
            changes |= {part.start: (part, text) for part, text in written(figure, figure.value)}
    again = redrafted(sheet, list(changes.values()))
    old, new = term_paths(parse_sheet(sheet)), term_paths(parse_sheet(again))
    assert old.keys() == new.keys()
    assert len(changes) > 0
    for path, value in old.items():
        if isinstance(value, float):
            assert new[path] == pytest.approx(value, rel=1e-8)


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda s: s.data["deal"])
def test_a_usual_term_at_either_end_of_its_range_is_a_sheet_that_differs_there_alone(sheet):
    terms = free_terms(figures(sheet), ())
    assert terms
    old = term_paths(parse_sheet(sheet))
    for term in terms:
        for option in (term.options[0], term.options[-1]):
            if option == term.figure.value:
                continue
            new = term_paths(parse_sheet(redrafted(sheet, written(term.figure, option))))
            changed = {path.split(".")[0] for path, value in new.items() if value != old.get(path)}
            assert changed <= {term.figure.address.split(".")[0]}
            assert changed, term.figure.address


def test_addresses_are_the_keys_of_the_text():
    known = figures(document(DEAL))
    assert known["stake.t1.amount.city"].value == 600.0
    assert known["stake.t1.amount"].value == 900.0
    assert known["put.price.rate"].value == 0.085
    assert known["put.when:20_000"].value == 20000.0
    assert known["covenant.headquarters.from"].kind == "day"
    assert known["stake.share"].value == 0.18
    assert not [a for a in known if "probability" in a or "leaving" in a or "assets" in a or ".low" in a]


def test_a_total_and_its_parts_change_in_proportion():
    sheet = document(DEAL)
    known = figures(sheet)
    changes = [*written(known["stake.share"], 0.09), *written(known["stake.t1.amount"], 450.0)]
    stake = parse_sheet(redrafted(sheet, changes)).of(Equity)[0]
    assert (stake.share, dict(stake.holders)) == (0.09, {"city": 0.06, "province": 0.03})
    assert dict(stake.tranches[0].amounts) == {"city": 300.0, "province": 150.0}


def test_comments_and_all_else_stay():
    sheet = document(DEAL.replace("price: {rate: 8.5%", "price: {rate: 8.5%  # asked twice\n      "))
    new = redrafted(sheet, written(figures(sheet)["put.price.rate"], 0.1))
    assert "rate: 10%  # asked twice" in new.source.text


def options(*wanted):
    return [t.options for t in free_terms(figures(document(DEAL)), wanted)]


def test_ranges_are_grids_of_round_numbers_with_the_draft_among_them():
    (amounts,) = options("stake.t2.amount=800..1200")
    assert amounts[0] == 800.0
    assert amounts[-1] == 1200.0
    assert 1000.0 in amounts
    assert all(x % 10 == 0 for x in amounts)
    (rates,) = options("put.price.rate=6%..9%/0.5%")
    assert rates == (0.06, 0.065, 0.07, 0.075, 0.08, 0.085, 0.09)
    (months,) = options("put.when:60=48..72")
    assert months == tuple(float(m) for m in range(48, 73))


def test_a_percentage_of_an_amount_is_of_the_draft():
    assert options("stake.t2.amount=80%..120%")[0][0] == 800.0


def test_days_move_by_quarters():
    (days,) = options("stake.t2.due=2024-10-01..2025-06-30")
    assert [d.isoformat() for d in days] == ["2024-10-01", "2024-12-31", "2025-03-31", "2025-06-30"]


def test_a_star_frees_all_that_fit():
    addresses = [t.figure.address for t in free_terms(figures(document(DEAL)), ["stake.*.amount=50%..150%"])]
    assert addresses == ["stake.t1.amount", "stake.t2.amount", "stake.t3.amount"]


@pytest.mark.parametrize(
    ("wish", "id"),
    [
        ("stake.t9.amount=1..2", "no_such"),
        ("put.price.rate=6..12", "no_ratio"),
        ("put.price.rate=12%..6%", "reversed"),
        ("put.price.rate=9%", "no_range"),
        ("put.price.basis", "words"),
        ("put.price.rate=8.5%..8.5%", "one_value"),
        ("stake.t2.amount=-5..10", "negative"),
        ("stake.t2.due=1..2", "no_day"),
        ("stake.t2.due", "no_range"),
        ("stake.t2.amount=1..2/0", "bad_step"),
    ],
)
def test_a_wish_that_is_none_is_refused(wish, id):
    with pytest.raises(InvalidInput) as refused:
        free_terms(figures(document(DEAL)), [wish])
    assert refused.value.problems[0].cause.id == f"structuring.free.{id}"
    assert refused.value.problems[0].fix is not None


def test_what_is_no_number_is_refused():
    with pytest.raises(InvalidInput):
        free_terms(figures(document(DEAL)), ["stake.t2.amount=a..b"])


@pytest.mark.parametrize("whole", ["100%", "1", "1.0"])
def test_a_part_is_a_part_however_it_was_typed(whole):
    """A workbook holds 1 where a person typed 1; nobody gives back 150 %."""
    clawback = f"clawback: {{when: hq_local, recover: {whole}}}"
    grant = f"incentives:\n  grant: {{type: grant, from: city, amount: 40, start: 2024-06-01, {clawback}}}\n"
    sheet = document(DEAL.replace("events:\n", f"{grant}events:\n"))
    found = figures(sheet)["incentive.grant.clawback.recover"]
    assert (found.kind, found.value) == ("ratio", 1.0)
    (term,) = free_terms({found.address: found}, (found.address,))
    assert max(term.options) == 1.0
