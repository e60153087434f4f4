"""What an appraisal demands becomes a new version of the term sheet by one click, through the door of any change."""

import html
import re

import pytest
from tests.office.small import CASE, FILES, SHEET, act, decided, open_small

from guanzi.office.cases import demanded
from guanzi.office.cases.conditions import proposed_sheet
from guanzi.office.cases.termsheets import text_of
from guanzi.office.models import OfficeCase, SheetApproval

PAGE = f"/cases/{CASE}/terms/2026.yaml/"
DEMANDS = {
    "close-gaps": ({"id": "playbooks.demand.close_gaps", "params": {}}, []),
    "cap-exposure": ({"id": "playbooks.demand.cap_exposure", "params": {}}, []),
    "early-warning": ({"id": "playbooks.demand.early_warning", "params": {}}, []),
}


def case():
    return OfficeCase.objects.select_related("head").get(slug=CASE)


@pytest.fixture
def appraised(office, monkeypatch):
    """The small case, appraised, before any sitting."""
    monkeypatch.setattr(demanded, "_read", lambda sha256: DEMANDS)
    sitting = decided(office, open_small(office, FILES), "back")
    sitting.appraisal.files = {"appraisal.json": "0" * 64}
    sitting.appraisal.save()
    sitting.delete()
    OfficeCase.objects.filter(slug=CASE).update(stage="judging")
    act(office.lead, "case.give_seat", person=office.lead.username, part="lead")
    return office


def form_of(page):
    found = re.search(r'<form method="post" action="/do/sheet.save/" enctype.*?</form>', page, re.S)
    assert found is not None
    return {name: html.unescape(value) for name, value in re.findall(r'name="(\w+)" value="([^"]*)"', found[0])}


def test_one_click_makes_the_proposed_text_a_version_that_nobody_has_approved(appraised, client):
    client.force_login(appraised.lead)
    page = client.get(PAGE).content.decode()
    assert "Close the open due diligence questions" in page
    answer = client.post("/do/sheet.save/", form_of(page))
    assert answer.headers["Location"] == f"{PAGE}difference/"
    text = text_of(case().head.tree[SHEET])
    assert text.count("event('close-gaps')") == 2
    assert "tier('headquarters') and event('close-gaps') and units >= 5_000" in text
    assert not SheetApproval.objects.filter(case=case()).exists()
    assert "close-gaps" in client.get(f"{PAGE}difference/").content.decode()
    assert proposed_sheet(case(), SHEET) is None, "the appraisal is of another text"


def test_what_no_rule_writes_is_counted(appraised):
    found = proposed_sheet(case(), SHEET)
    assert {change.clause for _, change in found.changes} == {"events", "stake.t1", "stake.t2"}
    assert found.left == 1


def test_nothing_is_proposed_to_who_writes_no_text_nor_once_the_committee_sits(appraised, client):
    client.force_login(appraised.auditor)
    assert "proposal-heading" not in client.get(PAGE).content.decode()
    client.force_login(appraised.lead)
    assert "proposal-heading" in client.get(PAGE).content.decode()
    sitting = case().sittings.create(
        appraisal=case().appraisals.first(), purpose="decide", opened_by=appraised.chair, opened_at="2026-07-01T00:00Z"
    )
    assert proposed_sheet(case(), SHEET) is None
    sitting.state = "abandoned"
    sitting.save()
    assert proposed_sheet(case(), SHEET) is not None
