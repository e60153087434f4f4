"""A deal before the law: that of its day, and in a note that of a later one."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.deal.compliance.deals import EARLY, LATE, PLANT, STAKE, put, sheet

from guanzi.base.core import render
from guanzi.deal.compliance.answers import answers_of_view
from guanzi.deal.compliance.diagnostics import diagnostics
from guanzi.deal.compliance.judging import Deal, State, Time, judge
from guanzi.deal.compliance.pack import InForce
from guanzi.deal.compliance.sentences import finding, fix, law, question
from guanzi.deal.compliance.shipped import shipped_packs
from guanzi.deal.lint import Level
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case

PACKS = shipped_packs()
type Answers = dict[str, bool | tuple[float, float]]
TODAY = date(2026, 11, 24)
REBATE = "  back: {type: rebate, from: city, amount: 60 per year, years: 5, start: 2030-06-30}\n"


def rebate(signed, **frame):
    return sheet("", REBATE, signed=signed, **frame)


def found(judgement, id):
    """The verdict of a rule, among verdicts and notes; None where it has nothing to say."""
    return next((v for v in (*judgement.verdicts, *judgement.notes) if v.rule.id == id), None)


def nio(today=TODAY):
    case = load_case(find_case("nio-hefei-2020"))
    view = case.view(case.decision_date)
    deal = parse_sheet(view.sheet.document)
    known = Deal(view.region.country, view.industry, answers_of_view(view, PACKS, deal))
    return judge(deal, PACKS, known, today=today)


# -- time --------------------------------------------------------------------------------------------------------


def test_nio_is_judged_by_the_law_of_2020():
    judgement = nio()
    assert judgement.signed == date(2020, 4, 29)
    for verdict in judgement.verdicts:
        assert verdict.rule.in_force.on(judgement.signed) is not False
    assert not [v.rule.id for v in judgement.verdicts if v.rule.id.startswith(("CN-FCR-", "CN-FCRIM", "CN-GBF"))]


def test_the_competition_review_of_2024_is_only_a_note_on_the_deal_of_2020():
    judgement = nio()
    review = [note for note in judgement.notes if note.rule.source == "decree-783"]
    assert len(review) >= 8
    assert {note.time for note in review} == {Time.LATER}
    assert {note.severity for note in review} == {"info"}


def test_the_opinions_of_2016_were_law_for_nio_and_have_ended_since():
    judgement = nio()
    then = [v for v in judgement.verdicts if v.rule.id == "CN-FCR16-REVIEW"]
    now = [v for v in judgement.notes if v.rule.id == "CN-FCR16-REVIEW"]
    assert [v.time for v in then] == [Time.THEN]
    assert [v.time for v in now] == [Time.ENDED]


def test_without_a_later_day_there_is_no_note():
    assert nio(today=None).notes == ()


def test_the_same_clause_is_no_breach_before_its_rule_and_one_after_it():
    answers = {"legal_basis": False, "exception_recorded": False}
    before = judge(rebate("2024-07-31"), PACKS, Deal("CN", answers=answers), today=TODAY)
    after = judge(rebate("2024-08-01"), PACKS, Deal("CN", answers=answers), today=TODAY)
    early, late = found(before, "CN-FCR-10-1"), found(after, "CN-FCR-10-1")
    assert (early.time, early.state, early.severity) == (Time.LATER, State.VIOLATED, "info")
    assert (late.time, late.state, late.severity) == (Time.THEN, State.VIOLATED, "error")


def test_a_rule_whose_first_day_was_not_seen_is_told_but_not_held_against_the_deal():
    answers: Answers = {"state_enterprise_stake": True, "exit_price_ratio": (0.8, 0.8), "exit_reapproved": False}
    judgement = judge(sheet(STAKE + EARLY, "", PLANT), PACKS, Deal("CN", answers=answers))
    verdict = found(judgement, "CN-SASAC32-PRICE")
    assert (verdict.state, verdict.time, verdict.severity) == (State.VIOLATED, Time.UNDATED, "info")
    assert "was not seen" in render(finding(verdict))


@given(st.dates(date(1999, 1, 1), date(2030, 1, 1)), st.integers(0, 4000))
def test_a_rule_is_law_between_its_days(since, length):
    until = since + timedelta(days=length)
    force = InForce(since=since, until=until, ended="repealed")
    assert [force.on(d) for d in (since - timedelta(days=1), since, until, until + timedelta(days=1))] == [
        False,
        True,
        True,
        False,
    ]


def test_a_year_of_entry_into_force_is_sure_only_from_its_end():
    force = InForce(since=2017)
    days = (date(2016, 12, 31), date(2017, 5, 3), date(2017, 12, 31))
    assert [force.on(day) for day in days] == [False, None, True]


# -- what applies ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("country", "wanted"),
    [
        ("CN", {"cn", "us-chips", "wto", "good-practice"}),
        ("DE", {"eu", "wto", "good-practice"}),
        ("US", {"us", "us-chips", "wto", "good-practice"}),
        ("GB", {"uk", "wto", "good-practice"}),
        ("", {"wto", "good-practice"}),
    ],
)
def test_the_country_of_the_region_chooses_the_packs(country, wanted):
    assert set(judge(rebate("2025-01-15"), PACKS, Deal(country)).packs) == wanted


def test_a_pack_can_be_named_beside_those_of_the_country():
    assert "eu" in judge(rebate("2025-01-15"), PACKS, Deal("CN"), ["eu"]).packs


def test_world_trade_law_is_always_information():
    local = '  money: {type: grant, from: city, amount: 40, start: 2030-06-30, if: "supplier_share_local >= 30%"}\n'
    verdict = found(judge(sheet("", local), PACKS, Deal()), "WTO-ASCM-3-1B")
    assert (verdict.state, verdict.severity) == (State.VIOLATED, "info")


def test_a_rule_of_another_industry_has_nothing_to_say():
    cars, chips = (judge(rebate("2025-01-15"), PACKS, Deal("CN", industry)) for industry in ("cars", "semiconductors"))
    assert found(cars, "US-CHIPS-EXPANSION") is None
    assert found(chips, "US-CHIPS-EXPANSION").state is State.OPEN


# -- what is not known -------------------------------------------------------------------------------------------


def test_what_cannot_be_judged_is_information_with_the_question_to_answer():
    verdict = found(judge(rebate("2025-01-15"), PACKS, Deal("CN")), "CN-TAX-REFUND-2000")
    assert (verdict.state, verdict.severity, verdict.at_stake) == (State.OPEN, "info", "error")
    assert verdict.questions == ("national_tax_law",)
    assert render(question("national_tax_law", PACKS.questions)).endswith("?")


def test_whether_a_rule_looks_at_a_deal_is_asked_before_what_it_tests():
    unseen = "unknown_clauses:\n  side_letter: {text: whatever the side letter says}\n"
    verdict = found(judge(sheet("", "", unseen), PACKS, Deal("CN")), "CN-LAND-FLOOR")
    assert (verdict.state, verdict.questions) == (State.OPEN, ("has_land",))
    answered = judge(sheet("", "", unseen), PACKS, Deal("CN", answers={"has_land": True}))
    assert "land_floor" in found(answered, "CN-LAND-FLOOR").questions


def test_an_answer_decides_it():
    for answer, state in ((False, State.VIOLATED), (True, State.SATISFIED)):
        deal = Deal("CN", answers={"national_tax_law": answer})
        assert found(judge(rebate("2025-01-15"), PACKS, deal), "CN-TAX-REFUND-2000").state is state


def test_the_sheet_counts_where_an_answer_says_otherwise():
    judgement = judge(rebate("2025-01-15"), PACKS, Deal("CN", answers={"has_rebate": False, "has_nothing": True}))
    assert judgement.contradicted == ("has_rebate",)
    assert judgement.idle == ("has_nothing",)
    assert found(judgement, "CN-TAX-REFUND-2000").state is State.OPEN


def test_what_decides_most_errors_is_asked_first():
    judgement = judge(rebate("2025-01-15"), PACKS, Deal("CN"))
    weights = [
        sum(v.at_stake == "error" for v in judgement.verdicts if name in v.questions) for name in judgement.questions
    ]
    assert weights == sorted(weights, reverse=True)


def test_nothing_is_known_to_be_broken_on_an_empty_sheet_with_unseen_clauses():
    unseen = "unknown_clauses:\n  side_letter: {text: whatever the side letter says}\n"
    judgement = judge(sheet("", "", unseen), PACKS, Deal("CN"), ["eu", "us", "uk"])
    assert judgement.of(State.VIOLATED) == ()


# -- amounts in other currencies ---------------------------------------------------------------------------------


def land(currency):
    return sheet(
        "",
        "  site: {type: land, from: city, hectares: 10, value: 100, discount: 30%, due: 2020-06-30}\n",
        currency=currency,
        signed="2020-01-15",
    )


def test_a_threshold_in_euro_meets_a_sheet_in_euro():
    known: Answers = {"regional_aid": True, "map_intensity": (0.2, 0.2), "commission_approved": False}
    assert found(judge(land("EUR"), PACKS, Deal("DE", answers=known)), "EU-GBER-4-REGIONAL-NOTIFICATION").state is (
        State.VIOLATED
    )


def test_a_threshold_in_euro_asks_for_the_rate_of_another_currency():
    known: Answers = {"regional_aid": True, "map_intensity": (0.2, 0.2), "commission_approved": False}
    verdict = found(judge(land("CZK"), PACKS, Deal("CZ", answers=known)), "EU-GBER-4-REGIONAL-NOTIFICATION")
    assert (verdict.state, verdict.questions) == (State.OPEN, ("rate_eur",))
    rated = Deal("CZ", answers={**known, "rate_eur": (25.0, 25.0)})
    assert found(judge(land("CZK"), PACKS, rated), "EU-GBER-4-REGIONAL-NOTIFICATION").state is State.SATISFIED


# -- what the linter is told -------------------------------------------------------------------------------------


def test_a_breach_is_a_diagnostic_with_place_law_and_mend():
    deal = rebate("2025-01-15")
    judgement = judge(deal, PACKS, Deal("CN", answers={"national_tax_law": False}))
    told = next(d for d in diagnostics(judgement, PACKS, deal) if d.code == "CN-TAX-REFUND-2000")
    assert told.level is Level.ERROR
    assert told.source is not None
    assert told.fix is not None
    assert (told.clause, told.place.line > 0) == ("back", True)
    assert told.page == "reference/compliance.md#cn-tax-refund-2000"
    said = render(told.source)
    assert "Guo Fa [2000] 2" in said
    assert "secondary evidence" in said
    assert "二手依据" in render(told.source, "zh")
    assert render(told.fix)


def test_only_breaches_are_diagnostics():
    deal = sheet(STAKE + EARLY + LATE + put(), "", PLANT)
    judgement = judge(deal, PACKS, Deal("CN"), today=TODAY)
    codes = {d.code for d in diagnostics(judgement, PACKS, deal)}
    broken = {v.rule.id for v in (*judgement.verdicts, *judgement.notes) if v.state is State.VIOLATED}
    assert codes == broken


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_everything_that_a_verdict_says_can_be_said(lang):
    forms = {pack.id: pack.form for pack in PACKS.packs}
    for judgement in (nio(), judge(rebate("2025-01-15"), PACKS, Deal("CN"), ["eu", "us", "uk"], TODAY)):
        for verdict in (*judgement.verdicts, *judgement.notes):
            for message in (finding(verdict), law(verdict.rule, forms[verdict.pack]), fix(verdict.rule)):
                assert render(message, lang)
        for name in judgement.questions:
            assert render(question(name, PACKS.questions), lang)


def test_a_judgement_is_the_same_every_time():
    assert nio() == nio()
