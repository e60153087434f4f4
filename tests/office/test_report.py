"""The report of a quarter: the page, the paper and the workbook say what the command line finds of the same deals."""

import io
import re
from datetime import date

import openpyxl
import pypdfium2
import pytest
from django.utils import timezone
from tests.office.once import played_once
from tests.office.small import CASE, sign_small

from guanzi.base.core import Period
from guanzi.office.models import OfficeCase
from guanzi.office.pages import report
from guanzi.office.paying import reporting


@played_once
def signed(office):
    sign_small(office)
    return office


@pytest.fixture
def quarter(signed):
    """The quarter of the signature, which is running."""
    reporting.ANSWERS.kept.clear()
    return Period.of("quarter", OfficeCase.objects.get(slug=CASE).signing.signed_on)


def test_quarters_are_offered_from_the_first_signature_to_the_running_one():
    day = date(2026, 12, 2)
    assert report.reported_quarters([], day) == []
    assert [str(one) for one in report.reported_quarters([day], day)] == ["2026Q4"]
    assert [str(one) for one in report.reported_quarters([day, date(2026, 6, 30)], day)] == [
        "2026Q4",
        "2026Q3",
        "2026Q2",
    ]
    assert len(report.reported_quarters([date(2001, 1, 1)], day)) == report.QUARTERS


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_quarter_that_the_page_offers_has_a_report(signed, quarter, client, lang):
    signed.finance.language = lang
    signed.finance.save()
    client.force_login(signed.finance)
    offered = re.findall(r'<option value="([^"]+)"', client.get("/portfolio/report/").content.decode())
    assert offered == [str(quarter)]
    for one in offered:
        assert client.get("/portfolio/report/", {"quarter": one}).status_code == 200


def test_page_paper_and_workbook_hold_the_same_deal(signed, quarter, client):
    client.force_login(signed.finance)
    address = f"/portfolio/report/?quarter={quarter}"
    client.get(address)
    (found,) = reporting.ANSWERS.kept.values()
    result = found.result(300)
    assert result.as_of == timezone.localdate() < quarter.end or result.as_of == quarter.end
    page = client.get(address)
    assert page.status_code == 200
    (row,) = result.found.rows
    assert row.planned == 1000.0
    assert row.title in page.content.decode()
    paper = client.get(f"{address}&format=pdf")
    assert paper["Content-Type"] == "application/pdf"
    texts = [one.get_textpage().get_text_range() for one in pypdfium2.PdfDocument(paper.content)]
    assert any(row.title in text for text in texts)
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{address}&format=xlsx").content))
    cells = [cell for sheet in book for line in sheet.iter_rows(values_only=True) for cell in line]
    assert row.title in cells


def test_a_quarter_before_any_signature_and_one_that_has_not_begun_are_refused(signed, quarter, client):
    client.force_login(signed.finance)
    for wrong in (str(quarter.shift(-1)), str(quarter.shift(1)), "2020", "x"):
        answer = client.get("/portfolio/report/", {"quarter": wrong})
        assert answer.status_code == 422
        assert "<span class='note'>quarter</span>" not in answer.content.decode()
    assert not reporting.ANSWERS.kept


def test_who_sees_no_signed_deal_gets_no_report(signed, quarter, client):
    client.force_login(signed.member2)
    assert client.get(f"/portfolio/report/?quarter={quarter}").status_code == 422
