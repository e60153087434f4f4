"""A workbook that is dropped in the browser: a new case, or the next version; what is wrong is told by its cell."""

import base64
import itertools
import re
import time
from io import BytesIO

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office.small import CASE, DOCUMENT, FILES, SHEET, archive

from guanzi.base.core import InvalidInput
from guanzi.jobs.evidence import workbooks as service
from guanzi.office.actions import Forbidden, perform
from guanzi.office.cases.workbooks import is_workbook
from guanzi.office.models import OfficeCase
from guanzi.record.evidence import load_case

KEYS = map(str, itertools.count())


def do(who, action, **asked):
    return perform(who, action, asked, f"workbook-{next(KEYS)}").answer


def opened(office):
    do(office.lead, "case.open", archive=archive(FILES))
    text = base64.b64encode(DOCUMENT).decode()
    held = {"file": text, "filename": "certificate.txt", "title": "Certificate", "known_on": "2026-07-01"}
    do(office.lead, "evidence.upload", case=CASE, **held)
    return OfficeCase.objects.get(slug=CASE)


@pytest.fixture
def book(tmp_path):
    """The small case as a workbook."""
    folder = tmp_path / CASE
    for name, content in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content.encode() if isinstance(content, str) else content)
    return service.write_workbook(load_case(folder), tmp_path / "small.xlsx").read_bytes()


def changed(book, *cells):
    """A workbook with other values in cells: sheet, cell as text, value."""
    held = openpyxl.load_workbook(BytesIO(book))
    for sheet, old, new in cells:
        found = [cell for row in held[sheet].iter_rows() for cell in row if str(cell.value).removesuffix(".0") == old]
        assert found, (sheet, old)
        found[0].value = new
    out = BytesIO()
    held.save(out)
    return out.getvalue()


def encoded(content):
    return base64.b64encode(content).decode()


def checked(client, who, content, **heads):
    client.force_login(who)
    session = client.session
    session["entered"] = session["seen"] = time.time()
    session.save()
    sent = SimpleUploadedFile("any.xlsx", content)
    return client.post(f"/cases/{CASE}/workbook/", {"archive": sent}, **heads)


def test_a_workbook_opens_a_case(office, book):
    assert is_workbook(book)
    do(office.lead, "case.open", archive=encoded(book))
    case = OfficeCase.objects.get(slug=CASE)
    assert {name for name in case.tree if not name.startswith("terms/")} == {
        "case.yaml",
        "facts/facts.yaml",
        "workbook.json",
    }
    assert SHEET in case.tree
    assert set(case.facts.values_list("fact", flat=True)) == {"d-2025", "r-2025", "c-2025"}


def test_a_workbook_becomes_the_next_version_and_documents_stay(office, book):
    case = opened(office)
    documents = {name: found for name, found in case.tree.items() if name.startswith("documents/")}
    assert documents
    new = changed(book, ("Facts", "20565", 20566))
    answer = do(office.lead, "evidence.replace_folder", case=CASE, archive=encoded(new), why="corrected figures")
    case.refresh_from_db()
    assert case.head.number == answer["number"] == 3
    assert documents.items() <= case.tree.items()
    assert case.facts.get(fact="d-2025").content["value"] == 20566


def test_a_folder_as_a_zip_file_still_replaces_all_of_it(office):
    case = opened(office)
    do(office.lead, "evidence.replace_folder", case=CASE, archive=archive(FILES), why="as it was")
    case.refresh_from_db()
    assert not [name for name in case.tree if name.startswith("documents/")]


WRONG = ("Facts", "7825", "a lot")


def test_a_wrong_cell_is_named_and_nothing_is_changed(office, book):
    case = opened(office)
    with pytest.raises(InvalidInput) as refused:
        do(office.lead, "evidence.replace_folder", case=CASE, archive=encoded(changed(book, WRONG)), why="x")
    places = [str(one.place) for one in refused.value.problems if one.severity == "error"]
    assert places
    assert all(re.fullmatch(r"workbook\.xlsx:Facts![A-Z]+\d+", place) for place in places), places
    case.refresh_from_db()
    assert case.head.number == 2
    with pytest.raises(InvalidInput) as refused:
        do(office.lead, "case.open", archive=encoded(changed(book, WRONG)))
    assert [str(one.place) for one in refused.value.problems if one.severity == "error"] == places


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_shows_wrong_cells_or_what_would_change_and_keeps_nothing(office, book, client, lang):
    case = opened(office)
    do(office.lead, "person.choose_language", language=lang)
    office.lead.refresh_from_db()
    part = {"headers": {"HX-Request": "true"}}
    page = checked(client, office.lead, changed(book, WRONG), **part).content.decode()
    assert re.search(r'scope="row">Facts![A-Z]+\d+</th><td[^>]*>a lot</td>', page), page
    assert "<html" not in page
    page = checked(client, office.lead, changed(book, ("Facts", "20565", 20566))).content.decode()
    assert "<html" in page
    assert re.findall(r'scope="row">([\w-]+)</th>', page) == ["d-2025"]
    assert "20,566" in page
    assert "workbook.xlsx" not in page
    case.refresh_from_db()
    assert case.head.number == 2


def test_what_is_no_workbook_is_told_and_whoever_may_not_replace_sends_nothing(office, book, client):
    opened(office)
    page = checked(client, office.lead, b"PK\x03\x04 broken").content.decode()
    assert page.count('role="alert"') == 1
    page = checked(client, office.auditor, book).content.decode()
    assert 'role="alert"' not in page
    assert "archive" not in page
    with pytest.raises(Forbidden):
        do(office.auditor, "evidence.replace_folder", case=CASE, archive=encoded(book), why="x")


def test_a_workbook_of_another_case_is_refused(office, book):
    opened(office)
    other = changed(book, ("Case", CASE, "lakeside"))
    with pytest.raises(InvalidInput) as refused:
        do(office.lead, "evidence.replace_folder", case=CASE, archive=encoded(other), why="x")
    assert [one.cause.id for one in refused.value.problems] == ["office.refused.other_case"]
