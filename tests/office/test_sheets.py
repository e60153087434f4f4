"""The deal desk: a sheet is edited, judged, simulated, compared and approved, and what is edited has no approvals."""

import pytest
from tests.office.small import CASE, SHEET, open_small

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, perform
from guanzi.office.cases.drafts import read_draft
from guanzi.office.cases.termsheets import sheets_of, text_of
from guanzi.office.models import OfficeCase, SheetApproval, SheetRun


@pytest.fixture
def opened(office):
    open_small(office)
    return office


def case():
    return OfficeCase.objects.select_related("head").get(slug=CASE)


def text():
    return text_of(case().head.tree[SHEET])


def act(person, id, key=None, **asked):
    return perform(person, id, {"case": CASE, **asked}, key or f"{id}-{person}-{hash(repr(sorted(asked.items())))}")


def approve(person):
    return act(person, "sheet.approve", path=SHEET, sha256=case().head.tree[SHEET], key=f"{person}{case().head.number}")


def test_a_saved_sheet_is_a_new_version_and_has_no_approvals(opened):
    approve(opened.lead)
    approve(opened.chair)
    assert sheets_of(case())[0].approved
    act(opened.lead, "sheet.save", path=SHEET, text=text().replace("amount: 600", "amount: 500"), why="less")
    assert case().head.number == 2
    assert not sheets_of(case())[0].approved_by


def test_two_different_people_approve_what_they_have_read(opened):
    approve(opened.lead)
    with pytest.raises(InvalidInput, match="approved_already"):
        act(opened.lead, "sheet.approve", path=SHEET, sha256=case().head.tree[SHEET], key="again")
    with pytest.raises(InvalidInput, match="sheet_changed"):
        act(opened.chair, "sheet.approve", path=SHEET, sha256="0" * 64)
    with pytest.raises(Forbidden):
        perform(opened.auditor, "sheet.approve", {"case": CASE, "path": SHEET, "sha256": "0" * 64}, "a")
    assert SheetApproval.objects.count() == 1


@pytest.mark.parametrize("path", ["facts/x.yaml", "terms/../case.yaml", "terms/x.exe", "terms/", "/etc/passwd.yaml"])
def test_only_files_of_terms_are_saved(opened, path):
    with pytest.raises(InvalidInput, match="sheet_path"):
        act(opened.lead, "sheet.save", path=path, text=text())


def test_errors_of_a_text_are_told_with_their_lines_and_nothing_is_saved(opened):
    with pytest.raises(InvalidInput) as refused:
        act(opened.lead, "sheet.save", path=SHEET, text=text().replace("amount: 600", "amont: 600"))
    assert all(problem.place.line for problem in refused.value.problems)
    assert case().head.number == 1


def test_the_same_text_is_no_new_version(opened):
    with pytest.raises(InvalidInput, match="sheet_same"):
        act(opened.lead, "sheet.save", path=SHEET, text=text().replace("\n", "\r\n"))


def test_a_draft_is_read_with_findings_clauses_and_totals_and_nothing_is_kept(opened):
    draft = read_draft(case(), SHEET, text(), opened.lead)
    assert draft.unfinished is None
    assert draft.findings
    assert all(found.line for found in draft.findings)
    assert len(draft.clauses) > 5
    assert draft.totals is not None
    assert draft.totals["mid"] == 1000.0
    assert draft.totals["bound"] == 600.0
    assert draft.problems
    assert all(problem.severity == "warning" for problem in draft.problems)
    assert read_draft(case(), SHEET, "deal: [", opened.lead).currency is None
    wrong = read_draft(case(), SHEET, text().replace("amount: 600", "amont: 600"), opened.lead)
    assert {problem.severity for problem in wrong.problems} == {"error"}


def test_a_sheet_is_simulated_once_and_shown_with_its_picture(opened, client, settings):
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}
    act(opened.lead, "sheet.simulate", path=SHEET)
    run = SheetRun.objects.get()
    assert (run.state, run.progress) == ("done", 1.0), run.problem
    act(opened.lead, "sheet.simulate", path=SHEET, key="again")
    assert SheetRun.objects.count() == 1
    client.force_login(opened.lead)
    page = client.get(f"/cases/{CASE}/terms/2026.yaml/").content.decode()
    assert "<svg" in page
    assert "style=" not in page


def test_a_simulation_that_was_ended_before_it_began_finds_nothing_and_can_be_asked_again(opened, settings):
    from guanzi.office.cases.simulating import simulate_sheet

    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    run = act(opened.lead, "sheet.simulate", path=SHEET).answer["run"]
    act(opened.lead, "sheet.cancel_run", run=run)
    simulate_sheet.call(run)
    assert SheetRun.objects.get().state == "cancelled"
    assert act(opened.lead, "sheet.simulate", path=SHEET, key="again").answer["state"] == "queued"


def test_a_simulation_is_ended_while_it_runs(opened, settings, monkeypatch):
    from guanzi.office.cases import simulating

    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.dummy.DummyBackend"}}
    run = act(opened.lead, "sheet.simulate", path=SHEET).answer["run"]
    tell = simulating._reporting
    monkeypatch.setattr(simulating, "_reporting", lambda row, n: SheetRun.objects.update(cancel=True) and tell(row, n))
    simulating.simulate_sheet.call(run)
    assert SheetRun.objects.get().state == "cancelled"


def test_what_differs_is_told_by_clause(opened, client):
    act(opened.lead, "sheet.save", path=SHEET, text=text().replace("amount: 600", "amount: 500"))
    client.force_login(opened.lead)
    page = client.get(f"/cases/{CASE}/terms/2026.yaml/difference/").content.decode()
    assert "stake.t2" in page
    assert "600" in page
    assert "500" in page


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_pages_of_the_desk_say_whole_sentences(opened, client, lang):
    opened.lead.language = lang
    opened.lead.save()
    client.force_login(opened.lead)
    for address in ("", "2026.yaml/", "2026.yaml/difference/", "new-one.yaml/"):
        answer = client.get(f"/cases/{CASE}/terms/{address}")
        assert answer.status_code == 200, address
        assert b"office." not in answer.content.replace(b"office.css", b""), address
    part = client.post(f"/cases/{CASE}/terms/2026.yaml/check/", {"text": text()}, headers={"HX-Request": "true"})
    assert part.status_code == 200
    assert b"<html" not in part.content
    assert client.get(f"/cases/{CASE}/terms/nothing/").status_code == 404
    client.force_login(opened.analyst)
    assert client.get(f"/cases/{CASE}/terms/").status_code == 404
