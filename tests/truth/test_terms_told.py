"""What is told of money by its terms: one payment, its amount, its price as debt, interest, and what is only called."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from tests.truth.properties import OF_TRUTH

from guanzi.advice.appraisal import review_case
from guanzi.advice.appraisal.fiscal import incentives_of
from guanzi.advice.following.debts import public_debts
from guanzi.base.core import Period, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.lint import LintContext, lint
from guanzi.deal.terms import ConvertibleNote, Loan, parse_sheet
from guanzi.jobs.following import fund, monitoring, release
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook
from guanzi.render import localise
from guanzi.study.fiscal import forgone_table, service_if_borrowed
from guanzi.study.monitoring.release import releasable

NORTHVOLT, THACKER = OF_TRUTH / "northvolt-heide-2024", OF_TRUTH / "lithium-thacker-pass-2024"
ON_PLAN = Run(paths=0)


def sheet_of(folder, without=""):
    """The term sheet of a case, without some words of it."""
    path = next((folder / "terms").glob("*.yaml"))
    text = path.read_text("utf-8")
    assert without in text
    text = text.replace(without, "") if without else text
    return parse_sheet(parse_yaml(TextFile(path.name, text, tuple(text.split("\n")))))


def test_money_of_which_no_source_says_when_it_comes_is_not_told_as_one_payment():
    """A loan that is drawn many times was one payment, since its analyst had assumed one day for all."""
    sheets = sheet_of(THACKER), sheet_of(THACKER, without="    assumed: [drawn, years, repayment]\n")
    codes = [{found.code for found in lint(sheet, LintContext())} for sheet in sheets]
    assert ["GZ105" in found for found in codes] == [False, True]


@pytest.mark.parametrize(("case", "unstated"), [(NORTHVOLT, {"federal_grant", "land_grant"}), (THACKER, set())])
def test_the_title_of_a_payment_whose_amount_is_assumed_says_so(case, unstated, tmp_path):
    """Of one grant the amount is assumed; of both it was not seen in which parts they go over."""
    folder = shutil.copytree(case, tmp_path / case.name)
    sheet = sheet_of(folder)
    for payout in releasable(sheet):
        document = release.document_of(release.release(release.Request(str(folder), payout.id, run=ON_PLAN)))
        assumed = payout.instrument in unstated
        assert ("the terms do not state the amount" in localise(document.title, "en")) is assumed
        assert ("条款未载明" in localise(document.title, "zh")) is assumed


def test_a_framework_stands_in_no_title_as_a_signed_deal():
    found = {case: fund.hold(fund.Request((str(case),), run=ON_PLAN)) for case in (NORTHVOLT, THACKER)}
    for case, result in found.items():
        assert [row.binding for row in result.found.rows] == [sheet_of(case).status == "definitive"]
        titles = [localise(fund.document_of(result).title, lang) for lang in ("en", "zh")]
        assert [word in title for word, title in zip(("signed", "已签"), titles, strict=True)] == [case == THACKER] * 2


def test_what_is_owed_on_loans_and_notes_is_the_most_that_their_sale_brings_as_debt():
    """Interest of the note is simple, and that of the loan is paid every quarter: none of it bears interest."""
    for case, name, amount, rate, years in (
        (NORTHVOLT, "convertible note", 600.0, 0.10, 5),
        (THACKER, "loan", 1970.0, 0.055, 24),
    ):
        owed = amount + sum(amount * rate for _ in range(years))
        (debt,) = public_debts(sheet_of(case))
        assert debt.most == pytest.approx(owed, rel=1e-3)
        assert {field.id for field in debt.assumed} >= {"terms.field.rate", "terms.field.years"}
        watched = monitoring.monitor(monitoring.Request(str(case), paths=0))
        assert monitoring.data(watched)["advice"]["lent"] == {name: pytest.approx(owed, rel=1e-3)}


def test_a_loan_that_is_paid_back_in_level_payments_owes_less_interest_than_one_paid_back_at_its_end():
    sheet = sheet_of(THACKER)
    (loan,) = sheet.of(Loan)
    level = replace(loan, repayment="amortising")
    (at_end,), (in_parts,) = (public_debts(replace(sheet, instruments=(one,))) for one in (loan, level))
    assert loan.amount < in_parts.most < at_end.most


def test_of_a_note_whose_interest_was_not_seen_no_price_is_told():
    sheet = sheet_of(NORTHVOLT)
    (note,) = sheet.of(ConvertibleNote)
    unseen = replace(note, rate=replace(note.rate, low=None, high=None))
    other = replace(sheet, instruments=tuple(unseen if one is note else one for one in sheet.instruments))
    assert [debt.most for debt in public_debts(other)] == [None]


def test_the_ceiling_of_a_guarantee_is_added_to_no_money_that_is_paid():
    """Two grants of 701 and two guarantees of 600 were 1,301 of other commitments."""
    table = forgone_table(incentives_of(sheet_of(NORTHVOLT)), "EUR")
    said = render(table.others_message)
    assert "701 m" in said
    assert "600 m" in said
    assert "1.3" not in said


@pytest.mark.parametrize("rate", [0.0347, 0.035, 0.02125, load_playbook("hefei").discount_rate.value])
def test_the_rate_that_is_told_makes_the_interest_that_is_told(rate):
    service = service_if_borrowed([(date(2020, 1, 1), 12345.0)], 1.0, rate, date(2021, 12, 31))
    told = float(str(dict(service.message.params)["rate"]))
    assert service.years[1].interest == pytest.approx(12345.0 * told / 100)
    assert f"{told:g} %" in render(service.message)


def test_of_a_right_that_cannot_be_tested_each_ground_is_told_for_itself():
    """Of the put of NIO, four grounds wait for facts; that two do not hold was said nowhere."""
    watched = monitoring.monitor(monitoring.Request("nio-hefei-2020", date(2024, 12, 31), paths=0))
    (put,) = (right for right in monitoring.data(watched)["rights"] if right["id"] == "put")
    holds = [ground["holds"] for ground in put["grounds"]]
    assert put["holds"] is None
    assert holds == [False, None, None, None, None, False]
    assert [[one["what"] for one in ground["late"]] for ground in put["grounds"]] == [
        [], ["listing_filed"], ["control_changed"], ["asset_injection"], ["cash_injection"], []
    ]  # fmt: skip


def test_a_company_that_sells_nothing_yet_is_asked_for_no_margin():
    case = load_case(THACKER)
    asked = {str(dict(need.what.params).get("name")) for need in review_case(case).needs if need.kind == "missing"}
    assert asked
    assert not asked & {"gross_margin", "vehicle_margin", "revenue", "deliveries"}


def test_the_usual_day_of_a_report_is_that_of_the_company_where_its_reports_are_held():
    """NIO reported 40 to 60 days after its quarters; a day for listed companies of China was called usual."""
    result = monitoring.monitor(monitoring.Request("nio-hefei-2020", date(2021, 9, 30), paths=0))
    view = result.watched.view
    shown = [entry for entry in result.calendar if entry.kind == "report"]
    known = {f.period: f.known_on for f in view.facts if f.name == "revenue" and f.period.kind == "quarter"}
    delays = sorted((known[p] - p.end).days for p in sorted(known)[-4:])
    assert len(delays) == 4
    for entry in shown:
        end = Period.parse(entry.id.removeprefix("report.")).end
        assert delays[0] <= (entry.day - end).days <= delays[-1]
    entries = monitoring.monitor(monitoring.Request(str(NORTHVOLT), paths=0)).calendar
    (other,) = {dict(e.text.params).get("entry", e.text).id for e in entries if e.kind == "report"}
    assert other == "monitoring.calendar.report.assumed"
