"""What rules measure on a term sheet: each quantity on a sheet that has it, on one that has not, and unseen."""

import math

import pytest
from tests.deal.compliance.deals import EARLY, LATE, PLANT, STAKE, put, sheet

from guanzi.base.core import render
from guanzi.deal.compliance.quantities import QUANTITIES, measure

EQUITY = STAKE + EARLY + LATE
SHARED = EQUITY.replace("{city: 20%}", "{city: 15%, founder: 5%}")
BARE_TRANCHE = STAKE + "      - {id: t1, amount: {city: 400}, due: 2030-03-31}\n"
GRANT = "  money: {type: grant, from: city, amount: 40, start: 2030-06-30}\n"
CLAWED = (
    "  money: {type: grant, from: city, amount: 40, start: 2030-06-30, "
    'clawback: {when: "jobs_local < 500", recover: 100%, enforced: 50%}}\n'
)
REBATE = "  back: {type: rebate, from: city, amount: 60 per year, years: 5, start: 2030-06-30}\n"
LAND = "  site: {type: land, from: city, hectares: 100, value: 1000, discount: 20%, due: 2030-06-30}\n"
GUARANTEE = "  behind: {type: guarantee, from: province, share: 80%, limit: 500}\n"
LOAN = (
    "  bridge: {type: loan, lender: city, borrower: company, amount: 300, drawn: 2030-06-30, rate: 4%, "
    "repayment: bullet, maturity: 5 years}\n"
)
NOTE = (
    "  note: {type: convertible_note, lender: city, issuer: company, amount: 200, drawn: 2030-06-30, rate: 6%, "
    "maturity: 3 years, cap: 2000}\n"
)
CALL = (
    "  call: {type: call, on: stake, holder: company, portion: 50% of city, price: {rate: 10%, basis: simple}, "
    "when: not listed}\n"
)
JOBS = '  money: {type: grant, from: city, amount: 40, start: 2030-06-30, if: "jobs_local >= 300"}\n'
SUPPLIERS = '  money: {type: grant, from: city, amount: 40, start: 2030-06-30, if: "supplier_share_local >= 30%"}\n'
SEAT = "  money: {type: grant, from: city, amount: 40, start: 2030-06-30, if: hq_local}\n"
PURCHASE = "  buses: {type: purchase, from: city, amount: 50 per year, years: 3, start: 2030-06-30, worth: 100%}\n"
PARK = "  plant: {type: park, from: city, cost: 700, start: 2030-06-30, ready: 2031-06-30, rent: 5%, years: 10}\n"
WARRANT = "  warrant: {type: warrant, holder: city, issuer: company, share: 5%, strike: 3000}\n"
SHARE = (
    "  share: {type: revenue_share, investor: city, issuer: company, of: revenue, rate: 2%, years: 5, "
    "drawn: 2030-06-30, amount: 90}\n"
)
EARN_OUT = '  more: {type: earn_out, from: city, to: founder, amount: 30, when: "listed"}\n'
RECAPTURE = '  back: {type: clawback, on: [money], when: "jobs_local < 500", recover: 100%, enforced: 50%}\n'
UNSEEN = "unknown_clauses:\n  side_letter: {text: whatever the side letter says}\n"
EXPORTS_UNWRITTEN = "covenants:\n  exports: {require: unknown, remedy: unknown, text: the company exports a lot}\n"

