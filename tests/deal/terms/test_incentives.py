"""What the public side gives and promises: read whole or refused with reasons, and said in words."""

from datetime import date

import pytest
from tests.deal.terms.sheets import changed, document, said

from guanzi.base.core import render
from guanzi.deal.terms import Grant, Guarantee, Land, Unknown, explain, parse_sheet, read_sheet, unknowns

GIVEN = """\
incentives:
  rebate:
    type: rebate
    from: city
    amount: 60 per year
    start: 2025-03-31
    years: 5
    if: "headcount >= 3000"
    clawback: {when: "headcount < 2000", recover: 90%, enforced: 60%}
  land: {type: land, from: city, hectares: 100, value: 1000, discount: 20%, due: 2024-06-30, buy_back: true}
  guarantee: {type: guarantee, from: province, share: 80%, limit: 2000, until: 2029-03-15}

promises:
  site: {from: city, what: serviced land, due: 2024-09-30, probability: 80%, cost: 25}

events:
"""
SIGNED = date(2024, 3, 15)


def text(old="", new=""):
    return changed("events:\n", changed(old, new, GIVEN))


def reading(old="", new=""):
    return read_sheet(document(text(old, new)))


def sheet(old="", new=""):
    return parse_sheet(document(text(old, new)))


def clause(id, old="", new=""):
    (found,) = [c for c in explain(sheet(old, new)) if c.id == id]
    return found


def sentence(id, old="", new=""):
    return render(clause(id, old, new).message)


# -- reading -------------------------------------------------------------------------------------------------------


def test_what_is_given_is_read_as_it_is_written():
    deal = sheet()
    (rebate,), (land,), (guarantee,), (site,) = deal.of(Grant), deal.of(Land), deal.of(Guarantee), deal.promises
    assert (rebate.kind, rebate.payer, rebate.amount, rebate.years) == ("rebate", "city", 60.0, 5)
    assert (rebate.start, rebate.undated) == (date(2025, 3, 31), False)
    assert (rebate.clawback.recover, rebate.clawback.enforced) == (0.9, 0.6)
    assert (land.hectares, land.value, land.discount, land.buy_back) == (100.0, 1000.0, 0.2, 1.0)
    assert (guarantee.guarantor, guarantee.share, guarantee.limit) == ("province", 0.8, 2000.0)
    assert (site.party, site.what, site.probability, site.cost) == ("city", "serviced land", 0.8, 25.0)


def test_an_amount_is_given_once_unless_it_is_per_year():
    once = sheet("    amount: 60 per year\n    start: 2025-03-31\n    years: 5\n", "    amount: 60\n").of(Grant)[0]
    assert (once.amount, once.years, once.start, once.undated) == (60.0, 1, SIGNED, True)
    bracket = "amount: {unknown: {low: 40 per year, high: 80 per year}}"
    assert sheet("amount: 60 per year", bracket).of(Grant)[0].amount.high == 80.0


@pytest.mark.parametrize(
    ("words", "part"), [("true", 1.0), ("false", 0.0), ("75%", 0.75), ("{unknown: {low: 0%, high: 50%}}", None)]
)
def test_buying_land_back_returns_all_a_part_or_nothing(words, part):
    back = sheet("buy_back: true", f"buy_back: {words}").of(Land)[0].buy_back
    assert (None if isinstance(back, Unknown) else back) == part


