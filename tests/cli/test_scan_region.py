"""The scan on the command line: without data, with a panel, and with what is wrong said by place and fix."""

import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO

import pytest
from tests.made_up_panel import made_up_panel

from guanzi.cli import app

pytestmark = pytest.mark.usefixtures("few_trees")
WRITTEN = ("scan.html", "scan.json", "scan.xlsx")


@dataclass(frozen=True)
class Done:
    returncode: int
    stdout: str
    stderr: str


def run(*words):
    said, complained = StringIO(), StringIO()
    with redirect_stdout(said), redirect_stderr(complained), pytest.raises(SystemExit) as end:
        app([str(word) for word in words])
    return Done(int(end.value.code or 0), said.getvalue(), complained.getvalue())


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scan")
    done = run("scan", "--out", folder, "--what-if", "Semiconductors", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_a_scan_without_any_data_is_that_of_hefei_on_the_day_of_its_case(written):
    folder, said = written
    assert all((folder / name).stat().st_size > 1000 for name in WRITTEN)
    assert said.startswith("数据截至2019年")
    document = json.loads((folder / "scan.json").read_text("utf-8"))
    assert (document["region"], document["as_of"], document["year"]) == ("Hefei", "2020-04-29", 2019)
    assert document["beside"]["second"]["region"] == "Anhui"
    assert all(sector["year"] <= 2019 for sector in document["beside"]["sectors"])
    assert document["changes"]
    assert {w["track"] for w in document["windows"]} == {"nev", "low-altitude", "embodied-intelligence", "ai"}


def test_a_chance_lies_within_its_interval_and_not_on_its_end(written):
    document = json.loads((written[0] / "scan.json").read_text("utf-8"))
    assert len(document["candidates"]) > 50
    for row in document["candidates"]:
        low, high = row["interval"]
        assert low < row["probability"] < high or row["probability"] in (0, 1), row


def test_the_order_of_the_list_is_the_one_that_its_caption_tells(written):
    document = json.loads((written[0] / "scan.json").read_text("utf-8"))
    rows = document["candidates"]
    order = sorted(rows, key=lambda row: (not row["reachable"], not row["front"], -row["score"]))
    assert [row["industry"] for row in order] == [row["industry"] for row in rows]
    said = "".join(written[1].split())
    assert "先列可及范围内未被其他产业全面超过的产业，再按概率、增益、规模、增长与战略五项名次的加权平均排列" in said
    assert said.index("不宜仅凭本名单决策") < said.index("短名单：")


def test_of_a_day_before_all_figures_the_option_is_refused_with_the_first_day():
    done = run("scan", "--as-of", "1985-01-01")
    assert done.returncode == 2
    assert done.stderr.startswith("--as-of: error:")
    assert "choose a day from 31 December 1990, the first day with a published figure" in done.stderr


def test_the_workbook_says_on_every_sheet_when_the_figures_end(written):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(written[0] / "scan.xlsx")
    assert len(book.sheetnames) > 10
    assert all(sheet["A1"].value.startswith("数据截至2019年") for sheet in book)


def test_what_is_no_command_is_a_panel(tmp_path):
    done = run("scan", tmp_path / "none.csv", "--region", "x")
    assert done.returncode == 2
    assert "none.csv" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--region", "Northprt"), "no place"),
        (("--weights", "feasable=1"), "feasible"),
        (("--weights", "feasible"), "NAME=VALUE"),
        (("--weights", "feasible=much"), "much"),
        (("--track", "Software=atlantis"), "Low-altitude economy"),
        (("--what-if", "Semiconducters"), "Semiconductors"),
        (("--city", "shenzen"), "Shenzhen"),
    ],
)
def test_wrong_words_are_refused_with_what_was_meant(words, said):
    done = run("scan", *words)
    assert done.returncode == 2
    assert said in done.stderr


def test_the_window_of_a_track_is_told_as_it_stood_on_a_day():
    then = json.loads(run("scan", "window", "nev", "--as-of", "2020-04-29", "--json").stdout)
    now = json.loads(run("scan", "window", "nev", "--json").stdout)
    assert (then["verdict"], now["verdict"]) == ("blue", "red")
    assert all(f["known_on"] <= "2020-04-29" for s in then["signals"] for f in s["figures"])


@pytest.fixture(scope="module")
def panel_of_a_city(tmp_path_factory):
    made, path = made_up_panel(), tmp_path_factory.mktemp("panel") / "panel.csv"
    lines = ["city,trade,year,jobs"]
    for k, year in enumerate(made.years):
        for c in range(made.starts[k], made.starts[k + 1]):
            names = made.regions[made.region[c]], made.industries[made.industry[c]]
            lines.append(f"{names[0]},{names[1]},{year},{made.measures['jobs'][c]}")
    path.write_text("\n".join(lines), "utf-8")
    return path


COLUMNS = ("--panel-columns", "region=city,industry=trade,value=jobs")


def appraised(*words):
    with pytest.raises(SystemExit) as end:
        app(["appraise", "qoros-changshu-2017", *map(str, words)])  # its deal is not known well enough to simulate
    assert end.value.code in (0, None)