TRUTHS = {
    "has_equity": ((EQUITY, "", PLANT), ()),
    "has_loan": ((LOAN,), (EQUITY, "", PLANT)),
    "has_grant": (("", GRANT), ("", REBATE)),
    "has_rebate": (("", REBATE), ("", GRANT)),
    "has_land": (("", LAND), ("", GRANT)),
    "has_guarantee": (("", GUARANTEE), ("", GRANT)),
    "has_put": ((EQUITY + put(), "", PLANT), (EQUITY, "", PLANT)),
    "has_call": ((EQUITY + CALL, "", PLANT), (EQUITY, "", PLANT)),
    "has_support": (("", LAND), (LOAN,)),
    "has_selective_support": ((LOAN,), (EQUITY, "", PLANT)),
    "has_exit": ((EQUITY + CALL, "", PLANT), (EQUITY, "", PLANT)),
    "has_purchase": (("", PURCHASE), ("", GRANT)),
    "has_park": (("", PARK), ("", GRANT)),
    "has_upside": ((WARRANT,), ("", GRANT)),
    "several_givers": (("", GRANT + GUARANTEE), ("", GRANT)),
    "job_goal": (("", JOBS), ("", GRANT)),
    "unconditional_instalment": ((BARE_TRANCHE,), (EQUITY, "", PLANT)),
    "support_without_clawback": (("", GRANT), ("", CLAWED)),
    "local_content_condition": (("", SUPPLIERS), ("", JOBS)),
    "seat_condition": (("", SEAT), ("", JOBS)),
    "stay_covenant": (
        ("", "", "covenants:\n  seat: {require: hq_local, from: 2031-01-01}\n"),
        ("", "", 'covenants:\n  control: {require: "founder_share >= 40%"}\n'),
    ),
    "public_buyback": (
        (SHARED + put(obligors="[province]", holders="[founder]"), "", PLANT),
        (SHARED + put(obligors="[province]"), "", PLANT),  # one public party to another
    ),
    "fixed_return": ((EQUITY + put(), "", PLANT), (EQUITY + put(rate="0%"), "", PLANT)),
    "dated_put": (
        (EQUITY + put("control_changed or months_since('t1') > 60"), "", PLANT),
        (EQUITY + put("months_since('t1') > 60 and not listed"), "", PLANT),
    ),
    "issuer_only_put": ((EQUITY + put(), "", PLANT), (EQUITY + put(obligors="[company, founder]"), "", PLANT)),
    "tier_without_proof": (
        ("", "", 'tiers:\n  - {id: plant, when: "capacity_local >= 100_000"}\n'),
        ("", "", PLANT),
    ),
    "covenant_without_remedy": (
        ("", "", "covenants:\n  seat: {require: hq_local, from: 2031-01-01}\n"),
        (EQUITY + put(), "", PLANT + "covenants:\n  seat: {require: hq_local, from: 2031-01-01, remedy: put}\n"),
    ),
}
UNSEEN_DOES_NOT_MATTER = {"tier_without_proof"}
LACKING = (
    "unconditional_instalment",
    "support_without_clawback",
    "issuer_only_put",
    "covenant_without_remedy",
)

NUMBERS = {
    "public_total": ((EQUITY + LOAN, GRANT + REBATE + LAND, PLANT), 1000 + 300 + 40 + 300 + 200),
    "equity_total": ((EQUITY, "", PLANT), 1000),
    "loan_total": ((LOAN,), 300),
    "grant_total": (("", GRANT), 40),
    "rebate_total": (("", REBATE), 300),
    "land_total": (("", LAND), 200),
    "guarantee_total": (("", GUARANTEE), 500),
    "support_total": (("", GRANT + REBATE + LAND), 540),
    "public_share": ((EQUITY, "", PLANT), 0.2),
    "first_payment_share": ((EQUITY, "", PLANT), 0.4),
    "clawback_cover": (("", CLAWED + REBATE), 40 / 340),
    "land_price": (("", LAND), 1000 * 0.8 * 1e6 / (100 * 10_000)),
    "land_discount": (("", LAND), 0.2),
    "jobs_required": (("", CLAWED), 500),
}


def value(name, parts):
    return measure(sheet(*parts)).values[name].value


@pytest.mark.parametrize("name", TRUTHS)
def test_a_truth_is_seen_where_it_is_and_not_where_it_is_not(name):
    there, absent = TRUTHS[name]
    assert value(name, there) is True
    assert value(name, absent) is False


@pytest.mark.parametrize("name", sorted(set(TRUTHS) - UNSEEN_DOES_NOT_MATTER))
def test_what_is_not_in_a_sheet_with_unseen_clauses_is_not_known(name):
    instruments, incentives, rest = (*TRUTHS[name][1], "", "", "")[:3]
    assert value(name, (instruments, incentives, rest + UNSEEN)) is None


