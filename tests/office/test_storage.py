"""What the office keeps on the disk grows by what is new, is held to a quota, and goes when nobody uses it."""

import base64
import io
import os
import random
import stat
import time
import zipfile
from hashlib import sha256

import pytest
from django.conf import settings
from tests.office.evidence_of import FILES, folder_of, open_small, text_file

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.auditlog import contentfiles
from guanzi.office.cases import dataroomindexes, folders
from guanzi.office.cases.dataroomindexes import DERIVED
from guanzi.office.cases.folders import clear_folders, holding, lay_out
from guanzi.office.cases.storage import storage_of
from guanzi.office.faults import Unable
from guanzi.office.models import Blob, CaseVersion, HeldContent, OfficeCase
from guanzi.office.quotas import Quota, quota_from
from guanzi.office.serving.checking import lacking

DAY = "2026-05-01"


def on_disk(folder):
    """Bytes of all files below a folder, each once however many links it has."""
    found = {
        (s.st_dev, s.st_ino): s.st_size for s in (path.lstat() for path in folder.rglob("*")) if stat.S_ISREG(s.st_mode)
    }
    return sum(found.values())


def words(size, seed=1):
    """A text that no packing makes small."""
    made = random.Random(seed)
    return "\n".join("".join(made.choices("abcdefghij klmnop", k=80)) for _ in range(size // 81))


def upload(office, text, key, **more):
    asked = {"case": "small", "file": text_file(text), "filename": f"{key}.txt", "known_on": DAY}
    return perform(office.analyst, "evidence.upload", asked | more, key)


def add_fact(office, number):
    asked = {"case": "small", "name": "deliveries", "period": str(1990 + number), "value": "5", "unit": "vehicles"}
    return perform(office.analyst, "evidence.add_fact", asked | {"known_on": DAY, "source": "report"}, f"f{number}")


def refusal(office, archive, key="r"):
    with pytest.raises(InvalidInput) as caught:
        perform(office.lead, "evidence.replace_folder", {"case": "small", "archive": archive, "why": "x"}, key)
    return caught.value.problems[0].cause.id.removeprefix("office.refused.")


def grow_old(folder, seconds=2 * folders.IN_USE):
    """Let everything that is laid out be unused for so long."""
    for place in (folder / "laid").iterdir():
        os.utime(place, (time.time() - seconds,) * 2)


def test_a_later_fact_adds_its_own_bytes_and_not_those_of_the_documents(office, folder):
    open_small(office)
    upload(office, words(1_500_000), "large")
    before = on_disk(folder)
    for number in range(4):
        add_fact(office, number)
    assert CaseVersion.objects.count() == 6
    assert on_disk(folder) - before < 4 * 64_000


def test_a_later_document_adds_its_own_bytes_and_indexes_stay_within_their_bound(office, folder, monkeypatch):
    monkeypatch.setattr(dataroomindexes, "MOST_BYTES", 3_000_000)
    open_small(office)
    for number in range(5):
        upload(office, words(400_000, number), f"d{number}")
    head = lay_out("small", OfficeCase.objects.get().head.tree)
    indexes = {
        (path.stat().st_ino): path.stat().st_size
        for path in folder.rglob("*")
        if path.name == ".room.sqlite" or path.parent.name == "rooms"
    }
    newest = (head / DERIVED).stat().st_size
    assert sum(indexes.values()) <= 3_000_000 + newest
    assert (head / DERIVED).stat().st_ino in indexes


def test_files_of_a_version_are_read_only_links_to_one_file_a_content(office, folder):
    open_small(office)
    upload(office, "a letter", "letter")
    add_fact(office, 1)
    for version in CaseVersion.objects.all():
        laid = lay_out("small", version.tree)
        for name, found in version.tree.items():
            assert (laid / name).samefile(folder / "contents" / found), name
            assert sha256((laid / name).read_bytes()).hexdigest() == found
            assert (laid / name).stat().st_mode & 0o777 == 0o444


def test_where_the_disk_makes_no_links_there_are_copies(office, folder, monkeypatch):
    def no_link(*_, **__):
        raise OSError(1, "not permitted")

    monkeypatch.setattr(os, "link", no_link)
    case = open_small(office)
    laid = lay_out("small", case.head.tree)
    assert {path.relative_to(laid).as_posix(): path.read_bytes() for path in laid.rglob("*") if path.is_file()} == FILES


def test_a_file_that_somebody_wrote_into_is_noticed_and_made_again_from_the_database(office, folder, monkeypatch):
    case = open_small(office)
    laid = lay_out("small", case.head.tree)
    file = laid / "facts/company.yaml"
    file.chmod(0o644)
    file.write_bytes(b"forged")
    monkeypatch.setattr(folders, "_seen", set())  # as another process begins
    assert (lay_out("small", case.head.tree) / "facts/company.yaml").read_bytes() == FILES["facts/company.yaml"]


def test_a_content_that_is_not_that_of_its_hash_is_never_laid_out(office, folder):
    case = open_small(office)
    hash = case.head.tree["facts/company.yaml"]
    Blob.objects.filter(sha256=hash).update(content=b"forged")
    (folder / "contents" / hash).unlink()
    with pytest.raises(Unable) as caught:
        lay_out("small", {"facts/company.yaml": hash})
    assert caught.value.kind == "altered"
    assert not (folder / "contents" / hash).exists()


def test_what_nobody_uses_goes_and_what_is_held_or_was_used_lately_stays(office, folder):
    open_small(office)
    for number in range(3):
        add_fact(office, number)
    trees = list(CaseVersion.objects.order_by("number").values_list("tree", flat=True))
    clear_folders(0)
    assert len(list((folder / "laid").iterdir())) == len(trees), "all of them were used just now"
    grow_old(folder)
    used = lay_out("small", trees[1])
    with holding(folder / "laid" / _hash(trees[2]) / "small"):
        clear_folders(0)
    assert {path.name for path in (folder / "laid").iterdir()} == {_hash(trees[1]), _hash(trees[2])}
    assert used.is_dir()
    again = lay_out("small", trees[0])
    assert (again / "facts/company.yaml").read_bytes() == FILES["facts/company.yaml"]


def _hash(tree):
    from guanzi.base.core import sha256_of

    return sha256_of(tree)


def test_contents_to_which_no_folder_is_linked_are_deleted(office, folder, monkeypatch):
    open_small(office)
    upload(office, words(200_000), "large")
    grow_old(folder)
    clear_folders(0)
    assert contentfiles.clear_contents(0.0) > 200_000
    assert not list((folder / "contents").iterdir())
    add_fact(office, 1)
    assert on_disk(folder / "contents") > 200_000


def test_an_action_that_is_refused_leaves_nothing_on_the_disk(office, folder, monkeypatch):
    open_small(office)
    before, blobs = on_disk(folder), Blob.objects.count()

    def refuse(*_):
        raise InvalidInput([])

    monkeypatch.setattr("guanzi.office.cases.contents.index_facts", refuse)
    for number in range(3):
        with pytest.raises(InvalidInput):
            upload(office, words(300_000, number), f"d{number}")
    laid = on_disk(folder / "laid") + on_disk(folder / "contents")
    assert (Blob.objects.count(), HeldContent.objects.filter(size__gt=100_000).count()) == (blobs, 0)
    assert laid < before + 64_000


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA, zipfile.ZIP_DEFLATED])
def test_an_archive_of_a_few_kilobytes_does_not_become_megabytes(office, folder, method):
    open_small(office)
    before = on_disk(folder)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as box:
        for name, content in FILES.items():
            box.writestr(name, content)
        box.writestr("documents/much.txt", b"a" * 5_000_000)
    why = "archive_exhausting" if method == zipfile.ZIP_DEFLATED else "archive_method"
    assert refusal(office, base64.b64encode(out.getvalue()).decode()) == why
    assert on_disk(folder) == before


