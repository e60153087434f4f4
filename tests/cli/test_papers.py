"""Papers of a committee on the command line: written on an appraisal, with those present, or refused."""

import json
from hashlib import sha256
from pathlib import Path

import docx
import pytest
from tests.cli.small_case import write_case
from typer.testing import CliRunner

from guanzi.cli import app


def run(*words, code=0):
    done = CliRunner().invoke(app, words, catch_exceptions=False)
    assert done.exit_code == code, done.output
    return done.stdout if code == 0 else done.output


@pytest.fixture(scope="module")
def place(tmp_path_factory):
    """A case, the place where commands are given."""
    folder = tmp_path_factory.mktemp("papers")
    write_case(folder / "example")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        yield folder


def cells(path):
    document = docx.Document(str(path))
    return [[cell.text for cell in row.cells] for table in document.tables for row in table.rows]


def test_papers_are_written_on_the_appraisal_that_they_name(place):
    told = run("papers", "example", "--paths", "32", "--out", "out", "--format", "docx,xlsx")
    named = sha256(Path("out/appraisal.json").read_bytes()).hexdigest()
    assert told.split()[-1] == f"{named}."
    assert {"memorandum.docx", "minutes.docx", "money.xlsx"} <= {path.name for path in Path("out").iterdir()}
    assert ["appraisal.json (SHA-256)", named] in cells("out/minutes.docx")
    again = {path.name: path.read_bytes() for path in Path("out").iterdir()}
    run("papers", "example", "--paths", "32", "--out", "out", "--format", "docx,xlsx")
    assert {path.name: path.read_bytes() for path in Path("out").iterdir()} == again


def test_those_present_stand_in_the_minutes(place):
    present = ("--present", "王工 = 主任", "--present", "Li Ming")
    run("papers", "example", "--paths", "32", "--out", "out", "--format", "docx", *present)
    rows = cells("out/minutes.docx")
    at = rows.index(["Name", "Position", "Signature"])
    assert rows[at + 1 : at + 3] == [["王工", "主任", ""], ["Li Ming", "", ""]]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_somebody_without_a_name_and_somebody_named_twice_are_refused_at_once(place, lang):
    told = run("papers", "example", "--present", "=chair", "--present", "A", "--present", "A=b", "--lang", lang, code=2)
    assert ("does not name a person" if lang == "en" else "没有写明姓名") in told
    assert ("names the same person twice" if lang == "en" else "重复列出同一人") in told
    assert told.count("--present") == 2


def test_a_form_that_no_paper_has_is_refused(place):
    assert "odt" in run("papers", "example", "--format", "odt", code=2)


def test_json_names_the_files(place):
    told = json.loads(run("papers", "example", "--paths", "32", "--out", "out", "--format", "docx", "--json"))
    assert [Path(file).name for file in told["files"]] == ["memorandum.docx", "minutes.docx"]
