"""Documents dropped together: each is named with what becomes of it, and one click takes all that can be taken."""

import base64
import io
import re
import time
import zipfile
from dataclasses import replace
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests.office.evidence_of import CASE, open_small, text_file

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.cases import documentuploads
from guanzi.office.cases.contents import read_tree
from guanzi.office.models import ActionRun, CaseVersion, IndexedPage, OfficeCase, Person

ADDRESS = "/cases/small/evidence/add/"
BROKEN = b"%PDF-1.4 broken"
GOOD = {"2024/report.txt": b"Revenue was 3.\n", "2025/report.txt": b"Revenue was 5.\n", "permit.csv": b"id,day\n1,2\n"}
HTMX = {"HX-Request": "true"}


@pytest.fixture
def case(office):
    return open_small(office)


def packed(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in files.items() if isinstance(files, dict) else files:
            box.writestr(name, content)
    return out.getvalue()


def take(person, content, key="pack", filename="room.zip", **more):
    file = base64.b64encode(content).decode()
    asked = {"case": "small", "file": file, "filename": filename, "known_on": "2026-05-01", **more}
    return perform(person, "evidence.upload", asked, key).answer


def documents():
    case = OfficeCase.objects.select_related("head").get(slug="small")
    return read_tree(case.slug, case.head.tree).documents


def versions():
    return CaseVersion.objects.filter(case__slug="small").count()


def visit(client, person):
    client.force_login(person)
    session = client.session
    session["entered"] = session["seen"] = time.time()
    session.save()


def check(client, *files, **heads):
    sent = [SimpleUploadedFile(name, content) for name, content in files]
    answer = client.post(ADDRESS, {"file": sent, "case": "small", "known_on": ""}, headers=heads)
    assert answer.status_code == 200
    return answer.content.decode()


def rows(page):
    """Name of each file -> what becomes of it, as the preview says."""
    part = page[page.index("<tbody>", page.index("What becomes of each file")) :].partition("</tbody>")[0]
    cells = re.findall(r"<tr><th[^>]*>(.*?)</th><td[^>]*>(.*?)</td></tr>", part, re.DOTALL)
    return {name: re.sub(r"<[^>]+>", "", words).strip() for name, words in cells}


def hidden(page, name):
    return re.findall(rf'<input type="hidden" name="{name}" value="([^"]*)"', page)


def refused(caught):
    return {(problem.cause.id, problem.place.file) for problem in caught.value.problems}


def test_a_room_is_one_version_with_a_page_and_a_line_of_the_log_for_each_document(office, case):
    answer = take(office.analyst, packed(GOOD), source="report")
    assert (answer["number"], versions(), answer["pages"]) == (2, 2, 3)
    held = documents()
    assert {one.title for one in held} == {"2024 – report", "2025 – report", "permit"}
    assert {one.source for one in held} == {"report"}
    assert {page.words.strip() for page in IndexedPage.objects.filter(case=case)} >= {"Revenue was 3."}
    assert len(set(answer["documents"])) == 3


def test_the_preview_names_what_becomes_of_each_file_and_one_click_takes_the_rest(office, case, client):
    take(office.analyst, b"Held already.\n", "held", "letter.txt")
    room = {**GOOD, "old/letter.txt": b"Held already.\n", "copy.txt": GOOD["2024/report.txt"], "a.pdf": BROKEN}
    visit(client, office.analyst)
    page = check(client, ("room.zip", packed(room)), **HTMX)
    found = rows(page)
    assert set(found) == set(room)
    assert {name for name, words in found.items() if words.startswith("Will be taken;")} == set(GOOD)
    assert found["old/letter.txt"] == "The data room already has this document: letter."
    assert found["copy.txt"] == "Same content as “2024/report.txt”; taken once."
    assert found["a.pdf"].startswith("Refused:")
    assert "Files that can be taken: 3 of 6." in page
    assert versions() == 2
    form = {"case": "small", "known_on": "2026-05-01", "next": "/cases/small/evidence/", "key": "k"}
    file = SimpleUploadedFile("room.zip", packed(room))
    answer = client.post("/do/evidence.upload/", {**form, "file": file, "without": hidden(page, "without")})
    assert (answer.status_code, answer["Location"]) == (302, "/cases/small/evidence/")
    assert (versions(), len(documents())) == (3, 4)


def test_several_files_are_checked_and_taken_without_a_script_and_without_choosing_them_again(office, case, client):
    visit(client, office.analyst)
    page = check(client, ("a.txt", b"One.\n"), ("a.txt", b"Two.\n"), ("b.pdf", BROKEN))
    assert set(rows(page)) == {"a.txt", "a (2).txt", "b.pdf"}
    (file,), (filename,) = hidden(page, "file"), hidden(page, "filename")
    assert 'type="file" name="file"' not in page
    form = {"case": "small", "known_on": "2026-05-01", "file": file, "filename": filename, "key": "k"}
    assert client.post("/do/evidence.upload/", form).status_code == 422
    assert versions() == 1
    answer = client.post("/do/evidence.upload/", form | {"without": hidden(page, "without"), "key": "l"})
    assert (answer.status_code, versions()) == (302, 2)
    assert {one.title for one in documents()} == {"a", "a (2)"}


def test_several_files_are_taken_at_once_without_a_check(office, case, client):
    visit(client, office.analyst)
    sent = [SimpleUploadedFile("a.txt", b"One.\n"), SimpleUploadedFile("b.txt", b"Two.\n")]
    form = {"case": "small", "known_on": "2026-05-01", "file": sent, "key": "k"}
    assert client.post("/do/evidence.upload/", form).status_code == 302
    assert (versions(), [one.title for one in documents()]) == (2, ["a", "b"])


def test_the_preview_speaks_chinese(office, case, client):
    Person.objects.filter(pk=office.analyst.pk).update(language="zh")
    visit(client, office.analyst)
    page = check(client, ("a.txt", b"One.\n"), ("b.pdf", BROKEN))
    assert "2份文件中，1份可以收入。" in page
    assert "不予收入：" in page


def test_whoever_may_not_upload_is_told_nothing_of_files(office, case, client):
    visit(client, office.auditor)
    assert "a.txt" not in check(client, ("a.txt", b"One.\n"), **HTMX)
    visit(client, office.analyst2)
    assert client.post(ADDRESS, {"file": SimpleUploadedFile("a.txt", b"One.\n")}).status_code == 404


def test_one_broken_file_among_good_ones_refuses_all_until_it_is_left_out(office, case):
    with pytest.raises(InvalidInput) as caught:
        take(office.analyst, packed({**GOOD, "sub/broken.pdf": BROKEN}))
    assert {place for _, place in refused(caught)} == {"sub/broken.pdf"}
    assert (versions(), documents()) == (1, ())


def test_a_file_that_was_mended_after_the_check_is_taken(office, case):
    seen = documentuploads.preview_documents(case, uploaded(packed({"a.txt": b"One.\n", "b.pdf": BROKEN})))
    without = [one.sha256 for one in seen if one.problems]
    assert len(without) == 1
    take(office.analyst, packed({"a.txt": b"One.\n", "b.pdf.txt": b"Mended.\n"}), without=without)
    assert len(documents()) == 2


def uploaded(content, filename="room.zip"):
    return documentuploads.DocumentUpload(content, filename, date(2026, 5, 1))


NESTED = packed({"inner.txt": b"x"})
BAD_NAMES = ("../up.txt", "/etc/passwd", "a/../../b.txt", "a\\b.txt", "con.txt", "a\u202eb.txt", "outcome/end.txt")


@pytest.mark.parametrize("name", BAD_NAMES)
def test_a_name_that_leads_elsewhere_is_refused_and_the_rest_is_not(office, case, tmp_path, name):
    room = packed({"good.txt": b"Good.\n", name: b"Bad.\n"})
    with pytest.raises(InvalidInput) as caught:
        take(office.analyst, room)
    assert {place for _, place in refused(caught)} == {name}
    seen = list(documentuploads.preview_documents(case, uploaded(room)))
    assert [(one.name, one.pages) for one in seen] == [("good.txt", 1), (name, None)]
    take(office.analyst, room, "rest", without=[seen[1].sha256])
    assert [one.title for one in documents()] == ["good"]


@pytest.mark.parametrize(
    ("content", "refusal"),
    [
        (packed({"bomb.txt": b" " * 30_000_000, "good.txt": b"x"}), "office.refused.archive_exhausting"),
        (b"no zip", "office.refused.archive"),
        (packed({}), "office.refused.nothing_to_upload"),
        (packed({"__MACOSX/._a.txt": b"x", ".DS_Store": b"x"}), "office.refused.nothing_to_upload"),
        (packed({f"{n}.txt": b"%d" % n for n in range(documentuploads.MOST + 1)}), "office.refused.documents_many"),
        (packed({"a/" * 30 + "x.txt": b"x"}), "office.refused.archive_names"),
    ],
)
def test_a_pack_that_is_none_or_too_much_is_refused_as_a_whole(office, case, client, content, refusal):
    with pytest.raises(InvalidInput) as caught:
        take(office.analyst, content)
    assert {cause for cause, _ in refused(caught)} == {refusal}
    visit(client, office.analyst)
    page = check(client, ("room.zip", content), **HTMX)
    assert 'role="alert"' in page
    assert not hidden(page, "without")
    assert versions() == 1


def test_a_pack_with_one_name_twice_is_refused(office, case):
    with pytest.warns(UserWarning, match="Duplicate"):
        content = packed([("a.txt", b"One.\n"), ("a.txt", b"Two.\n")])
    with pytest.raises(InvalidInput) as caught:
        take(office.analyst, content)
    assert refused(caught) == {("office.refused.name_twice", "a.txt")}


@pytest.mark.parametrize("name", ["inner.zip", "inner.pdf", "inner.docx"])
def test_a_pack_within_a_pack_is_not_opened(office, case, name):
    good, inner = documentuploads.preview_documents(case, uploaded(packed({"good.txt": b"Good.\n", name: NESTED})))
    assert good.pages == 1
    assert [problem.place.file for problem in inner.problems] == [name]


def test_a_document_that_is_too_large_is_refused_by_its_name(office, case, monkeypatch):
    monkeypatch.setattr(documentuploads, "LARGEST", 1_000)
    room = packed({"good.txt": b"Good.\n", "large.txt": b"a" * 1_001})
    good, large = documentuploads.preview_documents(case, uploaded(room))
    assert (good.pages, [one.cause.id for one in large.problems]) == (1, ["office.refused.document_large"])
    with pytest.raises(InvalidInput) as caught:
        take(office.analyst, room)
    assert refused(caught) == {("office.refused.document_large", "large.txt")}


def test_no_further_document_is_read_once_the_time_is_over(office, case, monkeypatch):
    monkeypatch.setattr(documentuploads, "LONGEST", -1.0)
    seen = list(documentuploads.preview_documents(case, uploaded(packed(GOOD))))
    assert {one.cause.id for row in seen for one in row.problems} == {"office.refused.documents_late"}
    with pytest.raises(InvalidInput) as caught:
        take(office.analyst, packed(GOOD))
    assert {cause for cause, _ in refused(caught)} == {"office.refused.documents_late"}


def test_documents_beyond_the_quota_are_refused_in_check_and_upload(office, case, client, settings):
    room = packed({"large.txt": b"word " * 60_000, "good.txt": b"Good.\n"})
    settings.QUOTA = replace(settings.QUOTA, bytes=100_000)
    visit(client, office.analyst)
    assert "Will be taken" not in check(client, ("room.zip", room), **HTMX)
    with pytest.raises(InvalidInput) as caught:
        take(office.analyst, room)
    assert {cause for cause, _ in refused(caught)} == {"office.refused.quota_bytes"}
    assert versions() == 1


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8"])
def test_names_as_chinese_systems_write_them_are_read(office, case, encoding):
    name = "合同.txt"
    stand_in = "x" * len(name.encode(encoding))
    content = packed({stand_in: "正文。".encode()}).replace(stand_in.encode(), name.encode(encoding))
    take(office.analyst, content)
    assert [one.title for one in documents()] == ["合同"]


def test_a_form_that_is_sent_again_takes_nothing_twice(office, case):
    content = packed(GOOD)
    first = take(office.analyst, content)
    assert take(office.analyst, content) == first
    assert (versions(), ActionRun.objects.filter(key="pack").count()) == (2, 1)


def test_several_files_are_the_same_upload_whenever_they_are_sent(monkeypatch):
    files = [("a.txt", b"One."), ("a.txt", b"Two.")]
    first = documentuploads.zipped(files)
    monkeypatch.setattr(time, "localtime", lambda *_: time.gmtime(1_900_000_000))
    assert documentuploads.zipped(files) == first


def test_a_single_document_is_taken_as_before(office, case):
    answer = perform(
        office.analyst,
        "evidence.upload",
        {"case": "small", "file": text_file(CASE), "filename": "a.txt", "title": "Its title", "known_on": "2026-05-01"},
        "one",
    ).answer
    assert (answer["documents"], documents()[0].title) == ([answer["document"]], "Its title")