def test_many_small_members_that_unpack_to_much_are_refused_together(office):
    open_small(office)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        for name, content in FILES.items():
            box.writestr(name, content)
        for number in range(20):
            box.writestr(f"documents/{number}.txt", b"a" * 900_000)
    assert refusal(office, base64.b64encode(out.getvalue()).decode()) == "archive_exhausting"


def test_an_organisation_keeps_no_more_than_its_quota_and_is_told_how_much_it_keeps(
    office, folder, client, monkeypatch
):
    open_small(office)
    monkeypatch.setattr(settings, "QUOTA", Quota(bytes=1_000_000, cases=1, versions=4))
    upload(office, words(300_000), "one")
    upload_again = {"filename": "again.txt"}
    with pytest.raises(InvalidInput) as caught:
        upload(office, words(900_000, 2), "two", **upload_again)
    problem = caught.value.problems[0]
    assert (problem.cause.id, problem.fix.id) == ("office.refused.quota_bytes", "office.refused.quota.mend")
    add_fact(office, 1)
    add_fact(office, 2)
    with pytest.raises(InvalidInput) as caught:
        add_fact(office, 3)
    assert caught.value.problems[0].cause.id == "office.refused.quota_versions"
    assert storage_of(office.organisation).share == 1
    assert "office.check.quota" in {one.what.id for one in lacking()}
    client.force_login(office.administrator)
    page = client.get("/people/").content.decode()
    assert "4 of 4 versions" in page
    client.force_login(office.auditor)
    assert "4 of 4 versions" not in client.get("/people/").content.decode()


def test_a_second_case_beyond_the_quota_is_refused(office, monkeypatch):
    open_small(office)
    monkeypatch.setattr(settings, "QUOTA", Quota(cases=1))
    other = FILES | {"case.yaml": FILES["case.yaml"].replace(b"case: small", b"case: another")}
    with pytest.raises(InvalidInput) as caught:
        perform(office.lead, "case.open", {"archive": folder_of(other)["archive"]}, "second")
    assert caught.value.problems[0].cause.id == "office.refused.quota_cases"


def test_a_content_counts_once_however_many_versions_hold_it(office):
    open_small(office)
    upload(office, words(100_000), "one")
    before = storage_of(office.organisation).bytes
    add_fact(office, 1)
    assert storage_of(office.organisation).bytes - before < 5_000
    counted = dict(HeldContent.objects.values_list("sha256", "size"))
    assert all(counted[blob.sha256] == blob.size for blob in Blob.objects.all())


def test_a_quota_that_is_no_number_is_refused():
    assert quota_from({"GUANZI_QUOTA_GB": "7"}).bytes == 7_000_000_000
    for text in ("0", "-1", "many", "1.5", "9" * 30, "٣"):
        with pytest.raises(ValueError, match="GUANZI_QUOTA_CASES"):
            quota_from({"GUANZI_QUOTA_CASES": text})


def test_two_cases_of_other_names_with_the_same_files_are_both_laid_out(office):
    case = open_small(office)
    tree = {name: found for name, found in case.head.tree.items() if name.startswith("facts/")}
    assert lay_out("small", tree).is_dir()
    assert lay_out("another", tree).is_dir()
