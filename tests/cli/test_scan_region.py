"""The scan on the command line: without data, with a panel, and with what is wrong said by place and mend."""

import json
import subprocess
import sys

import pytest

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
