"""A page asks the database as often for many cases as for few, whatever waits in them, and never often."""

import re

import pytest
from django.db import connection
from django.utils import timezone
from tests.office.committee import HEADLINE
from tests.office.every_page import BUDGET
from tests.office.small import CASE, FILES, SHEET, archive, decided, room_of, sign_small, verified

from guanzi.office.actions import ACTIONS, may, perform
from guanzi.office.deciding.tally import CHOICES
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import (
    Declaration,
    ExpertJudgement,
    MilestoneReport,
    OfficeCase,
    Person,
    Seat,
    SheetApproval,
    Sitting,
    WarningSeen,
)
from guanzi.office.people.visibility import Viewer

PAGES = (
    "/",
    "/notices/",
    "/portfolio/",
    "/portfolio/charts/",
    "/portfolio/budget/",
    "/portfolio/report/",
    "/glance/",
    "/cases/",
    "/log/",
    "/search/?q=motors",
    "/search/?q=deliveries",
)
OF_A_CASE = ("", "evidence/", "streams/", "decisions/", "panel/", "terms/", "timeline/", "findings/", "versions/",
             "seats/", "workbook/", "discussion/")  # fmt: skip
READERS = ("chair", "lead", "expert", "member", "auditor", "finance", "manager")
TALLY = {
    "weights": dict.fromkeys(CHOICES, 1.0), "present": 2, "needed": 2, "majority": 0.5, "share": 1.0, "veto": False,
    "recused": [], "dissent": [],
}  # fmt: skip
PARTS = {"expert": "expert", "member": "member", "chair": "chair", "manager": "manager", "analyst": "analyst"}


def open_another(office, name):
    """A case in which something waits for everybody."""
    header = FILES["case.yaml"].replace(f"case: {CASE}", f"case: {name}")
    files = FILES | {"case.yaml": header} | room_of()
    perform(office.lead, "case.open", {"archive": archive(files)}, f"open-{name}")
    case, at = OfficeCase.objects.get(slug=name), timezone.now()
    for person, part in PARTS.items():
        Seat.objects.create(case=case, person=office.people[person], part=part, given_at=at)
    asked = {"case": name, "question": "share", "text": "Which share?", "unit": "ratio", "least": 0, "most": 1}
    perform(office.lead, "panel.ask", asked, f"ask-{name}")
    case.streams.update(due=case.due.replace(year=case.due.year - 1))
    MilestoneReport.objects.create(
        case=case, milestone="closing", reported_on=case.decision_date, reported_by=office.manager
    )
    WarningSeen.objects.create(
        case=case, kind="sign", rule="r", as_of=case.decision_date, text={"id": "office.nobody", "params": {}},
        found_at=at.replace(year=at.year - 1),
    )  # fmt: skip
    Declaration.objects.create(case=case, person=office.member, has_interest=False, at=at)
    closed = decided(office, case)
    closed.tally = TALLY
    closed.save()
    run = closed.appraisal
    run.advice, run.headline = "decline", HEADLINE
    run.save()
    SheetApproval.objects.create(
        case=case, path=SHEET, sha256=case.head.tree[SHEET], person=office.analyst, at=at
    )  # fmt: skip
    roll = [[office.people[name].pk, PARTS[name], 1.0] for name in ("member", "chair")]
    Sitting.objects.create(case=case, appraisal=run, opened_by=office.chair, opened_at=at, tally={"roll": roll})
    ExpertJudgement.objects.create(
        case=case, person=office.expert, question="p/q", round=1, low=1, mode=2, high=3, unit="ratio", at=at
    )
    return case


@pytest.fixture
def asked(office, client):
    """Says how many statements a page takes, once what it remembers is remembered."""

    def count(who, address):
        client.force_login(office.people[who])
        assert client.get(address).status_code == 200, (who, address)
        told = []
        connection.connection.set_trace_callback(told.append)
        client.get(address)
        connection.connection.set_trace_callback(None)
        return len(told)

    return count


def test_no_page_asks_once_for_every_case(office, asked):
    found = []
    for names in (("riverton",), ("lakeside", "hillfort", "northgate")):
        for name in names:
            open_another(office, name)
        counts = {(who, page): asked(who, page) for who in READERS for page in PAGES}
        found.append(counts | {(page,): asked("lead", f"/cases/riverton/{page}") for page in OF_A_CASE})
    assert {page: (few, found[1][page]) for page, few in found[0].items() if found[1][page] > few} == {}
    assert {page: n for page, n in found[1].items() if n > BUDGET} == {}


def test_a_signed_deal_asks_no_more_often_than_its_budget(office, asked):
    case = sign_small(office)
    verified(office)
    case.sittings.update(tally=TALLY)
    case.appraisals.update(advice="back", headline=HEADLINE)
    sitting = case.sittings.get()
    sheet = SHEET.removeprefix("terms/")
    pages = ["", "watch/", "decisions/", "terms/", f"terms/{sheet}/", "streams/", "timeline/"]
    pages += [f"decisions/{sitting.pk}/record/", "evidence/documents/certificate/", "evidence/facts/c-2025/"]
    asks = [(who, page) for who in ("lead", "auditor") for page in pages]
    asks += [(who, "watch/") for who in ("manager", "finance", "chair")]
    counts = {(who, page): asked(who, f"/cases/{CASE}/{page}") for who, page in asks}
    assert {page: n for page, n in counts.items() if n > BUDGET} == {}


def test_what_somebody_is_and_where_he_sits_is_asked_once(office, django_assert_num_queries):
    case = open_another(office, "riverton")
    viewer = Viewer(Person.objects.get(pk=office.member.pk))
    with django_assert_num_queries(2):  # his roles, his seats
        assert {id for id, what in ACTIONS.items() if may(viewer, what, case) is None}


def test_what_waits_is_read_page_by_page(office, client, monkeypatch):
    monkeypatch.setattr("guanzi.office.pages.home.PAGE", 4)
    open_another(office, "riverton")
    client.force_login(office.lead)
    whole = len(waiting_for(Viewer(office.lead)))
    pages = [client.get("/", {"page": n + 1}).content.decode() for n in range(-(-whole // 4))]
    rows = [len(re.findall(r'<th[^>]*scope="row"', page.partition('id="seats-heading"')[0])) for page in pages]
    assert (max(rows), sum(rows)) == (4, whole)
    assert "page=2" in pages[0]
