"""Pages after a signing say what was held, of its own day: reports, figures, signs, clauses and shares."""

from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

from guanzi.advice.appraisal import budget_party
from guanzi.advice.appraisal.prepare import prepare
from guanzi.advice.structuring import restructure_sheet
from guanzi.deal.terms import payments
from guanzi.jobs.following import fund, monitoring, release
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook

CASES = Path(__file__).parent / "cases"
CENTRE, NOTE = str(CASES / "apple-waukee-2017"), str(CASES / "northvolt-heide-2024")
DAY, LATER = date(2017, 8, 24), date(2018, 8, 24)


def watched(case, day):
    return monitoring.watch(monitoring.Request(case, day, paths=0))


@pytest.mark.parametrize(("case", "first"), [(CENTRE, "2017Q3"), (NOTE, "2023Q4")])
@pytest.mark.parametrize("day", [date(2024, 3, 20), date(2025, 8, 2)])
def test_reports_that_are_due_stand_in_the_calendar_until_a_newer_one_is_held(case, first, day):
    found = monitoring.look(watched(case, day), monitoring.Request(case, day, paths=0)).calendar
    reports = [entry for entry in found if entry.kind == "report"]
    assert reports[0].id == f"report.{first}"
    assert len({entry.id for entry in reports}) == len(reports)
    months = [entry.day.year * 12 + entry.day.month for entry in reports]
    assert max(b - a for a, b in pairwise(months)) <= 4


@pytest.mark.parametrize("day", [DAY, LATER])
def test_a_count_of_a_day_keeps_its_day(day):
    rights = {right.id: right for right in watched(CENTRE, day).examined.now.rights}
    (jobs,) = rights["sales_tax"].headroom
    assert [held for held, value in zip(jobs.days, jobs.values, strict=True) if value is not None] == [DAY]


@pytest.mark.parametrize("day", [DAY, LATER])
def test_no_sign_seen_is_no_answer_while_a_rule_cannot_be_looked_at(day):
    seen = watched(CENTRE, day)
    tried = release.try_instalment(seen, "abatement.2020", load_playbook("hefei")).release
    (calm,) = [test for test in tried.demands if test.demand.id not in ("two-people", "proof", "covenants")]
    assert (calm.met, bool(calm.open)) == (None, True)
    assert tried.assumed


def test_clauses_that_were_not_seen_stand_beside_the_sums_of_a_fund():
    found = fund.hold(fund.Request((CENTRE,), DAY, run=Run(paths=0))).found
    assert {note.id: dict(note.params) for note in found.notes}["following.fund.clauses_unseen"]["n"] == 2


def test_that_partners_come_does_not_tell_what_else_a_payment_waits_for():
    case = load_case(Path(NOTE))
    prepared = prepare(case, case.decision_date, load_playbook("shenzhen"))
    sheet, structure = prepared.sheet, prepared.playbook.governance.structure
    assert sheet is not None
    payer = budget_party(sheet, prepared.view)
    assert payer is not None
    made = restructure_sheet(sheet, structure.model_copy(update={"round": None}), payer, None).sheet
    assert made is not None
    ahead = [one for one in payments(made, "invested", "lent") if one.already is None]
    assert ahead
    assert all(one.condition is not None and made.awaits_unseen(one) for one in ahead)