def test_where_no_day_is_stated_the_day_of_signing_is_assumed_and_said():
    deal = sheet(", due: 2024-06-30", "")
    assert (deal.of(Land)[0].due, deal.of(Land)[0].undated) == (SIGNED, True)
    assert ("incentive.land", "assumed to be the signing date") in {
        (g.clause, render(g.assumption)) for g in unknowns(deal)
    }
    land = clause("incentive.land", ", due: 2024-06-30", "")
    assert "on a date that is not stated (assumed: the signing date, 15 March 2024)" in render(land.message)
    assert land.state == "bracketed"
    assert clause("incentive.land").state == "known"
    assert sheet("due: 2024-09-30", "due: unknown").promises[0].due == SIGNED


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        (", enforced: 60%", "", "the probability that the clawback of “tax relief” is enforced"),
        ("value: 1000, ", "", "the market value of “land”"),
        (", probability: 80%", "", "the probability that the promise “serviced land” is kept"),
        ("limit: 2000", "limit: unknown", "the limit of “guarantee”"),
        ("recover: 90%", "recover: unknown", "the share of “tax relief” that must be returned"),
    ],
)
def test_what_was_not_seen_and_has_no_bracket_is_a_warning(old, new, what):
    found = reading(old, new)
    assert found.sheet is not None
    assert [p.severity for p in found.problems] == ["warning"]
    assert said(found.problems[0]).startswith(f"{what} was not seen and has no range")
    assert what in {render(g.what) for g in unknowns(found.sheet)}


WRONG = [
    ("from: city\n    amount", "from: citty\n    amount", "no_such_public_party", "did you mean city?"),
    ("from: province", "from: company", "no_such_public_party", "city and province"),
    ("amount: 60 per year", "amount: -60 per year", "negative_amount", "zero or more"),
    ("amount: 60 per year", "amount: 60 per month", "not_number", "in the unit of the sheet"),
    ("amount: 60 per year", "amount: 60", "once_or_per_year", "write it as “60 per year”"),
    ("    years: 5\n", "", "per_year_without_years", "add “years: 5”"),
    ("years: 5", "years: 0", "bad_span", "at most 50 years"),
    ("years: 5", "years: 2.5", "part_of_year", "a whole number"),
    ("start: 2025-03-31", "start: 2023-03-31", "before_signing", "on or after signing"),
    ("start: 2025-03-31", "start: 2035-03-31", "starts_after_horizon", "lengthen the horizon"),
    ('when: "headcount < 2000", ', "", "missing", "add when"),
    ('when: "headcount < 2000"', "when: unknown", "trigger_unknown", "under unknown_clauses"),
    ("recover: 90%, ", "", "missing", "add recover"),
    ("recover: 90%", "recover: 190%", "not_fraction", "between 0% and 100%"),
    ("enforced: 60%", "enforced: 60", "not_fraction", "write 60%"),
    ("discount: 20%", "discount: 120%", "not_fraction", "between 0% and 100%"),
    ("value: 1000", "value: -1000", "negative_amount", "zero or more"),
    ("hectares: 100", "hectares: -1", "negative_amount", "zero or more"),
    ("due: 2024-06-30", "due: 2024-01-30", "before_signing", "on or after signing"),
    ("buy_back: true", "buy_back: always", "not_ratio", "write a percentage"),
    ("share: 80%", "share: 180%", "not_fraction", "between 0% and 100%"),
    (", limit: 2000", "", "missing", "add limit"),
    ("until: 2029-03-15", "until: 2023-03-15", "before_signing", "on or after signing"),
    ("type: guarantee", "type: guaranty", "not_choice", "did you mean guarantee?"),
    ("type: guarantee", "type: lottery", "not_choice", "valid options here: grant, rebate, land"),
    ("cost: 25", "cost: -25", "negative_amount", "zero or more"),
    ("probability: 80%", "probability: 180%", "not_fraction", "between 0% and 100%"),
    (", what: serviced land", "", "missing", "add what"),
    ("due: 2024-09-30", "due: soon", "not_date", "year-month-day"),
    ("due: 2024-09-30", "due: 2034-09-30", "starts_after_horizon", "lengthen the horizon"),
    ("  site:", "  t1:", "duplicate_id", "another id"),
    ("  site:", "  land:", "duplicate_id", "another id"),
]


@pytest.mark.parametrize(("old", "new", "cause", "fix"), WRONG)
def test_what_is_wrong_is_named_with_its_place_and_mend(old, new, cause, fix):
    found = reading(old, new)
    assert found.sheet is None
    causes = {p.cause.id.removeprefix("terms.sheet."): p for p in found.problems}
    assert cause in causes
    assert fix in said(causes[cause])
    assert text(old, new).split("\n")[causes[cause].place.line - 1] == causes[cause].line


