"""What is told of money by its terms: one payment, its amount, its price as debt, interest, and what is only called."""

import shutil
from dataclasses import replace
from datetime import date

import pytest
from tests.truth.properties import OF_TRUTH

from guanzi.advice.appraisal.fiscal import incentives_of
from guanzi.advice.following.course import owed_on
from guanzi.base.core import render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.lint import LintContext, lint
from guanzi.deal.terms import ConvertibleNote, Loan, parse_sheet
from guanzi.desk import fund, monitoring, release
from guanzi.desk.run import Run
from guanzi.record.playbooks import load_playbook
from guanzi.render import tell
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


@pytest.mark.parametrize("case", [NORTHVOLT, THACKER])
def test_the_title_of_a_payment_whose_amount_is_assumed_says_so(case, tmp_path):
    folder = shutil.copytree(case, tmp_path / case.name)
    sheet = sheet_of(folder)
    for payout in releasable(sheet):
        document = release.document_of(release.release(release.Request(str(folder), payout.id, run=ON_PLAN)))
        assumed = "amount" in sheet.assumed.get(payout.instrument, ())
        assert ("the terms do not state how much" in tell(document.title, "en")) is assumed
        assert ("条款未载明" in tell(document.title, "zh")) is assumed


def test_a_framework_stands_in_no_title_as_a_signed_deal():
    found = {case: fund.hold(fund.Request((str(case),), run=ON_PLAN)) for case in (NORTHVOLT, THACKER)}
    for case, result in found.items():
        assert [row.binding for row in result.found.rows] == [sheet_of(case).status == "definitive"]
        titles = [tell(fund.document_of(result).title, lang) for lang in ("en", "zh")]
        assert [word in title for word, title in zip(("signed", "已签"), titles, strict=True)] == [case == THACKER] * 2


def test_what_is_owed_on_loans_and_notes_is_the_most_that_their_sale_brings_as_debt():
    for case, kind in ((NORTHVOLT, ConvertibleNote), (THACKER, Loan)):
        sheet = sheet_of(case)
        (debt,) = sheet.of(kind)
        owed = debt.amount
        for _ in range(int(debt.years)):
            owed += owed * debt.rate.high
        assert owed_on(sheet) == {debt.id: pytest.approx(owed * sheet.unit / 1e6)}
        watched = monitoring.monitor(monitoring.Request(str(case), paths=0))
        assert monitoring.data(watched)["advice"]["most"] == pytest.approx(owed * sheet.unit / 1e6)


def test_of_a_note_whose_interest_was_not_seen_no_price_is_told():
    sheet = sheet_of(NORTHVOLT)
    (note,) = sheet.of(ConvertibleNote)
    unseen = replace(note, rate=replace(note.rate, low=None, high=None))
    other = replace(sheet, instruments=tuple(unseen if one is note else one for one in sheet.instruments))
    assert owed_on(other) == {"note": None}


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
