"""What a sheet says was not seen is nowhere said as agreed: neither in words nor by a rule that finds it missing."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
import yaml
from tests.truth.test_budgets import sheet_of

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.commitments import commitments
from guanzi.advice.following import answered_inside
from guanzi.base.core import LANGUAGES, InvalidInput, catalogue, render
from guanzi.deal.compliance.quantities import measure
from guanzi.deal.lint import lint
from guanzi.deal.terms import explain, unknowns
from guanzi.jobs.following import fund, monitoring, release
from guanzi.jobs.following.documents.monitor_tables import milestone_table
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook
from guanzi.render import localise
from guanzi.study.monitoring import calendar_of, milestones

NEW_CASES = Path(__file__).parent / "cases"

SHEET = """\
deal: plant
status: framework
currency: EUR
unit: 1e6
known_on: 2025-03-15
signed: 2025-06-30
horizon: 5 years
parties:
  company: {role: issuer, name: Cellworks}
  state: {role: public, name: State}
instruments:
  loan: {type: loan, lender: state, borrower: company, amount: 60, rate: 4%, years: 9, drawn: 2025-12-31}
  note: {type: convertible_note, lender: state, issuer: company, amount: 50, rate: 4%, years: 3, drawn: 2025-12-31}
incentives:
  main: {type: grant, from: state, amount: 500, start: 2026-06-30}
  tax: {type: rebate, from: state, amount: 20, start: 2026-06-30}
  orders: {type: purchase, from: state, amount: 20, start: 2026-06-30, worth: 90%, cost: 80%}
