"""Every clause of a deal in words, with what was not seen and what is assumed for it."""

from hypothesis import given, settings
from tests.deal.terms.known_company import sheet
from tests.deal.terms.sheets import parsed
from tests.sampling import examples
from tests.strategies import sheets

from guanzi.base.core import render
from guanzi.deal.terms import GROUPS, Call, Equity, Put, explain, group_title


def said(id, old="", new=""):
    (clause,) = [c for c in explain(parsed(old, new)) if c.id == id]
    return render(clause.message)


def state(id, old="", new=""):
    (clause,) = [c for c in explain(parsed(old, new)) if c.id == id]
    return clause.state


@given(sheets())
@settings(max_examples=examples(25))
def test_every_clause_of_any_sheet_is_said_once(sheet):
    clauses = explain(sheet)
    ids = [clause.id for clause in clauses]
    assert len(ids) == len(set(ids))
    for clause in clauses:
        sentence = render(clause.message)
        assert sentence.endswith(".")
        assert "{" not in sentence
        assert clause.place.line > 0
    order = [GROUPS.index(clause.group) for clause in clauses]
    assert order == sorted(order)
    tranches = {f"stake.{t.id}" for e in sheet.of(Equity) for t in e.tranches}
    rights = {right.id for right in (*sheet.of(Put), *sheet.of(Call))}
    others = {f"tier.{t.id}" for t in sheet.tiers} | {f"covenant.{c.id}" for c in sheet.covenants}
    assert tranches | rights | others <= set(ids)


def test_groups_have_titles():
    assert [render(group_title(group)) for group in GROUPS][:3] == ["The deal", "Parties", "Stake and instalments"]


def test_an_instalment_says_who_pays_what_and_when():
    assert said("stake.t1") == (
        "Instalment 1, 900 m yuan in total: Riverton pays 600 m yuan and the province pays 300 m yuan, on or after "
        "15 April 2024; only once the following holds: the event “conditions of closing are met” has happened."
    )


def test_an_instalment_without_a_condition_depends_on_the_calendar_alone():
    assert "no condition other than the date" in said("stake.t3")
    assert "no condition" not in said("stake.t1")


def test_an_instalment_says_what_was_not_seen_and_what_is_assumed():
    assert "the province pays an amount that was not seen (assumed: about 400 m yuan)" in said("stake.t2")
    assert "unpaid, it lapses after 31 December 2025" in said("stake.t2")
    assert "(assumed: anywhere between 200 m yuan and 400 m yuan; the sheet notes: press)" in said("stake.t3")
    assert [state(f"stake.t{n}") for n in (1, 2, 3)] == ["known", "bracketed", "bracketed"]


def test_a_value_without_a_bracket_is_simply_unknown():
    sentence = said("stake.t1", "{city: 600, province: 300}", "{city: 600, province: unknown}")
    assert "the province pays an amount that was not seen and" not in sentence
    assert "the province pays an amount that was not seen, on or after" in sentence
    assert state("stake.t1", "{city: 600, province: 300}", "{city: 600, province: unknown}") == "unknown"


def test_a_put_says_who_owes_its_price():
    assert "Only Example Motors itself must pay the price" in said("put")
    limited = said("put", "obligors: [company]", "obligors: [company, founder]")
    assert "The price must be paid by Example Motors and founder." in limited
    unseen = "obligors: unknown"
    assert "Who must pay the price was not seen (assumed: Example Motors alone)." in said(
        "put", "obligors: [company]", unseen
    )


def test_a_put_says_its_price_its_triggers_and_the_covenants_that_open_it():
    sentence = said("put")
    assert "for the amount paid plus 8.5 % a year (compounding was not seen; assumed: yearly)" in sentence
    assert "(3) control of the company has changed; or if a covenant is breached: headquarters." in sentence
    assert state("put") == "bracketed"


def test_a_call_says_whose_stake_it_takes():
    assert said("call") == (
        "Example Motors may buy back 50 % of the stake of Riverton for the amount paid plus 10 % a year without "
        "compounding, if the company is not listed."
    )
    assert "of the stake of every holder" in said("call", "50% of city", "50%")


def test_a_covenant_says_whether_its_breach_has_a_consequence():
    assert "After a breach, the right “right to sell back” can be exercised." in said("covenant.headquarters")
    assert "the figures assume that a breach has no consequence" in said("covenant.control")
    assert "No remedy is stated" in said("covenant.control", "until: listed, remedy: unknown", "until: listed")
    assert state("covenant.control") == "unknown"


def test_tiers_say_whether_they_were_there_before():
    assert said("tier.office").startswith("Commitment “the sales office”, already in force at signing:")
    assert "No proof is stated." in said("tier.office")
    assert "Leaving would cost the company between 800 m yuan and 2 bn yuan (judgement)." in said("tier.plant")


def test_a_clause_that_was_not_seen_says_that_it_is_left_out():
    assert said("unknown.liquidation") == (
        "Rank and amount in a liquidation — the clause is known to exist, but its text was not seen; no "
        "figure includes it, except as assumed in a clause above."
    )


def test_money_is_said_in_the_currency_of_the_sheet():
    assert "600 m US dollars" in said("stake.t1", "currency: CNY", "currency: USD")
    assert "600 m CHF" in said("stake.t1", "currency: CNY", "currency: CHF")
    assert "600,000 yuan" in said("stake.t1", "unit: 1e6", "unit: 1e3")


def test_an_event_that_is_certain_has_no_chance_of_failing():
    body = "events:\n  permit: {due: 2025-06-30, probability: 100%, name: the permit is granted}\n"
    told = next(render(c.message) for c in explain(sheet(body)) if c.id == "event.permit")
    assert "is certain by 30 June 2025" in told
    assert "otherwise" not in told
