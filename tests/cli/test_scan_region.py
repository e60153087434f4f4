"""The scan on the command line: without data, with a panel, and with what is wrong said by place and mend."""

import json
import subprocess
import sys

import pytest

from guanzi.intake.industries import made_up_panel

WRITTEN = ("scan.html", "scan.json", "scan.xlsx")


def run(*words, **options):
    command = [sys.executable, "-c", "from guanzi.cli import main; main()", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    folder = tmp_path_factory.mktemp("scan")
    done = run("scan", "--out", folder, "--what-if", "Battery cells", "--city", "hefei", "--lang", "zh")
    assert done.returncode == 0, done.stderr
    return folder, done.stdout


def test_a_scan_runs_without_any_data_and_says_that_it_is_made_up(written):
    folder, said = written
    assert all((folder / name).stat().st_size > 1000 for name in WRITTEN)
    assert said.startswith("虚构面板")
    document = json.loads((folder / "scan.json").read_text("utf-8"))
    assert document["made_up"] is True
    assert document["changes"]
    assert {w["track"] for w in document["windows"]} == {"nev", "low-altitude", "embodied-intelligence", "ai"}


def test_the_workbook_says_on_every_sheet_that_it_is_made_up(written):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(written[0] / "scan.xlsx")
    assert len(book.sheetnames) == 4
    assert all(sheet["A1"].value.startswith("虚构面板") for sheet in book)


def test_what_is_no_command_is_a_panel(tmp_path):
    done = run("scan", tmp_path / "none.csv", "--region", "x")
    assert done.returncode == 2
    assert "none.csv" in done.stderr


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--region", "Northprt"), "Northport"),
        (("--weights", "feasable=1"), "feasible"),
        (("--weights", "feasible"), "NAME=VALUE"),
        (("--weights", "feasible=much"), "much"),
        (("--track", "Drones=atlantis"), "low-altitude"),
        (("--what-if", "Batery cells"), "Battery cells"),
        (("--city", "atlantis"), "shenzhen"),
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


def test_beside_a_dossier_stands_the_scan_of_what_the_panel_held_on_its_day(tmp_path):
    made, panel = made_up_panel(), tmp_path / "panel.csv"
    lines = ["region,industry,year,value"]
    for k, year in enumerate(made.years):
        for c in range(made.starts[k], made.starts[k + 1]):
            names = made.regions[made.region[c]], made.industries[made.industry[c]]
            lines.append(f"{names[0]},{names[1]},{year},{made.measures['jobs'][c]}")
    panel.write_text("\n".join(lines), "utf-8")
    asked = ("--panel", panel, "--panel-region", "Northport", "--out", tmp_path / "out")
    done = run("appraise", "nio-hefei-2020", "--paths", "64", *asked)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "scan.html").is_file()
    assert (tmp_path / "out" / "dossier.html").is_file()
    document = json.loads((tmp_path / "out" / "scan.json").read_text("utf-8"))
    assert document["year"] == 2019  # the day is in April 2020, and the panel goes on to 2024
