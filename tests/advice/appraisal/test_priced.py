"""The chance in the appraisal: figures, conditions before money is paid, whether to wait, and what is said of it."""

import pytest
from tests.advice.appraisal.test_without_equity import GIVEN, written
from tests.cli.small_case import write_case

from guanzi.advice.appraisal import AppraisalOptions, appraise, why
from guanzi.base.core import catalogue_languages, render
from guanzi.intake.bets import day_of_text, outcomes, register
from guanzi.jobs.appraisal.commands.first_screen import summary_screen
from guanzi.jobs.appraisal.documents.brief import brief_html
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook
from guanzi.study.bets import QUESTIONS

PRICED = load_playbook("hefei-priced")
SHORT = AppraisalOptions(sensitivity=False)
NO_SUM = """\
instruments:
  stake: {type: equity, issuer: company, share: unknown, holders: {riverton: unknown}, tranches: []}
"""


def read(folder, playbook=PRICED):
    return appraise(load_case(folder), None, playbook, 300, options=SHORT)


def at_ratio(ratio):
    pricing = PRICED.pricing
    return PRICED.model_copy(
        update={
            "pricing": pricing.model_copy(
                update={"loss_to_gain": pricing.loss_to_gain.model_copy(update={"value": ratio})}
            )
        }
    )


@pytest.fixture(scope="module")
def signed(tmp_path_factory):
    folder = tmp_path_factory.mktemp("signed")
    write_case(folder)
    return read(folder)


@pytest.fixture(scope="module")
def given(tmp_path_factory):
    folder = tmp_path_factory.mktemp("given")
    written(folder, GIVEN["grant"])
    return folder


def test_every_table_tells_the_chance_and_only_the_priced_one_reads_it(tmp_path, signed):
    write_case(tmp_path)
    found = read(tmp_path, "hefei")
    assert [id for id in found.figures if id.startswith("odds.")] == ["odds.success"]
    assert found.figures["odds.success"] == signed.figures["odds.success"]
    assert not [row.id for row in found.rows if "odds.success" in row.figures]
    assert found.summary.figures[0] == "odds.success"


def test_six_questions_are_shown_with_their_reason_and_the_ten_most_alike_bets_by_name(signed):
    assert [row[0].id.rpartition(".")[2] for row in signed.odds.rows] == [*QUESTIONS, "milestones"]
    assert all(row[2].id.startswith("appraisal.odds.because.") for row in signed.odds.rows)
    assert len(signed.alike.rows) == 10
    held = {bet.name: bet for bet in register()}
    for name, _, decided, _, came in signed.alike.rows:
        assert came.id.removeprefix("appraisal.alike.") == outcomes()[held[name].id].outcome
        assert held[name].decided == decided


def test_no_bet_is_named_whose_outcome_was_not_settled_by_the_day(signed):
    day = signed.as_of
    assert all(day_of_text(row[2]) < day.replace(year=day.year - 10) for row in signed.alike.rows)


def test_the_fund_says_at_which_chance_the_deal_pays(signed):
    figures = signed.figures
    assert figures["odds.needed"].value == pytest.approx(figures["company.break_even_survival"].value)
    assert figures["odds.surplus"].value == pytest.approx(figures["odds.success"].value - figures["odds.needed"].value)
    assert figures["odds.needed"].note.id.endswith("account")


def test_what_is_to_be_shown_first_comes_first_and_only_of_what_is_not_known(signed):
    first = [demand.precedent for demand in signed.demands]
    assert first == sorted(first, reverse=True)
    unknown = {row.id for row in signed.rows if row.outcome == "no_evidence"}
    assert {"size-quarter", "going-concern"} <= unknown
    assert {demand.id for demand in signed.demands if demand.precedent} == {"show-survival", "show-budget"}


def test_what_is_proposed_holds_the_conditions_before_money(signed):
    assert signed.proposal is not None
    told = {change.id for change in signed.proposal.changes if change.id.startswith("precedent.")}
    assert told == {f"precedent.{demand.id}" for demand in signed.demands if demand.precedent}


@pytest.mark.parametrize(
    ("ratio", "advice"), [(0.5, "back_with_conditions"), (2.0, "insufficient_evidence"), (50.0, "decline")]
)
def test_the_assumed_ratio_decides_where_no_gain_is_forecast(given, ratio, advice):
    found = read(given, at_ratio(ratio))
    assert found.figures["odds.needed"].value == pytest.approx(ratio / (1 + ratio))
    assert found.figures["odds.needed"].note.params["ratio"] == ratio
    assert found.advice == advice


def test_waiting_is_advised_with_its_worth_its_cost_and_at_most_three_facts(given):
    found = read(given, at_ratio(2.0))
    worth, cost = (found.figures[id].value for id in ("odds.worth", "odds.waiting_cost"))
    assert worth > cost == pytest.approx(0.08 / 4)
    fetch = found.summary.lead[0].params["first"]
    assert 1 <= len(fetch) <= 3
    asked = [m for m in found.missing if m.id.startswith("odds.")]
    assert any(m.if_well != m.if_badly for m in asked)
    assert render(found.summary.headline.model_dump()) == (
        f"Riverton should get an answer before it decides on Example Motors: the answer is worth {100 * worth:.2g} % "
        "of the money at risk, and a wait of 3 months costs 2 %."
    )


def test_without_a_sum_the_advice_is_to_negotiate_and_no_deal_was_judged(tmp_path):
    written(tmp_path, NO_SUM)
    found = read(tmp_path)
    assert found.figures["public.amount"].value is None
    assert found.summary.headline.id == "appraisal.headline.negotiate"
    assert "NEGOTIATE ON CONDITIONS" in summary_screen(found, tmp_path, "en", 80)


@pytest.mark.parametrize("lang", catalogue_languages())
def test_the_first_screen_tells_the_chance_and_every_page_can_be_made(signed, lang, tmp_path):
    screen = summary_screen(signed, tmp_path, lang, 80)
    assert render(signed.summary.lead[1].model_dump(), lang)[:12] in screen
    assert len(screen.splitlines()) <= 24
    assert dossier_html(signed, lang)
    assert brief_html(signed, lang)


def test_the_chance_can_be_followed_to_the_register_and_to_facts(signed):
    kinds = {step.kind for step in why(signed, "odds.success").parents}
    assert kinds == {"register", "fact"}
