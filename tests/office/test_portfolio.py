"""The portfolio adds up what a person can see, and nothing else."""

import csv
import html
import io
import re
from datetime import timedelta

import openpyxl
import pytest
from django.utils import timezone
from tests.office.once import played_once
from tests.office.small import CASE, act, sign_small, verified

from guanzi.base.core import Message, Period, render
from guanzi.office.actions import perform
from guanzi.office.models import DealStanding, Interest, OfficeCase, WatchRun
from guanzi.office.pages.drawn import amount
from guanzi.office.paying.holdings import calls_of, coming_days, deals_of, glance_of, sums_of
from guanzi.office.paying.nightly import LATE
from guanzi.office.people.visibility import Viewer


@played_once
def signed(office):
    sign_small(office)
    return office


def test_exposure_stands_against_what_binds(signed):
    (whole,) = sums_of(deals_of(Viewer(signed.chair)))
    assert (whole.planned, whole.before, whole.bound, whole.paid) == (1000.0, 400.0, 600.0, None)


def test_what_was_released_and_verified_counts_as_paid(signed):
    verified(signed)
    row = act(signed.manager, "money.ask", tranche="t1", words="the figures are not due")["release"]
    act(signed.finance, "money.release", release=row)
    assert sums_of(deals_of(Viewer(signed.chair)))[0].paid == 400.0


def test_who_cannot_see_a_case_does_not_see_its_money_or_its_number(signed, client):
    assert deals_of(Viewer(signed.member2)) == []
    Interest.objects.create(
        case=OfficeCase.objects.get(), person=signed.chair, kind="declared", reason={}, found_at="2026-01-01T00:00Z"
    )
    client.force_login(signed.chair)
    page = client.get("/portfolio/").content.decode()
    assert "Example Motors" not in page
    assert "CNY" not in page


def test_currencies_are_not_added_up(signed):
    case = OfficeCase.objects.get()
    perform(signed.lead, "case.open", {"builtin": "nio-hefei-2020"}, "nio")
    other = OfficeCase.objects.get(slug="nio-hefei-2020")
    data = dict(case.standing.data) | {"currency": "EUR"}
    DealStanding.objects.create(case=other, version="x", as_of=case.standing.as_of, data=data)
    assert {one.currency: one.planned for one in sums_of(deals_of(Viewer(signed.chair)))} == {
        "CNY": 1000.0,
        "EUR": 1000.0,
    }


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_portfolio_says_whole_sentences(signed, client, lang):
    signed.chair.language = lang
    signed.chair.save()
    client.force_login(signed.chair)
    for address in (
        "",
        "?sort=-planned&state=signed",
        "?sort=warnings&q=river",
        "charts/",
        "?page=99",
        "?sort=nothing",
    ):
        answer = client.get(f"/portfolio/{address}")
        assert answer.status_code == 200, address
        assert b"office." not in answer.content.replace(b"office.css", b""), address
        assert b"style=" not in answer.content
    assert client.get("/portfolio/charts/").content.count(b"<svg") == 4


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_table_beside_each_chart_holds_its_data_and_years_add_up(signed, client, lang):
    signed.chair.language = lang
    signed.chair.save()
    client.force_login(signed.chair)
    page = client.get("/portfolio/charts/").content.decode()
    figures = page.split("<figure")[1:]
    assert len(figures) == 2
    assert all(one.count("<table") == 1 for one in figures)
    (whole,) = sums_of(deals_of(Viewer(signed.chair)))
    for year in {quarter.start.year for quarter, *_ in calls_of(whole)}:
        planned = sum(row[1] for row in calls_of(whole) if row[0].start.year == year)
        row = re.search(rf'<th[^>]*scope="row">{year}年?</th><td[^>]*>([^<]+)</td>', figures[1])
        assert row is not None, year
        assert row[1] == amount(planned, "CNY", lang)


def test_the_nightly_check_is_late_only_once_it_ran(signed, client):
    client.force_login(signed.chair)
    late = render(Message.of("office.watch.nightly_late"), "en")
    assert late not in client.get("/portfolio/").content.decode()
    long_ago = timezone.now() - LATE - timedelta(hours=1)
    WatchRun.objects.create(begun_at=long_ago, done_at=long_ago)
    assert late in html.unescape(client.get("/portfolio/").content.decode())


def test_the_table_goes_out_as_csv_and_as_a_workbook_without_formulas(signed, client):
    OfficeCase.objects.update(company="=1+1")
    client.force_login(signed.chair)
    text = client.get("/portfolio/?format=csv").content.decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text))
    assert (row["Case"], row["Company"]) == (CASE, "'=1+1")
    book = openpyxl.load_workbook(io.BytesIO(client.get("/portfolio/?format=xlsx").content))
    assert [cell.data_type for cell in book.worksheets[0][2]][:2] == ["s", "s"]


def test_a_filter_leaves_what_fits(signed, client):
    client.force_login(signed.chair)
    assert b"Example Motors" in client.get("/portfolio/?q=EXAMPLE").content
    for query in ("q=other", "state=open", "industry=none", "region=none"):
        assert "Example Motors" not in client.get(f"/portfolio/?{query}").content.decode(), query


def test_the_first_page_names_money_breaches_and_what_is_due_first(signed, client):
    case = OfficeCase.objects.get()
    today = timezone.localdate()
    quarter = Period.of("quarter", today)
    data = dict(case.standing.data)
    data["breached"] = ["floor"]
    data["calls"] = [
        {"quarter": str(quarter), "planned": 70.0, "paid": 20.0, "unknown": 0},
        {"quarter": str(quarter.shift(1)), "planned": 30.0, "paid": None, "unknown": 0},
        {"quarter": str(quarter.shift(2)), "planned": 500.0, "paid": None, "unknown": 0},
    ]
    DealStanding.objects.filter(case=case).update(data=data)
    found = glance_of(Viewer(signed.finance), today)
    (money,) = found.money
    assert (money.planned, money.paid, money.unseen) == (100.0, 20.0, False)
    assert [deal.case.slug for deal in found.breached] == [CASE]
    assert list(found.days) == coming_days(deals_of(Viewer(signed.finance)), today)
    for person in ("finance", "lead", "chair", "auditor"):
        client.force_login(signed.people[person])
        assert 'hx-get="/glance/"' in client.get("/").content.decode()
        page = client.get("/glance/").content.decode()
        assert "1 signed deal at a glance" in page
        assert "100 m yuan" in page
        assert "of which 20 m yuan is known to be paid" in page
        assert f'<strong>1</strong><br><a class="note" href="/cases/{CASE}/watch/">' in page


def test_the_first_page_of_whoever_sees_no_signed_deal_shows_no_money(signed, client):
    client.force_login(signed.member2)
    assert "yuan" not in client.get("/glance/").content.decode()
    assert client.get("/glance/", headers={"HX-Request": "true"}).content.decode().strip() == ""
    assert glance_of(Viewer(signed.member2), timezone.localdate()).deals == 0
