"""A text that takes for ever to check holds nobody up: it ends at its deadline, or when its writer writes on."""

import threading
from dataclasses import replace
from importlib import import_module

import pytest
from tests.office.small import CASE, FILES, SHEET, act, archive, open_small

from guanzi.base.core import InvalidInput, Unfinished, asking_as, confined
from guanzi.office.cases import contents, drafts, folders
from guanzi.office.cases.termsheets import text_of
from guanzi.office.models import CaseVersion, OfficeCase

pool = import_module("guanzi.base.core.confined")
EDITOR = f"/cases/{CASE}/terms/2026.yaml/"


@pytest.fixture
def opened(office, client):
    open_small(office)
    client.force_login(office.lead)
    return office


def head():
    return OfficeCase.objects.select_related("head").get(slug=CASE)


def text():
    return text_of(head().head.tree[SHEET])


def endless():
    """A sound text with so many conditions that nobody waits for the end of its check."""
    tranches = "".join(
        f"      - {{id: x{n}, amount: 1, due: {2027 + n % 4}-0{n % 9 + 1}-28, "
        f"if: 'year_total(units) >= {n} or listed'}}\n"
        for n in range(900)
    )
    more = "  more:\n    type: equity\n    issuer: company\n    share: 1%\n    tranches:\n" + tranches
    return text().replace("instruments:\n", "instruments:\n" + more)


@pytest.mark.prove
def test_a_check_ends_at_its_deadline_and_says_so_beside_what_was_read(opened, client, monkeypatch):
    monkeypatch.setattr(drafts, "CEILINGS", replace(drafts.CEILINGS, seconds=8.0))
    long = endless()
    read = drafts.read_draft(head(), SHEET, long, opened.lead)
    assert read.unfinished.cause.id == "core.confined.late"
    page = client.post(f"{EDITOR}check/", {"text": long}, headers={"HX-Request": "true"}).content.decode()
    assert "Check not finished" in page
    assert "no weaknesses" not in page.lower()


def test_pages_are_answered_while_a_text_is_checked_and_a_newer_one_ends_it(opened, client):
    case, long, how = head(), endless(), []
    folder = str(folders.lay_out(case.slug, case.head.tree))
    given = {"path": SHEET, "text": long, "folder": folder, "playbook": case.playbook}

    def check():
        try:
            with asking_as(f"person-{opened.lead.pk}"):
                list(
                    confined("guanzi.jobs.terms.sheetcheck:check_draft", given, replace(drafts.CEILINGS, seconds=300.0))
                )
        except Unfinished as error:
            how.append(error.why)

    thread = threading.Thread(target=check, daemon=True)
    thread.start()
    assert client.get("/health/").status_code == 200
    assert client.get(f"/cases/{CASE}/").status_code == 200
    assert thread.is_alive()
    page = client.post(f"{EDITOR}check/", {"text": text()}, headers={"HX-Request": "true"}).content.decode()
    thread.join(60)
    assert how == ["newer"]
    assert "Check not finished" not in page


def test_an_editor_opens_when_nobody_is_free_to_check(opened, client, monkeypatch):
    monkeypatch.setattr(pool, "MOST", 0)
    monkeypatch.setattr(pool, "LONGEST_WAIT", 0.1)
    answer = client.get(EDITOR)
    assert answer.status_code == 200
    assert "other files are being read" in answer.content.decode()


def test_a_text_that_cannot_be_read_in_time_is_not_saved(opened, monkeypatch):
    monkeypatch.setattr(drafts, "CEILINGS", replace(drafts.CEILINGS, seconds=0.0))
    changed = text().replace("600", "601")
    with pytest.raises(InvalidInput, match=r"core\.confined\.late"):
        act(opened.lead, "sheet.save", path=SHEET, text=changed)
    assert CaseVersion.objects.count() == 1


def test_what_was_not_finished_is_looked_for_again(opened, monkeypatch):
    monkeypatch.setattr(drafts, "CEILINGS", replace(drafts.CEILINGS, seconds=0.0))
    assert drafts.read_draft(head(), SHEET, text(), opened.lead).unfinished is not None
    monkeypatch.undo()
    read = drafts.read_draft(head(), SHEET, text(), opened.lead)
    assert read.unfinished is None
    assert read.findings


def test_a_large_folder_is_read_in_a_confined_process_before_the_office_reads_it(opened, monkeypatch):
    monkeypatch.setattr(contents, "LARGE", 100)
    monkeypatch.setattr(contents, "_READING", replace(contents._READING, seconds=0.0))
    files = {**FILES, "facts/facts.yaml": FILES["facts/facts.yaml"].replace("9000", "9001") + "\n# more\n"}
    with pytest.raises(InvalidInput, match=r"core\.confined\.late"):
        act(opened.lead, "evidence.replace_folder", archive=archive(files), why="another")
    monkeypatch.setattr(contents, "_READING", replace(contents._READING, seconds=300.0))
    act(opened.lead, "evidence.replace_folder", archive=archive(files), why="another")
    assert CaseVersion.objects.count() == 2