def test_a_dossier_has_the_tracks_of_what_the_panel_held_on_its_day_and_the_scan_beside_it(
    capsys, tmp_path, panel_of_a_city
):
    asked = ("--panel", panel_of_a_city, *COLUMNS, "--panel-region", "Northport", "--panel-industry", "Drones")
    appraised(*asked, "--out", tmp_path)
    result = json.loads((tmp_path / "appraisal.json").read_text("utf-8"))
    last = int(result["as_of"][:4]) - (1 if result["as_of"][5:] >= "10-31" else 2)  # figures come out in October
    assert json.loads((tmp_path / "scan.json").read_text("utf-8"))["year"] == last < 2024  # where the panel ends
    assert result["track"]["last_year"] == last
    assert 'id="track"' in (tmp_path / "dossier.html").read_text("utf-8")
    assert str(tmp_path) not in json.dumps(result["track"])
    assert set(json.loads((tmp_path / "manifest.json").read_text("utf-8"))["files"]) >= {"scan.html", "scan.json"}
    capsys.readouterr()
    appraised("--out", tmp_path)
    assert "the panel of industries" in " ".join(capsys.readouterr().err.split())
    assert not (tmp_path / "scan.html").exists()


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--panel-region", "Northport"), "--panel"),
        (("--panel", "PANEL", *COLUMNS), "Ashford"),
        (("--panel", "PANEL", *COLUMNS, "--panel-region", "Northprt"), "Northport"),
        (("--panel", "PANEL", *COLUMNS, "--panel-region", "Northport", "--panel-industry", "Drone"), "Drones"),
        (("--panel", "PANEL", "--panel-columns", "place=city"), "region"),
        (("--panel", "PANEL", "--panel-region", "Northport"), "no column"),
        (("--panel", "PANEL", *COLUMNS, "--panel-region", "Northport", "--as-of", "2008-06-30"), "2008"),
    ],
)
def test_a_panel_beside_a_case_that_cannot_be_used_is_refused_before_anything_is_simulated(
    capsys, tmp_path, panel_of_a_city, words, said
):
    given = [str(panel_of_a_city) if word == "PANEL" else word for word in words]
    with pytest.raises(SystemExit) as end:
        app(["appraise", "nio-hefei-2020", *given, "--out", str(tmp_path / "out")])
    assert end.value.code == 2
    assert said in capsys.readouterr().err
    assert not (tmp_path / "out").exists()


@pytest.mark.prove
def test_what_if_is_told_on_the_screen_and_what_is_held_already_is_said_to_be(capsys):
    told = (("Semiconductors", "with Semiconductors raised to the average share"), ("Software", "already has Software"))
    for industry, words in told:
        with pytest.raises(SystemExit) as end:
            app(["scan", "--what-if", industry])
        assert end.value.code in (0, None)
        assert words in " ".join(capsys.readouterr().out.split())


def test_a_province_is_scanned_by_employment_as_of_a_day_and_companies_stand_beside_it():
    done = run("scan", "安徽", "--as-of", "2018-06-30", "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert (found["region"], found["measure"]["id"], found["year"]) == ("Anhui", "cn-employment", 2016)
    assert found["beside"]["city"] == ""
    assert found["beside"]["known_companies"] is None
    assert found["beside"]["second"]["measure"] == "listed companies"
    assert {one["measure"]: one["year"] for one in found["beside"]["sectors"]} == {
        "cn-employment": 2016, "cn-output": 2012, "cn-exports": 2012, "cn-firms": 2017,
    }  # fmt: skip


def test_a_province_is_scanned_as_far_ahead_as_its_figures_carry_and_says_so():
    said = " ".join(run("scan", "anhui", "--as-of", "2010-12-31").stdout.split())
    assert "within 4 years" in said
    assert "too few years were out to look 5 years ahead; the scan looks 4 years ahead" in said
    asked = " ".join(run("scan", "anhui", "--as-of", "2010-12-31", "--horizon", "4").stdout.split())
    assert "within 4 years" in asked
    assert "too few years were out" not in asked
    before = run("scan", "anhui", "--as-of", "2008-06-30")
    assert before.returncode == 2
    assert "3 years" in before.stderr


def test_a_city_of_few_companies_is_scanned_as_its_province():
    said = " ".join(run("scan", "--city", "chizhou", "--as-of", "2018-06-30").stdout.split())
    assert "What Anhui could enter next" in said
    assert "Too few listed companies are known in Chizhou for a scan, so the province is used instead" in said


def test_a_panel_of_another_country_is_scanned_by_its_name():
    found = json.loads(run("scan", "nz-employment", "--region", "Nelson", "--as-of", "2007-12-31", "--json").stdout)
    assert (found["region"], found["year"], found["beside"]) == ("Nelson", 2006, None)
    assert "rural" in " ".join(found["measure"]["unseen"])


def test_a_yearbook_is_added_to_shipped_panels_alone(panel_of_a_city, tmp_path):
    columns = ("--region-column", "city", "--industry-column", "trade", "--value-column", "jobs")
    done = run("scan", panel_of_a_city, "--region", "Northport", *columns, "--add", tmp_path / "y.xlsx")
    assert done.returncode == 2
    assert "cn-employment" in done.stderr