def test_an_id_stands_for_one_thing_wherever_it_is_declared():
    (found,) = reading("  site:", "  closing:").problems
    assert said(found).startswith("the id “closing” is used twice, first in line ")
    assert found.excerpt == "closing"


# -- words ---------------------------------------------------------------------------------------------------------


def test_a_rebate_says_when_it_is_due_and_what_is_lost():
    assert sentence("incentive.rebate") == (
        "Riverton forgoes 60 m yuan in tax a year for 5 years, first on 31 March 2025; each year's tax is waived "
        "only if the following holds on its date, and a missed year is not made up: the number of the company's "
        "employees is at least 3,000. If Example Motors fails, the rebate ends and the tax forgone is lost. "
        "The terms do not state what share of the tax this is or how much must still be paid."
    )


def test_a_grant_without_a_clawback_beside_a_promise_whose_remedy_is_unknown_leaves_open_what_comes_back():
    once = "type: grant\n    from: city\n    amount: 60\n"
    start = "type: rebate\n    from: city\n    amount: 60 per year\n    start: 2025-03-31\n    years: 5\n"
    rest = '    if: "headcount >= 3000"\n    clawback: {when: "headcount < 2000", recover: 90%, enforced: 60%}\n'
    assert sentence("incentive.rebate", start + rest, once).endswith(
        "no condition other than the date. If Example Motors fails, the money given is lost, judging "
        "by the clauses seen. If a promise is broken while the company survives, it is not known whether any of this "
        "can be reclaimed, or how much: the consequence was not seen, or is stated only in words."
    )


def test_a_clawback_says_how_likely_it_is_and_that_failure_ends_it():
    words = sentence("incentive.rebate.clawback")
    assert "must return 90 % of the support it received, as far as its cash allows" in words
    assert "Riverton enforces this with a probability of 60 %." in words
    assert "Once Example Motors has failed, nothing can be recovered." in words
    assert "a probability that was not seen" in sentence("incentive.rebate.clawback", ", enforced: 60%", "")


def test_land_says_what_is_given_and_what_comes_back():
    assert sentence("incentive.land") == (
        "Riverton transfers 100 hectares of land with a market value of 1 bn yuan to Example Motors on 30 June 2024, "
        "at a discount of 20 %: the discount is the support given. If Example Motors fails, the right to buy the land "
        "back recovers 100 % of the discount."
    )
    assert "no right to buy the land back" in sentence("incentive.land", ", buy_back: true", "")


def test_a_guarantee_says_what_it_covers():
    assert sentence("incentive.guarantee") == (
        "the province guarantees the debt of Example Motors until 15 March 2029: if Example Motors fails, it covers "
        "80 % of the creditors' loss, up to 2 bn yuan."
    )
    assert "Example Motors with no end date stated:" in sentence("incentive.guarantee", ", until: 2029-03-15", "")


def test_a_promise_says_that_it_can_be_late():
    assert sentence("promise.site") == (
        "Riverton promises “serviced land”, due on 30 September 2024: kept in that quarter with a "
        "probability of 80 %, otherwise in each later quarter with the same probability; keeping it costs 25 "
        "m yuan."
    )
    assert "costs" not in sentence("promise.site", ", cost: 25", "")


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("event('site')", "if the promise “serviced land” has been kept"),
        ("not event('site')", "if the promise “serviced land” has not been kept"),
        ("months_since('site') > 6", "more than 6 months have passed since the promise “serviced land” was kept"),
    ],
)
def test_conditions_may_wait_for_a_promise(condition, words):
    asked = text().replace("when: not listed", f'when: "{condition}"')
    (call,) = [c for c in explain(parse_sheet(document(asked))) if c.id == "call"]
    assert words in render(call.message)