"""
CASES = [
    ("tenor", "loan", "The term is", "。期限9年", {"GZ216"}),
    ("loan_repayment", "loan", "The term is", "。期限9年", set()),
    ("tenor", "note", ". 3 years after drawing, any", "。自提款起期满", set()),
    ("conversion", "note", "converts into shares: at the price", "债券转为股权：", {"GZ217"}),
    ("payment", "loan", "no condition", "不设支付条件", {"GZ101"}),
    ("loan_condition", "loan", "no condition", "不设支付条件", {"GZ101"}),
    ("tranches", "incentive.main", "no condition", "不设支付条件", {"GZ502"}),
    ("tranches", "incentive.main", ", once,", "一次性给予补助", set()),
    ("tax-tranches", "incentive.tax", ", once,", "一次性减免或返还税款", set()),
    ("condition", "incentive.orders", "no condition", "不设支付条件", set()),
]


def said(text):
    """Each clause with its state and its words in each language, and the codes of the rules that find fault with it."""
    sheet = sheet_of(text)
    words = {c.id: (c.state, *(render(c.message, lang) for lang in LANGUAGES)) for c in explain(sheet)}
    return words, {(one.code, one.clause) for one in lint(sheet)}


@pytest.mark.parametrize(("name", "clause", "english", "chinese", "codes"), CASES)
def test_what_was_not_seen_is_not_said_as_agreed(name, clause, english, chinese, codes):
    stated, found = said(SHEET)
    state, *words = stated[clause]
    assert state == "known"
    assert [phrase in text for phrase, text in zip((english, chinese), words, strict=True)] == [True, True]
    assert {(code, clause) for code in codes} <= found
    told, left = said(SHEET + f"unknown_clauses:\n  {name}: it was not seen\n")
    state, *words = told[clause]
    assert state == "bracketed"
    assert [phrase in text for phrase, text in zip((english, chinese), words, strict=True)] == [False, False]
    assert [phrase in text for phrase, text in zip(("seen", "未"), words, strict=True)] == [True, True]
    assert not {(code, clause) for code in codes} & left


def test_what_was_not_seen_of_one_clause_says_nothing_of_another():
    told, _ = said(SHEET + "unknown_clauses:\n  main_tranches: it was not seen\n")
    assert told == said(SHEET)[0] | {id: told[id] for id in ("incentive.main", "unknown.main_tranches")}


@pytest.mark.parametrize("name", ["covenants", "agreement", "loan_security", "tenor"])
def test_a_covenant_is_not_missed_in_an_agreement_that_was_not_seen(name):
    missed = {"GZ307", "GZ308"}
    assert missed <= {code for code, _ in said(SHEET)[1]}
    assert not missed & {code for code, _ in said(SHEET + f"unknown_clauses:\n  {name}: it was not seen\n")[1]}


def test_no_mend_asks_for_headquarters_that_nobody_promised():
    fixes = [text for lang in LANGUAGES for id, text in catalogue("lint", lang).items() if id.endswith(".mend")]
    assert len(fixes) > 100
    assert not [text for text in fixes if re.search(r"headquarters|hq_local|总部", text)]


DRAWN = SHEET.replace("years: 3, drawn: 2025-12-31", "years: 3, drawn: 2024-06-30")


def test_what_was_drawn_before_the_signing_runs_from_its_drawing_and_waits_for_nothing():
    told, _ = said(DRAWN + "unknown_clauses:\n  payment: it was not seen\n")
    assert "3 years after drawing," in told["note"][1] + told["note"][2]
    assert "was not seen" not in told["note"][1] + told["note"][2]
    assert "except amounts drawn earlier (convertible note)" in " ".join(told["deal"])


def test_a_version_from_before_the_signing_is_of_a_sheet_to_be_signed():
    assert "to be signed on 30 June 2025" in " ".join(said(SHEET)[0]["deal"])
    later = SHEET.replace("known_on: 2025-03-15", "known_on: 2025-07-15")
    assert "to be signed" not in " ".join(said(later)[0]["deal"])


def test_what_was_drawn_before_the_signing_counts_on_its_day():
    (note,) = (one for one in commitments(sheet_of(DRAWN)) if one.id == "note")
    assert (note.due, note.out) == (date(2024, 6, 30), True)


def test_a_share_that_waits_for_a_test_is_a_gap_where_it_was_not_seen_what_payments_wait_for():
    told = [one.untold for one in commitments(sheet_of(SHEET + "unknown_clauses:\n  main_payment: not seen\n"))]
    assert told.count(True) == 1


ASSUMING = SHEET.replace("start: 2026-06-30}", "start: 2026-06-30, assumed: [start, amount], note: Up to 500.}", 1)


def test_what_the_analyst_assumes_of_a_clause_is_said_with_it_and_counted_and_no_day_of_it_is_agreed():
    told, plain = said(ASSUMING)[0], said(SHEET)[0]
    state, english, chinese = told["incentive.main"]
    assert (plain["incentive.main"][0], state) == ("known", "bracketed")
    assert "Assumed by the analyst, without a source: the first date and the total amount." in english
    assert "The sheet notes: Up to 500." in english
    assert "以下由分析人员假定" in chinese
    assert told == plain | {"incentive.main": told["incentive.main"]}
    gaps = [[gap.clause for gap in unknowns(sheet_of(text))].count("incentive.main") for text in (SHEET, ASSUMING)]
    assert gaps == [0, 2]
    agreed = {flow.instrument: flow.agreed for flow in sheet_of(ASSUMING).flows()}
    assert agreed == {"loan": True, "note": True, "main": False, "tax": True, "orders": True}


def test_a_field_that_nobody_can_assume_is_refused():
    with pytest.raises(InvalidInput):
        sheet_of(SHEET.replace("start: 2026-06-30}", "start: 2026-06-30, assumed: [weather]}", 1))


@pytest.mark.parametrize("path", sorted(NEW_CASES.glob("*/terms/*.yaml")), ids=lambda path: path.parts[-3])
def test_a_day_that_a_case_remarks_to_be_the_analysts_is_entered_as_assumed(path):
    clauses = yaml.safe_load(path.read_text("utf-8")).get("incentives", {})
    for clause in clauses.values():
        if "is the analyst's" in str(clause.get("note")) or "are the analyst's" in str(clause.get("note")):
            assert "start" in clause["assumed"]


def test_a_day_that_is_assumed_is_nowhere_the_day_of_the_deal():
    for name, day, tranche in (
        ("northvolt-heide-2024", date(2024, 7, 31), "land_grant"),
        ("apple-waukee-2017", date(2021, 1, 31), "abatement.2020"),
        ("lithium-thacker-pass-2024", date(2025, 1, 31), "loan"),
    ):
        watched = monitoring.watch(monitoring.Request(str(NEW_CASES / name), day, paths=0))
        tested = release.try_instalment(watched, tranche, load_playbook("hefei")).release
        (due,) = (c for c in tested.conditions if c.id == "due")
        assert due.holds is None
        assert due.words.id == "monitoring.release.assumed"
        guessed = {flow.instrument for flow in watched.sheet.flows() if not flow.agreed}
        stones = milestones(watched.sheet, watched.view)
        entries = calendar_of(watched.sheet, watched.view, stones, watched.rules.reporting)
        days = [e for e in entries if e.kind == "money" and e.id.split(".")[1] in guessed]
        assert days
        assert {e.text.id for e in days} == {"monitoring.calendar.assumed"}
        assert not [m for m in stones if m.id in guessed and m.due is not None]


@pytest.mark.parametrize("path", sorted(NEW_CASES.iterdir()), ids=lambda path: path.name)
def test_a_day_that_is_assumed_is_told_as_assumed_wherever_it_stands(path):
    watched = monitoring.watch(monitoring.Request(str(path), None, paths=0))
    sheet = watched.sheet
    stones = milestones(sheet, watched.view)
    entries = calendar_of(sheet, watched.view, stones, watched.rules.reporting)
    table = {row.id: row for row in milestone_table(stones, "EUR m").rows}
    clauses = {c.id.removeprefix("incentive.").removeprefix("event."): render(c.message) for c in explain(sheet)}
    guessed = [id for id in sheet.assumed if sheet.guessed(id)]
    assert guessed
    for id in guessed:
        assert "Assumed by the analyst" in clauses[id]
        days = [entry for entry in entries if entry.id.split(".")[1] == id]
        assert days
        assert {entry.text.id for entry in days} == {"monitoring.calendar.assumed"}
        if f"milestone:{id}" in table:
            cells = table[f"milestone:{id}"].cells
            assert (cells[1].value.id, cells[5].value.id) == (
                "reports.monitor.assumed_day",
                "reports.monitor.milestone.open.unheard",
            )
            assert "ISNUMBER({due})" in cells[6].formula


def test_money_on_assumed_days_may_come_later_and_what_waits_for_an_event_waits():
    folders = tuple(str(NEW_CASES / name) for name in ("northvolt-heide-2024", "lithium-thacker-pass-2024"))
    for folder, guessed, awaits in zip(folders, (701.0, 1_970.0), (0.0, 1_970.0), strict=True):
        found = fund.hold(fund.Request((folder,), date(2025, 1, 31), run=Run(paths=0)))
        assert (found.found.sums["guessed"], found.found.sums["awaits"]) == pytest.approx((guessed, awaits))
        told = {s.words.id.removeprefix("reports.fund.") for s in fund.document_of(found).sentences()}
        assert {"lead.open.assumed", "calls_open.assumed"} <= told
        assert ("lead.awaits" in told) == (awaits > 0.0)


TWO_GIVE = """\
  town: {role: public, name: Town}
