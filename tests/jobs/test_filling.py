"""A case is filled from recorded files of a register of filings: as of a day, and nothing unconfirmed."""

import json
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.evidence.folders import facts_yaml, write_case
from typer.testing import CliRunner

from guanzi.base.core import InvalidInput, format_problem
from guanzi.cli import app
from guanzi.jobs.evidence import filling
from guanzi.record.evidence import load_case

CIK = "CIK0001234567"


def entry(val, end, filed, start=None, form="10-K"):
    number = f"0000000001-{filed[2:4]}-{filed[5:7]}{filed[8:]}00"
    row = {"end": end, "val": val, "accn": number, "fy": 2019, "fp": "FY", "form": form, "filed": filed}
    return {"start": start, **row} if start else row


REVENUE = [
    entry(5_000_000, "2018-12-31", "2019-03-18", "2018-01-01"),
    entry(7_824_904, "2019-12-31", "2020-03-18", "2019-01-01"),
    entry(7_800_000, "2019-12-31", "2021-03-18", "2019-01-01"),
    entry(9_000_000, "2020-12-31", "2021-03-18", "2020-01-01"),
]
ASSETS = [entry(14_000_000, "2019-12-31", "2020-03-18"), entry(16_000_000, "2020-03-31", "2020-05-28", form="10-Q")]
FACTS = {
    "cik": 1234567,
    "entityName": "MUSTER MOTORS INC",
    "facts": {
        "us-gaap": {
            "Revenues": {"label": "Revenues", "description": "", "units": {"USD": REVENUE}},
            "Assets": {"label": "Assets", "description": "", "units": {"USD": ASSETS}},
        }
    },
}
FILINGS = {
    "cik": "1234567",
    "name": "MUSTER MOTORS INC",
    "filings": {
        "recent": {
            "accessionNumber": ["0000000001-21-031800", "0000000001-20-042900", "0000000001-20-031800"],
            "filingDate": ["2021-03-18", "2020-04-29", "2020-03-18"],
            "reportDate": ["2020-12-31", "", "2019-12-31"],
            "form": ["10-K", "8-K", "10-K"],
            "primaryDocument": ["a.htm", "b.htm", "c.htm"],
        },
        "files": [],
    },
}
HELD = (
    "id: revenue-2018, name: revenue, period: 2018, value: 5.0, unit: USD m, known_on: 2020-03-18, source: filing",
    "id: assets-2019, name: total_assets, period: 2019-12-31, value: 15, unit: USD m, known_on: 2020-03-18, "
    "source: filing",
)


@pytest.fixture
def case(tmp_path):
    (tmp_path / "register").mkdir()
    (tmp_path / "register" / f"{CIK}.json").write_text(json.dumps(FACTS), "utf-8")
    (tmp_path / "register" / f"submissions-{CIK}.json").write_text(json.dumps(FILINGS), "utf-8")
    return write_case(tmp_path / "case", {"facts/f.yaml": facts_yaml(*HELD)})


def fill(case, **more):
    return filling.fill(filling.Request(str(case), "edgar:1234567", case.parent / "register", **more))


def test_it_proposes_what_was_filed_by_the_day_of_the_decision_and_says_what_came_later(case):
    result = fill(case)
    stated = [(one.draft.name, one.draft.period, one.draft.value) for one in result.proposals]
    assert stated == [("revenue", "2018", 5.0), ("revenue", "2019", 7.824904), ("total_assets", "2019-12-31", 14.0)]
    later = [(fact.name, fact.period, fact.value) for fact in result.later]
    assert later == [("revenue", "2019", 7.8), ("revenue", "2020", 9.0), ("total_assets", "2020-03-31", 16.0)]
    assert [one.form for one in result.filings] == ["8-K", "10-K"]
    assert [one.number for one in result.later_filings] == ["0000000001-21-031800"]


def test_it_lays_what_the_case_holds_beside_what_is_proposed(case):
    beside = {one.draft.id: (one.held.id if one.held else None, one.contradicts) for one in fill(case).proposals}
    assert beside == {
        "edgar-revenue-2018": ("revenue-2018", False),
        "edgar-revenue-2019": (None, False),
        "edgar-total-assets-2019-12-31": ("assets-2019", True),
    }


@settings(max_examples=40, deadline=None)
@given(days=st.integers(0, 1_000))
def test_no_day_sees_a_later_filing(days, tmp_path_factory):
    folder = tmp_path_factory.mktemp("day")
    (folder / f"{CIK}.json").write_text(json.dumps(FACTS), "utf-8")
    case = write_case(folder / "case")
    day = date(2019, 1, 1) + timedelta(days)
    result = filling.fill(filling.Request(str(case), "EDGAR:CIK0001234567", folder, day))
    assert all(one.draft.known_on <= day for one in result.proposals)
    assert all(fact.known_on > day for fact in result.later)
    assert len(result.proposals) + len(result.later) == len(REVENUE) + len(ASSETS)
    assert not result.filings


def test_nothing_becomes_a_fact_unconfirmed(case):
    before = {path: path.read_bytes() for path in case.rglob("*") if path.is_file()}
    assert fill(case).written is None
    assert {path: path.read_bytes() for path in case.rglob("*") if path.is_file()} == before


def test_what_is_confirmed_is_entered_with_its_filing_and_day(case):
    result = fill(case, confirmed=("edgar-total-assets-2019-12-31",), every=True)
    assert result.entered == 2
    facts = {fact.id: fact for fact in load_case(case).facts}
    assert set(facts) == {"revenue-2018", "assets-2019", "edgar-revenue-2019", "edgar-total-assets-2019-12-31"}
    assert facts["edgar-revenue-2019"].known_on == date(2020, 3, 18)


@pytest.mark.parametrize(
    ("more", "cause"),
    [
        ({"origin": "bourse:1"}, "desk.fill.origin"),
        ({"origin": "edgar:7"}, "desk.fill.recorded"),
        ({"confirmed": ("nothing",)}, "desk.fill.confirm"),
    ],
)
def test_what_cannot_be_is_refused_with_a_sentence(case, more, cause):
    given = {"case": str(case), "origin": "edgar:1234567", "recorded": case.parent / "register", **more}
    with pytest.raises(InvalidInput) as caught:
        filling.fill(filling.Request(**given))
    assert [problem.cause.id for problem in caught.value.problems] == [cause]
    assert all(format_problem(problem, lang) for problem in caught.value.problems for lang in ("en", "zh"))


def test_a_list_of_filings_in_another_form_is_refused(case):
    (case.parent / "register" / f"submissions-{CIK}.json").write_text('{"filings": {"recent": {"form": []}}}', "utf-8")
    with pytest.raises(InvalidInput, match="list"):
        fill(case)


@pytest.mark.parametrize(("lang", "words"), [("en", "Left out, filed after"), ("zh", "未予采用的事实 3 条")])
def test_the_command_says_it_in_both_languages(case, lang, words):
    given = ["case", "fill", str(case), "--from", "edgar:1234567", "--recorded", str(case.parent / "register")]
    told = CliRunner().invoke(app, [*given, "--lang", lang])
    assert told.exit_code == 0, told.output
    assert words in told.output
    assert "≠ assets-2019" in told.output
