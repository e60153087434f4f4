"""Evidence: documents are read, facts quoted from them and corrected; nothing is overwritten, and no fact is lost."""

import base64
import io
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.office.evidence_of import CASE, FILES, folder_of, open_small, text_file

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.cases.contents import read_tree
from guanzi.office.models import CaseVersion, IndexedFact, IndexedPage, OfficeCase, Workstream

PAGES = "In 2025 Maker delivered 1,200 vehicles, after 300 in 2024.\n制造商2025年交付1200辆。\n"
FACT = {
    "case": "small",
    "name": "deliveries",
    "period": "2024",
    "value": "300",
    "unit": "vehicles",
    "known_on": "2026-05-02",
    "source": "report",
}


@pytest.fixture
def case(office):
    return open_small(office)


def newest():
    return OfficeCase.objects.select_related("head").get(slug="small")


def read():
    case = newest()
    return read_tree(case.slug, case.head.tree)


def upload(person, words=PAGES, key="doc", **more):
    asked = {"case": "small", "file": text_file(words), "filename": "Letter.txt", "known_on": "2026-05-01", **more}
    return perform(person, "evidence.upload", asked, key).answer


def sign_all(office, case):
    Workstream.objects.filter(case=case).update(state="signed", signed_version=case.head, signed_by=office.lead)


def refusals(caught):
    return {problem.cause.id for problem in caught.value.problems}


def test_a_document_is_kept_read_and_found_by_its_words(office, case):
    answer = upload(office.analyst, source="report", title="Letter of the company")
    (document,) = read().documents
    assert (document.title, document.source) == ("Letter of the company", "report")
    assert answer["pages"] == 1
    page = IndexedPage.objects.get(case=case)
    assert "制造商2025年交付1200辆" in page.words
    assert content_of(document.sha256).decode() == PAGES


def test_a_quoted_fact_stands_in_the_case_with_its_page(office, case):
    document = upload(office.analyst)["document"]
    quote = {"document": document, "page": "1", "quote": "after 300 in 2024"}
    perform(office.analyst, "evidence.add_fact", FACT | quote, "fact")
    (fact,) = [f for f in read().facts if f.id == "deliveries-2024"]
    assert (fact.number, fact.citation.quote) == (300, "after 300 in 2024")
    row = IndexedFact.objects.get(case=case, fact="deliveries-2024")
    assert (row.grade, row.value, row.topic) == ("A", "300", IndexedFact.objects.get(fact="deliveries-2025").topic)


def test_words_that_do_not_stand_on_the_page_are_no_quote(office, case):
    document = upload(office.analyst)["document"]
    quote = {"document": document, "page": "1", "quote": "after 400 in 2024"}
    with pytest.raises(InvalidInput) as caught:
        perform(office.analyst, "evidence.add_fact", FACT | quote, "fact")
    assert caught.value.problems
    assert newest().head.number == 2


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"unit": "vehicels"}, "unit"),
        ({"value": "many"}, "value"),
        ({"period": "2024-13"}, "period"),
        ({"source": "nobody"}, "source"),
        ({"document": "letter"}, "document"),
        ({"name": "Deliveries!"}, "name"),
        ({"value": "", "low": "5", "high": "2"}, "value"),
    ],
)
def test_what_is_wrong_with_a_fact_is_said_at_its_field(office, case, wrong, field):
    with pytest.raises(InvalidInput) as caught:
        perform(office.analyst, "evidence.add_fact", FACT | wrong, "fact")
    assert field in {problem.place.file for problem in caught.value.problems}
    assert newest().head.number == 1


def test_nobody_knows_today_what_will_be_known_tomorrow(office, case):
    tomorrow = (timezone.localdate() + timedelta(days=1)).isoformat()
    with pytest.raises(InvalidInput) as caught:
        perform(office.analyst, "evidence.add_fact", FACT | {"known_on": tomorrow}, "fact")
    assert refusals(caught) == {"office.refused.known_ahead"}