instruments:
  loan: {type: loan, lender: state, borrower: company, amount: 60, rate: 4%, years: 9, drawn: 2025-12-31}
incentives:
  main: {type: grant, from: state, amount: 500, start: 2026-06-30}
  more: {type: grant, from: PAYER, amount: 50, start: 2026-06-30}
  backed: {type: guarantee, from: town, of: loan, share: 50%, limit: 30}
"""


@pytest.mark.parametrize(("payer", "called"), [("town", "grant of Town"), ("state", "grant no. 2")])
def test_what_two_payers_give_is_named_by_the_payer_and_no_instalment(payer, called):
    sheet = sheet_of(SHEET.partition("instruments:")[0] + TWO_GIVE.replace("PAYER", payer))
    assert sheet.called("more") == called
    (inside,) = answered_inside(sheet)
    assert "Town may have to pay State up to 30 m euros" in render(inside)


def test_before_a_framework_binds_nothing_is_released_and_no_id_of_a_fact_is_read():
    for name, tranche, asked in (
        ("northvolt-heide-2024", "land_grant", True),
        ("apple-waukee-2017", "sales_tax", False),
    ):
        watched = monitoring.watch(monitoring.Request(str(NEW_CASES / name), None, paths=0))
        tested = release.try_instalment(watched, tranche, load_playbook("hefei"))
        held = {test.id: test.holds for test in tested.release.conditions}
        assert ("binding" in held) == asked
        assert held.get("binding") is None
        read = {localise(s.words, lang) for s in release.document_of(tested).sentences() for lang in LANGUAGES}
        ids = rf"(?<![\w-])(?:{'|'.join(re.escape(fact.id) for fact in watched.view.facts if '-' in fact.id)})(?![\w-])"
        assert not [text for text in read if re.search(ids, text)]


@pytest.mark.parametrize("field", ["tranches", "instalments", "payment", "main_tranches"])
def test_what_instalments_wait_for_is_not_asked_of_a_guarantee_and_their_sums_are_assumed(field):
    """A guarantee is called when the company fails; a grant whose parts were not seen may not be paid at once."""
    backed = SHEET.replace("name: State}\n", "name: State}\n  land: {role: public, name: Land}\n")
    backed += "  backing: {type: guarantee, from: land, of: loan, share: 50%, limit: 30}\nunknown_clauses:\n"
    sheet = sheet_of(backed + f"  {field}: {{text: parts of the grants}}\n")
    found = {flow.instrument: (sheet.awaits_unseen(flow), sheet.parts_unseen(flow)) for flow in sheet.flows()}
    assert found["backing"] == (False, False)
    assert found["main"] == (True, True)
    named = sheet_of(backed + "  backing_condition: {text: when it is called}\n")
    assert {flow.instrument for flow in named.flows() if named.awaits_unseen(flow)} == {"backing"}


def test_no_instalment_is_told_as_a_whole_whose_parts_were_not_seen():
    seen = monitoring.monitor(monitoring.Request(str(NEW_CASES / "northvolt-heide-2024"), paths=0))
    for id in ("federal_grant", "land_grant"):
        assert release.try_instalment(seen.watched, id, load_playbook("hefei")).release.assumed, id


@pytest.mark.parametrize("assumed", [True, False])
def test_a_payment_on_an_assumed_day_is_not_told_to_be_one_that_breaks_a_rule(assumed):
    """Where the analyst lets a loan go over on one day, the deal may already pay it in parts."""
    mark = ", assumed: [drawn]" if assumed else ""
    text = SHEET.replace("drawn: 2025-12-31}", f"drawn: 2025-12-31{mark}}}").partition("  note:")[0]
    measured = measure(sheet_of(text)).values["first_payment_share"]
    assert (measured.value is None) == assumed


def test_nobody_is_asked_to_split_a_payment_that_may_come_in_parts():
    case, options = (
        load_case(NEW_CASES / "lithium-thacker-pass-2024"),
        AppraisalOptions(sensitivity=False, proposal=False),
    )
    told = {demand.text.id for demand in appraise(case, paths=16, options=options).demands}
    assert "appraisal.demand.tie_instalments.single.assumed" in told
    assert "appraisal.demand.tie_instalments.single" not in told
