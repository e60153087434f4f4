"""What changed since an earlier appraisal: asked for beside the list of appraisals, computed beside the pages, read."""

import itertools

import pytest
from tests.office.once import played_once
from tests.office.tiedcase import SLUG, archive, files

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases import comparing, simulating, tasks
from guanzi.office.models import AppraisalRun, SheetRun
from guanzi.office.serving.rebuilding import named_contents
from guanzi.record.ledger import check_log, read_entry

KEYS = map(str, itertools.count())
FACT = {"name": "deliveries", "period": "2024", "value": "700", "unit": "vehicles", "known_on": "2026-03-01"}


def do(who, action, **asked):
    return perform(who, action, {"case": SLUG, **asked}, next(KEYS)).answer


def appraised(lead, **asked):
    number = do(lead, "appraisal.ask", paths=100, **asked)["appraisal"]
    tasks.appraise.func(number)
    assert AppraisalRun.objects.get(pk=number).state == "done"
    return number


@played_once
def room(office):
    """A case of which a fact became known between two appraisals."""
    perform(office.lead, "case.open", {"archive": archive(files(()))}, next(KEYS))
    office.first = appraised(office.lead)
    do(office.lead, "evidence.add_fact", source="register", **FACT)
    office.second = appraised(office.lead)
    return office


def page(client, who, address):
    client.force_login(who)
    return client.get(f"/cases/{SLUG}/{address}")


def test_the_page_of_appraisals_offers_it_and_shows_what_the_document_says(room, client):
    address = f"appraisals/{room.second}/since/{room.first}/"
    assert f'<option value="{room.first}">' in page(client, room.lead, "findings/").content.decode()
    run = do(room.lead, "appraisal.compare", appraisal=room.second, since=room.first)["run"]
    assert 'role="status"' in page(client, room.lead, f"{address}progress/").content.decode()
    assert page(client, room.lead, f"{address}changes.en.html").status_code == 404
    simulating.simulate_sheet.func(run)
    found = SheetRun.objects.get(pk=run)
    assert found.result is not None
    assert (found.state, found.problem, found.result["same"]) == ("done", [], True)
    assert "HX-Refresh" in page(client, room.lead, f"{address}progress/").headers
    listed = page(client, room.lead, "findings/").content.decode()
    assert f"{address}changes.en.html" in listed
    assert "recomputed" not in listed
    english = page(client, room.lead, f"{address}changes.en.html")
    assert "sandbox" in english.headers["Content-Security-Policy"]
    assert "Deliveries (2024), new: 700 vehicles" in english.content.decode()
    assert "交付量（2024年），新获知：700辆" in page(client, room.lead, f"{address}changes.zh.html").content.decode()
    entry = read_entry(list(office_log().contents())[-1][1])
    assert entry.body.action == "appraisal.compared"
    assert check_log(office_log()) == ()
    assert set(found.result["files"].values()) <= named_contents().keys()


def test_the_same_comparison_is_computed_once(room):
    first = do(room.lead, "appraisal.compare", appraisal=room.second, since=room.first)
    assert do(room.chair, "appraisal.compare", appraisal=room.second, since=room.first) == first
    assert SheetRun.objects.count() == 1


def test_an_appraisal_that_comes_out_otherwise_today_says_so(room, client, monkeypatch):
    run = do(room.lead, "appraisal.compare", appraisal=room.second, since=room.first)["run"]
    monkeypatch.setattr(comparing, "content_of", lambda sha256: b"what an older program kept")
    simulating.simulate_sheet.func(run)
    assert "recomputed" in page(client, room.lead, "findings/").content.decode()


def test_only_two_appraisals_of_the_case_are_compared_and_none_with_a_later_one(room):
    earlier_day = appraised(room.lead, as_of="2026-02-15")
    for pair in ((room.first, room.first), (room.first, 77), (earlier_day, room.second)):
        with pytest.raises(InvalidInput):
            do(room.lead, "appraisal.compare", appraisal=pair[0], since=pair[1])
    assert SheetRun.objects.count() == 0


def test_who_reads_the_appraisal_reads_it_and_nobody_else(room, client):
    address = f"appraisals/{room.second}/since/{room.first}/changes.en.html"
    run = do(room.lead, "appraisal.compare", appraisal=room.second, since=room.first)["run"]
    simulating.simulate_sheet.func(run)
    stranger = type(room).make("town").chair
    for who, status in ((room.auditor, 200), (stranger, 404)):
        assert page(client, who, address).status_code == status
        assert page(client, who, f"appraisals/{room.second}/dossier.en.html").status_code == status
    with pytest.raises(Forbidden):
        do(room.auditor, "appraisal.compare", appraisal=room.second, since=room.first)
    with pytest.raises(NotThere):
        do(stranger, "appraisal.compare", appraisal=room.second, since=room.first)


def test_what_is_cancelled_ends_and_can_be_asked_for_again(room):
    run = do(room.lead, "appraisal.compare", appraisal=room.second, since=room.first)["run"]
    do(room.lead, "sheet.cancel_run", run=run)
    simulating.simulate_sheet.func(run)
    assert SheetRun.objects.get(pk=run).state == "cancelled"
    assert do(room.lead, "appraisal.compare", appraisal=room.second, since=room.first) == {
        "run": run,
        "state": "queued",
    }