@pytest.mark.parametrize("name", LACKING)
def test_what_a_clause_lacks_may_stand_in_one_that_was_not_seen(name):
    instruments, incentives, rest = (*TRUTHS[name][0], "", "", "")[:3]
    assert value(name, (instruments, incentives, rest + UNSEEN)) is None


@pytest.mark.parametrize("name", NUMBERS)
def test_a_number_is_what_the_clauses_add_up_to(name):
    parts, wanted = NUMBERS[name]
    low, high = value(name, parts)
    assert low == pytest.approx(wanted, rel=1e-12)
    assert high == pytest.approx(wanted, rel=1e-12)


@pytest.mark.parametrize("name", ["public_total", "equity_total", "loan_total", "support_total", "guarantee_total"])
def test_an_amount_is_a_lower_bound_while_clauses_were_not_seen(name):
    low, high = value(name, (EQUITY + LOAN, GRANT + GUARANTEE, PLANT + UNSEEN))
    assert low > 0
    assert high == math.inf


def test_every_quantity_is_proved_here():
    assert set(QUANTITIES) == set(TRUTHS) | set(NUMBERS) | {"aid_total", "export_condition"}


def test_aid_is_at_least_what_is_given_at_once_and_at_most_everything():
    assert value("aid_total", (EQUITY + LOAN, GRANT + GUARANTEE, PLANT)) == (40, 40 + 300 + 500 + 1000)
    assert value("aid_total", ("", REBATE)) == (60, 300)
    late = GRANT.replace("2030-06-30", "2033-06-30")
    assert value("aid_total", ("", late)) == (0, 40)
    assert value("aid_total", ("", LAND)) == (200, 200)
    assert value("aid_total", ("", LAND.replace("2030-06-30", "2033-06-30"))) == (0, 200)


def test_a_payment_without_a_day_is_not_taken_to_be_the_first():
    undated = "  money: {type: grant, from: city, amount: 40}\n"
    assert value("first_payment_share", ("", undated)) is None
    assert value("aid_total", ("", undated)) == (0, 40)
    assert value("aid_total", ("", LAND.replace(", due: 2030-06-30", ""))) == (0, 200)


def test_exports_are_unknown_while_a_covenant_is_only_words():
    assert value("export_condition", ("", GRANT)) is False
    assert value("export_condition", ("", "", EXPORTS_UNWRITTEN)) is None


def test_a_bracket_stays_an_interval():
    bracket = STAKE + "      - {id: t1, amount: {city: {unknown: {low: 200, high: 400}}}, due: 2030-03-31}\n"
    assert value("equity_total", (bracket,)) == (200, 400)


def test_a_condition_that_hides_in_a_tier_is_found():
    chain = 'tiers:\n  - {id: plant, when: "supplier_share_local >= 30%", proof: ledger}\n'
    assert value("local_content_condition", (EQUITY, "", chain)) is True


def test_a_convertible_note_is_lent_money():
    assert value("loan_total", (LOAN + NOTE,)) == (500, 500)
    assert value("public_total", (LOAN + NOTE,)) == (500, 500)
    assert value("unconditional_instalment", (NOTE,)) is True


def test_goods_and_buildings_are_paid_for():
    assert value("public_total", ("", PURCHASE + PARK)) == (850, 850)
    assert value("support_total", ("", PURCHASE + PARK)) == (0, 0)
    assert value("aid_total", ("", PURCHASE + PARK)) == (0, 850)


def test_what_is_paid_for_a_share_of_revenue_or_as_an_earn_out_counts():
    assert value("public_total", (SHARE + EARN_OUT,)) == (120, 120)
    assert value("has_upside", (SHARE,)) is True


def test_a_clawback_of_its_own_covers_a_grant():
    assert value("support_without_clawback", ("", GRANT + RECAPTURE)) is False
    assert value("clawback_cover", ("", GRANT + RECAPTURE)) == (1, 1)


def test_a_finding_names_its_clauses():
    found = measure(sheet("", GRANT + CLAWED.replace("money", "other"))).values["support_without_clawback"]
    assert [clause for clause, _ in found.clauses] == ["money"]
    assert found.clauses[0][1].line > 0


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_quantity_can_be_said(lang):
    assert all(render(quantity.meaning, lang) for quantity in QUANTITIES.values())
