"""A case is filled from recorded announcements of the Chinese disclosure site: by the day of disclosure."""

import json
import shutil
from datetime import UTC, datetime

import pytest
from tests.intake.reading.printed import Cell, Sheet, to_pdf
from tests.record.evidence.folders import facts_yaml, write_case
from typer.testing import CliRunner

from guanzi.base.core import InvalidInput, format_problem
from guanzi.cli import app
from guanzi.jobs.evidence import filling
from guanzi.record.evidence import load_case

CODE = "300999"
HELD = "id: revenue-2018, name: revenue, period: 2018, value: 41, unit: CNY m, known_on: 2020-03-18, source: filing"


def listed(number, title, day, code=CODE, time=None):
    """An entry of the list in the form of the site."""
    midnight = int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() - 8 * 3600) * 1000
    return {
        "id": None, "secCode": code, "secName": "甲乙股份", "orgId": "GD000000", "announcementId": number,
        "announcementTitle": title, "announcementTime": midnight if time is None else time,
        "adjunctUrl": f"finalpage/{day}/{number}.PDF", "adjunctSize": 812, "adjunctType": "PDF", "storageTime": None,
        "columnId": "250401||251302", "pageColumn": "SZCY", "announcementType": "01010503||010113||010301",
        "associateAnnouncement": None, "important": None, "batchNum": None, "announcementContent": "",
        "orgName": None, "announcementTypeName": None,
    }  # fmt: skip


def report(path, year, revenue, assets, before):
    rows = [("项目", f"{year}年", f"{year - 1}年"), ("营业收入", revenue, before)]
    ends = [("项目", f"{year}年末", f"{year - 1}年末"), ("资产总计", assets, "80,000,000.00")]
    above = (f"甲乙股份有限公司{year}年年度报告", "主要会计数据", "单位：元")
    to_pdf(path, [Sheet(above, [[Cell(text) for text in row] for row in (*rows, *ends)])])


@pytest.fixture(scope="module")
def register(tmp_path_factory):
    folder = tmp_path_factory.mktemp("register")
    report(folder / "1201.PDF", 2018, "40,000,000.00", "81,000,000.00", "35,000,000.00")
    report(folder / "1202.PDF", 2019, "52,000,000.00", "95,000,000.00", "40,500,000.00")
    report(folder / "1203.PDF", 2020, "61,000,000.00", "99,000,000.00", "52,000,000.00")
    entries = [
        listed("1203", "2020年年度报告", "2021-03-19"),
        listed("1202", "2019年年度报告", "2020-03-18"),
        listed("1204", "关于召开股东大会的公告", "2020-03-18"),
        listed("1201", "2018年<em>年度报告</em>", "2019-03-20"),
        listed("1299", "别家公司的公告", "2020-03-18", "300998"),
    ]
    answer = {"classifiedAnnouncements": None, "totalSecurities": 0, "totalAnnouncement": 5, "totalRecordNum": 5,
              "announcements": entries, "categoryList": None, "hasMore": False, "totalpages": 1}  # fmt: skip
    (folder / f"announcements-{CODE}.json").write_text(json.dumps(answer), "utf-8")
    return folder


@pytest.fixture
def case(tmp_path, register):
    shutil.copytree(register, tmp_path / "register")
    return write_case(tmp_path / "case", {"facts/f.yaml": facts_yaml(HELD)})


def fill(case, **more):
    given = {"origin": f"cninfo:{CODE}", "recorded": case.parent / "register", **more}
    return filling.fill(filling.Request(str(case), **given))


def test_it_proposes_what_was_disclosed_by_the_day_with_the_day_of_disclosure(case):
    result = fill(case)
    stated = {(one.draft.name, one.draft.period, one.draft.value, str(one.draft.known_on)) for one in result.proposals}
    assert stated == {
        ("revenue", "2018", 40.0, "2019-03-20"), ("revenue", "2017", 35.0, "2019-03-20"),
        ("total_assets", "2018-12-31", 81.0, "2019-03-20"), ("total_assets", "2017-12-31", 80.0, "2019-03-20"),
        ("revenue", "2019", 52.0, "2020-03-18"), ("revenue", "2018", 40.5, "2020-03-18"),
        ("total_assets", "2019-12-31", 95.0, "2020-03-18"), ("total_assets", "2018-12-31", 80.0, "2020-03-18"),
    }  # fmt: skip
    assert result.company == "甲乙股份"
    assert all(one.draft.unit == "CNY m" for one in result.proposals)


def test_what_was_disclosed_later_is_named_and_not_opened(case):
    (case.parent / "register" / "1203.PDF").write_bytes(b"%PDF-1.7 broken")
    result = fill(case)
    assert [one.number for one in result.later_filings] == ["1203"]
    assert {one.number for one in result.filings} == {"1201", "1202", "1204"}
    assert {one.id for one in result.remarks} == {"importers.cninfo.unsaved", "importers.cninfo.others"}
    assert "importers.cninfo.refused" in {one.id for one in fill(case, as_of=datetime(2021, 4, 1).date()).remarks}


def test_a_later_document_that_states_otherwise_corrects_the_fact(case):
    drafts = {one.draft.id: one.draft for one in fill(case).proposals}
    assert drafts["cninfo-revenue-2018-1202"].supersedes == "cninfo-revenue-2018"
    assert drafts["cninfo-revenue-2018-1202"].source == "cninfo-1202"
    assert {one.draft.id: one.contradicts for one in fill(case).proposals}["cninfo-revenue-2018"]


def test_what_is_confirmed_is_entered_with_its_announcement_and_day(case):
    assert fill(case, confirmed=("cninfo-revenue-2019",)).entered == 1
    found = load_case(case)
    fact = next(fact for fact in found.facts if fact.id == "cninfo-revenue-2019")
    assert (str(fact.known_on), fact.value, fact.source) == ("2020-03-18", 52.0, "cninfo-1202")
    source = next(source for source in found.sources if source.id == "cninfo-1202")
    assert source.address == "http://static.cninfo.com.cn/finalpage/2020-03-18/1202.PDF"


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({"recorded": None}, "desk.fill.cninfo"),
        ({"origin": "cninfo:300001"}, "desk.fill.recorded"),
        ({"origin": "cninfo:1"}, "desk.fill.origin"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(case, more, cause):
    with pytest.raises(InvalidInput) as caught:
        fill(case, **more)
    assert [problem.cause.id for problem in caught.value.problems] == [cause]
    assert all(format_problem(problem, lang) for problem in caught.value.problems for lang in ("en", "zh"))


@pytest.mark.parametrize(
    "content", ["[]", "{}", '{"announcements": [{"secCode": "300999"}]}', "not json",
                json.dumps({"announcements": [listed("1", "x", "2020-01-01", time="2020-01-01")]})],
)  # fmt: skip
def test_a_list_in_another_form_is_refused(case, content):
    (case.parent / "register" / f"announcements-{CODE}.json").write_text(content, "utf-8")
    with pytest.raises(InvalidInput, match=r"importers.cninfo.form"):
        fill(case)


@pytest.mark.parametrize(("lang", "words"), [("en", "Left out, filed after"), ("zh", "略去其他公司的公告 1 份")])
def test_the_command_says_it_in_both_languages(case, lang, words):
    given = ["case", "fill", str(case), "--from", f"cninfo:{CODE}", "--recorded", str(case.parent / "register")]
    told = CliRunner().invoke(app, [*given, "--lang", lang])
    assert told.exit_code == 0, told.output
    assert words in told.output
    assert "2020年年度报告" in told.output
    assert "≠ revenue-2018" in told.output