def test_a_correction_leaves_the_old_fact_where_it_was(office, case):
    right = {"case": "small", "fact": "deliveries-2025", "value": "1,200", "unit": "vehicles"}
    right |= {"known_on": "2026-05-02", "source": "report"}
    perform(office.analyst, "evidence.correct_fact", right, "right")
    facts = {fact.id: fact for fact in read().facts}
    assert (facts["deliveries-2025"].number, facts["deliveries-2025-2"].number) == (1000, 1200)
    assert facts["deliveries-2025-2"].supersedes == "deliveries-2025"
    assert IndexedFact.objects.get(fact="deliveries-2025").superseded_by == "deliveries-2025-2"
    assert newest().head.tree["facts/company.yaml"] == CaseVersion.objects.get(number=1).tree["facts/company.yaml"]
    with pytest.raises(InvalidInput) as caught:
        perform(office.analyst, "evidence.correct_fact", right, "again")
    assert refusals(caught) == {"office.refused.fact_superseded"}


def test_a_fact_of_its_own_source_is_cited_by_whoever_adds_both(office, case):
    source = {"case": "small", "id": "registry", "publisher": "Registry", "title": "Extract", "grade": "A"}
    perform(office.analyst, "evidence.add_source", source, "source")
    perform(office.analyst, "evidence.add_fact", FACT | {"source": "registry"}, "fact")
    assert {s.id for s in read().sources} == {"report", "registry"}
    with pytest.raises(InvalidInput) as caught:
        perform(office.analyst, "evidence.add_source", source, "twice")
    assert refusals(caught) == {"office.refused.source_taken"}


def test_a_new_fact_voids_the_sign_offs_that_it_concerns_and_says_which_fact(office, case):
    sign_all(office, case)
    fact = FACT | {"name": "cash", "unit": "CNY m", "value": "-5"}
    answer = perform(office.analyst, "evidence.add_fact", fact, "fact").answer
    void = {row.stream: row.void_because for row in Workstream.objects.filter(case=case, state="void")}
    assert void == {"finance": ["fact:cash-2024"], "legal": ["stream:finance"]}
    assert answer["voided"] == ["stream.finance", "stream.legal"]
    assert Workstream.objects.filter(case=case, state="signed").count() == 4


def test_a_source_that_nobody_cites_voids_nothing(office, case):
    sign_all(office, case)
    source = {"case": "small", "id": "registry", "publisher": "Registry", "title": "Extract", "grade": "A"}
    assert perform(office.analyst, "evidence.add_source", source, "source").answer["voided"] == []


def test_a_document_voids_the_streams_that_it_is_said_to_concern(office, case):
    sign_all(office, case)
    assert upload(office.analyst, concerns=["chain"])["voided"] == ["stream.chain", "stream.fiscal"]
    assert len(upload(office.analyst, "another\n", "other")["voided"]) == 4


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "empty.txt"),
        (b"MZ\x90\x00" + b"\0" * 200, "tool.exe"),
        (b"%PDF-1.4 broken", "broken.pdf"),
        (b"\x1f\x8b\x08\0packed", "packed.gz"),
        (b"\xff\xfe\0\0\0", "x" * 190 + ".docx"),
    ],
)
def test_what_is_no_document_is_refused_with_its_name_and_without_a_place_of_the_machine(office, case, content, name):
    file = base64.b64encode(content).decode()
    asked = {"case": "small", "file": file, "filename": name, "known_on": "2026-05-01"}
    with pytest.raises(InvalidInput) as caught:
        perform(office.analyst, "evidence.upload", asked, "x")
    assert all("/" not in problem.place.file for problem in caught.value.problems)
    assert newest().head.number == 1


def test_a_file_that_unpacks_to_a_thousand_times_its_size_is_refused(office, case):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as box:
        box.writestr("word/document.xml", b" " * 30_000_000)
        box.writestr("[Content_Types].xml", b"<Types/>")
    asked = {"file": base64.b64encode(out.getvalue()).decode(), "filename": "bomb.docx"}
    with pytest.raises(InvalidInput):
        perform(office.analyst, "evidence.upload", {"case": "small", "known_on": "2026-05-01", **asked}, "x")


def test_a_name_that_leads_out_of_the_folder_names_nothing_outside(office, case, tmp_path):
    upload(office.analyst, filename="../../../../evil.txt")
    upload(office.analyst, "b\n", "b", filename="..\\..\\evil2.txt")
    assert not list(tmp_path.rglob("evil*"))
    assert sorted(d.file.rpartition(".")[2] for d in read().documents) == ["txt", "txt"]


@pytest.mark.parametrize("name", ["../case.yaml", "/etc/x", "facts/../../x.yaml", "a\\b.yaml"])
def test_a_folder_with_a_path_that_leads_out_of_it_is_refused(office, case, name):
    with pytest.raises(InvalidInput) as caught:
        perform(office.lead, "evidence.replace_folder", folder_of(FILES | {name: b"x"}), "x")
    assert refusals(caught) == {"office.refused.path"}


