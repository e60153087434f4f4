"""Patents: exports in the manner of five offices and data bases, families, and what a team asks of them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput, render
from guanzi.intake.inputs import read_records
from guanzi.study.technology.patents import Patent, bare_number, families_of, patents_of
from guanzi.study.technology.portfolio import portfolio

DAY = date(2020, 4, 29)
LATER = date(2018, 1, 1)

#: The same two documents of one family, as five exports write them.
EXPORTS = {
    "google": (
        "search URL:,https://patents.google.com/?q=swap\n"
        "id,title,assignee,inventor/author,priority date,filing/creation date,publication date,grant date,result link\n"
        'CN-109149018-B,Pack lock,Swap Ltd,"Li Wei, Wang Fang",2016-05-01,2016-05-01,2019-01-04,2019-01-04,x\n'
        'US-2018123456-A1,Pack lock,Swap Ltd,"Li Wei, Wang Fang",2016-05-01,2017-05-01,2018-05-03,,y\n'
    ),
    "lens": (
        "#,Jurisdiction,Kind,Display Key,Publication Date,Application Date,Priority Numbers,Title,Applicants,Inventors,"
        "CPC Classifications,Cited by Patent Count,Simple Family Members,Legal Status\n"
        "1,CN,B,CN 109149018 B,2019-01-04,2016-05-01,CN 201610001 A,Pack lock,SWAP LTD,LI WEI;;WANG FANG,"
        "B60L53/80;;H01M10/42,7,CN 109149018 B;;US 2018/123456 A1,ACTIVE\n"
        "2,US,A1,US 2018/123456 A1,2018-05-03,2017-05-01,CN 201610001 A,Pack lock,SWAP LTD,LI WEI;;WANG FANG,"
        "B60L53/80,3,CN 109149018 B;;US 2018/123456 A1,PENDING\n"
    ),
    "cnipa": (
        "公开（公告）号,发明名称,申请（专利权）人,发明人,申请日,公开（公告）日,优先权号,IPC分类号,被引证次数,法律状态\n"
        "CN109149018B,锁止装置,某换电有限公司,李伟;王芳,2016.05.01,2019.01.04,CN201610001,B60L53/80,7,授权\n"
        "US2018123456A1,锁止装置,某换电有限公司,李伟;王芳,2017.05.01,2018.05.03,CN201610001,B60L53/80,3,实质审查\n"
    ),
    "espacenet": (
        "Title;Inventors;Applicants;Publication number;Earliest priority;IPC;Publication date;Family number\n"
        "Pack lock;LI WEI | WANG FANG;SWAP LTD;CN109149018B;2016-05-01;B60L53/80;2019-01-04;57123456\n"
        "Pack lock;LI WEI | WANG FANG;SWAP LTD;US2018123456A1;2016-05-01;B60L53/80;2018-05-03;57123456\n"
    ),
    "uspto": (
        "Document ID\tDate Published\tFamily ID\tTitle\tInventor name\tAssignee name\tCPC\n"
        "US-10123456-B2\t2019-01-04\t57123456\tPack lock\tLi; Wei | Wang; Fang\tSwap Ltd\tB60L53/80\n"
        "US 20180123456 A1\t2018-05-03\t57123456\tPack lock\tLi; Wei | Wang; Fang\tSwap Ltd\tB60L53/80\n"
    ),
}


@pytest.fixture
def read(tmp_path):
    def reading(text, encoding="utf-8"):
        path = tmp_path / "export.csv"
        path.write_bytes(text.encode(encoding))
        return patents_of(read_records(path, "patents"))

    return reading


@pytest.mark.parametrize("office", [name for name in EXPORTS if name != "google"])
def test_exports_of_the_usual_offices_give_the_same_family(read, office):
    patents = read(EXPORTS[office])
    assert len(patents) == 2
    (family,) = families_of(patents)
    assert family.classes[0] == "B60L"
    assert all(p.published in (date(2019, 1, 4), date(2018, 5, 3)) for p in patents)
    assert all(len(p.inventors) == 2 and p.title and p.holders for p in patents)


def test_an_export_of_google_has_lines_above_its_header_and_no_family_numbers(read):
    patents = read(EXPORTS["google"])
    assert [p.country for p in patents] == ["CN", "US"]
    assert patents[0].inventors == ("Li Wei", "Wang Fang")
    assert patents[0].filed == date(2016, 5, 1)


def test_a_chinese_export_may_be_gb18030(read):
    assert read(EXPORTS["cnipa"], "gb18030") == read(EXPORTS["cnipa"])


def test_status_citations_and_country_are_read(read):
    first, second = read(EXPORTS["lens"])
    assert (first.status, second.status) == ("in force", "pending")
    (family,) = families_of((first, second))
    assert (family.countries, family.cited_by, family.in_force) == (("CN", "US"), 7.0, True)


def document(number, **fields):
    plain = {
        "title": "",
        "holders": ("Swap Ltd",),
        "inventors": (),
        "priorities": frozenset(),
        "family": "",
        "members": (),
        "country": number[:2],
        "filed": date(2016, 5, 1),
        "published": date(2018, 5, 1),
        "classes": ("B60L",),
        "cited_by": None,
        "claims": None,
        "status": "unknown",
        "pledged": False,
        "licensed": False,
        "expires": None,
    }
    return Patent(number=number, **{**plain, **fields})


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 4)), min_size=1, max_size=20), st.randoms())
def test_families_do_not_depend_on_the_order_of_the_export(pairs, rnd):
    patents = [document(f"CN{i}", family=str(f) if f else "", priorities=frozenset({f"P{i}"})) for i, f in pairs]
    shuffled = list(patents)
    rnd.shuffle(shuffled)

    def sets(found):
        return {frozenset(p.number for p in family.patents) for family in found}

    assert sets(families_of(patents)) == sets(families_of(shuffled))
    assert sum(len(f.patents) for f in families_of(patents)) == len(patents)


def test_documents_belong_together_over_a_third():
    a, b, c = document("CN1", members=("US2",)), document("US2A1", members=("EP3",)), document("EP3")
    assert len(families_of((a, b, c))) == 1
    assert len(families_of((a, c))) == 2


@pytest.mark.parametrize("number", ["CN 109149018 B", "CN109149018B", "cn-109149018-b", "CN109149018"])
def test_a_number_is_the_same_however_it_is_written(number):
    assert bare_number(number) == "CN109149018"


# What a team asks


OWN = (
    document("CN11", family="1", inventors=("LI WEI", "WANG FANG"), cited_by=8.0, claims=10.0, status="in force"),
    document("US12", family="1", inventors=("LI WEI",), claims=12.0, status="pending"),
    document("CN21", family="2", inventors=("LI WEI",), classes=("H01M", "B60L"), status="in force", pledged=True),
    document("CN31", family="3", inventors=("CHEN JUN",), status="ended", expires=date(2022, 1, 1)),
    document("CN41", family="4", holders=("Swap Ltd", "A University"), status="in force", licensed=True),
)
THEIRS = (
    document("CN91", family="9", holders=("Rival AG",), status="in force", cited_by=3.0),
    document("CN92", family="10", holders=("Rival AG",), status="ended"),
    document("JP93", family="11", holders=("Far Ltd",), status="in force"),
    document("CN94", family="12", holders=("Rival AG",), classes=("A61K",), status="in force"),
    document("CN95", family="13", holders=("Third Ltd",), inventors=("Wang, Fang",), classes=("G06F",), filed=LATER),
)


@pytest.fixture(scope="module")
def held():
    return portfolio((*OWN, *THEIRS), "swap", DAY)


def test_a_portfolio_counts_families_and_not_documents(held):
    assert (len(held.own), held.documents, held.abroad, held.ended, held.expiring) == (4, 5, 1, 1, 1)
    assert [(c.name, c.families, c.claims, c.others) for c in held.classes] == [
        ("B60L", 3, 22.0, 3),
        ("H01M", 1, None, 0),
    ]


def test_citations_are_counted_by_year_and_not_added_over_a_family(held):
    ((family, rate),) = held.cited
    assert family.first.number in ("CN11", "US12")
    assert rate == pytest.approx(8 / ((DAY - date(2018, 5, 1)).days / 365.25))


def test_only_what_is_in_force_in_the_same_class_and_country_may_block(held):
    assert [f.first.number for f in held.blocking] == ["CN91"]
    text = " ".join(render(q) for q in held.questions)
    assert "Rival AG" in text
    assert "Far Ltd" not in text


def test_encumbrance_and_shared_title_become_questions(held):
    assert [[f.first.number for f in group] for group in (held.pledged, held.licensed, held.shared)] == [
        ["CN21"],
        ["CN41"],
        ["CN41"],
    ]
    ids = {q.id.rpartition(".")[2] for q in held.questions}
    assert {"pledged", "licensed", "shared", "inventors", "blocking"} <= ids


def test_an_inventor_who_files_elsewhere_later_has_left(held):
    by_name = {i.name: i for i in held.inventors}
    assert by_name["WANG FANG"].left is True
    assert by_name["WANG FANG"].towards == "Third Ltd"
    assert by_name["LI WEI"].left is None
    assert held.left_share is None


def test_with_a_list_of_staff_the_share_of_those_who_left_is_known():
    found = portfolio((*OWN, *THEIRS), "swap", DAY, staff=["Wei Li", "Fang Wang"])
    assert {i.name: i.left for i in found.inventors} == {"LI WEI": False, "WANG FANG": True, "CHEN JUN": True}
    assert found.left_share == pytest.approx(2 / 3)


def test_what_was_published_later_is_not_known():
    assert portfolio(OWN, "swap", date(2018, 4, 30)).own == ()


def test_without_patents_of_others_nothing_is_said_on_freedom_to_operate():
    found = portfolio(OWN, "swap", DAY)
    assert found.blocking == ()
    assert any(q.id.endswith("others") for q in found.questions)


def test_the_full_text_of_claims_may_be_longer_than_any_cell(read):
    claims = " ".join(f"{n}. A pack lock {'x' * 20_000}." for n in range(1, 9))
    (patent,) = read(f'number,claims,inventors\nCN1,"{claims}",Li Wei\n')
    assert patent.claims == 8.0
    assert patent.inventors == ("Li Wei",)


def test_a_file_without_numbers_is_refused(tmp_path):
    path = tmp_path / "x.csv"
    path.write_text("title,inventor\na,b\n")
    with pytest.raises(InvalidInput) as refused:
        read_records(path, "patents")
    assert refused.value.problems[0].cause.id == "evidence.records.columns"