def test_the_folder_of_another_case_is_refused(office, case):
    other = FILES | {"case.yaml": CASE.replace("case: small", "case: other").encode()}
    with pytest.raises(InvalidInput) as caught:
        perform(office.lead, "evidence.replace_folder", folder_of(other), "x")
    assert refusals(caught) == {"office.refused.other_case"}


def test_a_folder_is_replaced_whole_and_its_outcome_left_outside(office, case):
    upload(office.analyst)
    files = FILES | {
        "case.yaml": CASE.replace("A small case", "Another title").encode(),
        "outcome/facts.yaml": b"facts: []",
        "__MACOSX/._case.yaml": b"x",
    }
    perform(office.lead, "evidence.replace_folder", folder_of(files, "tidied"), "x")
    assert sorted(newest().head.tree) == ["case.yaml", "facts/company.yaml"]
    assert (newest().title, newest().head.why) == ("Another title", "tidied")
    assert not IndexedPage.objects.filter(case=case).exists()
    with pytest.raises(InvalidInput) as caught:
        perform(office.lead, "evidence.replace_folder", folder_of(files, "again"), "y")
    assert refusals(caught) == {"office.refused.nothing_changed"}


def test_only_those_who_work_on_the_case_add_evidence(office, case):
    with pytest.raises(NotThere):
        perform(office.analyst2, "evidence.add_fact", FACT, "x")
    with pytest.raises(Forbidden):
        perform(office.chair, "evidence.add_fact", FACT, "x")
    with pytest.raises(Forbidden):
        perform(office.analyst, "evidence.replace_folder", folder_of(FILES), "x")


def test_a_full_file_of_facts_is_followed_by_another(office, case, monkeypatch):
    monkeypatch.setattr("guanzi.office.cases.factfile.MOST", 2)
    for year in range(2019, 2024):
        perform(office.analyst, "evidence.add_fact", FACT | {"period": str(year)}, f"f{year}")
    assert [name for name in newest().head.tree if "office" in name] == [
        "facts/office-2.yaml",
        "facts/office-3.yaml",
        "facts/office.yaml",
    ]
    assert len(read().facts) == 7


WRITER = """
import sys
from pathlib import Path
from guanzi import office
office.choose(Path(sys.argv[1]))
import django
django.setup()
from guanzi.office.actions import load_actions, perform
from guanzi.office.models import Person
load_actions()
person = Person.objects.get(username=sys.argv[2])
fact = dict(case="small", name="deliveries", value="300", unit="vehicles", known_on="2026-05-02", source="report")
for year in range(int(sys.argv[3]), int(sys.argv[3]) + 4):
    perform(person, "evidence.add_fact", fact | {"period": str(year)}, f"f{year}")
"""
READER = """
import sys
from pathlib import Path
from guanzi import office
office.choose(Path(sys.argv[1]))
office.prepare()
from guanzi.office.actions import load_actions, perform
load_actions()
from tests.office.conftest import Office
from tests.office.evidence_of import open_small
if len(sys.argv) > 2:
    open_small(Office.make("city"))
from guanzi.office.cases.contents import read_tree
from guanzi.office.auditlog.log import office_log
from guanzi.office.models import OfficeCase
from guanzi.record.ledger import check_log
case = OfficeCase.objects.get(slug="small")
print(sorted(fact.period.start.year for fact in read_tree("small", case.head.tree).facts), case.head.number)
assert check_log(office_log()) == ()
"""


def run(script, *words):
    return subprocess.Popen([sys.executable, "-c", script, *map(str, words)], stdout=subprocess.PIPE, text=True)


@pytest.mark.prove
def test_two_people_who_add_facts_at_once_lose_none(tmp_path):
    begun = run(READER, tmp_path / "both", "begin")
    assert begun.communicate()[0].strip() == "[2025, 2025] 1"
    writers = [run(WRITER, tmp_path / "both", *who) for who in (("city-analyst", 2001), ("city-expert", 2011))]
    assert [writer.wait() for writer in writers] == [0, 0]
    years = [*range(2001, 2005), *range(2011, 2015), 2025, 2025]
    assert run(READER, tmp_path / "both").communicate()[0].strip() == f"{years} 9"
