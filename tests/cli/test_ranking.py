"""``guanzi experts rank``: the same decision from YAML, CSV and a workbook; wrong cells with their places."""

import json

import openpyxl
import pytest
from typer.testing import CliRunner

from guanzi.cli import app

pytest.importorskip("pymcdm", reason="the extra `ranking` is not installed")

ROWS: list[list[object]] = [
    ["site", "price", "jobs"],
    ["weight", 3, 2],
    ["goal", "min", "max"],
    ["Hefei", 3, 50],
    ["Wuhan", 5, 80],
    ["Xi'an", 4, 60],
]
YAML = """\
format: 1
title: Sites
criteria:
  - {id: price, weight: 3, goal: min}
  - {id: jobs, weight: 2, goal: max}
alternatives:
  - {name: Hefei, values: {price: 3, jobs: 50}}
  - {name: Wuhan, values: {price: 5, jobs: 80}}
  - {name: "Xi'an", values: {price: 4, jobs: 60}}
"""


def run(path, *args):
    return CliRunner().invoke(app, ["experts", "rank", str(path), *args])


def csv(path, rows):
    path.write_text("\n".join(",".join("" if c is None else str(c) for c in row) for row in rows) + "\n", "utf-8")
    return path


def book(path, rows):
    made = openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    made.save(path)
    return path


def test_three_kinds_of_file_say_the_same(tmp_path):
    (tmp_path / "sites.yaml").write_text(YAML, "utf-8")
    found = []
    for path in (tmp_path / "sites.yaml", csv(tmp_path / "a.csv", ROWS), book(tmp_path / "a.xlsx", ROWS)):
        result = run(path, "--json")
        assert result.exit_code == 0, result.stderr
        data = json.loads(result.stdout)
        del data["title"]
        found.append(data)
    assert found[0] == found[1] == found[2]
    assert found[0]["methods"]["weighted_sum"]["first"] == ["Hefei"]
    assert found[0]["smallest_changes"][0]["alternative"] == "Wuhan"
    assert found[0]["smallest_changes"][0]["moved"] == pytest.approx(0.1)
    assert found[0]["never_first"] == ["Xi'an"]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_a_table_may_be_parted_by_semicolons_or_tabs(tmp_path, separator):
    other = tmp_path / "other" / "a.csv"
    other.parent.mkdir()
    other.write_text("\n".join(separator.join(str(cell) for cell in row) for row in ROWS) + "\n", "utf-8")
    assert run(other, "--json").stdout == run(csv(tmp_path / "a.csv", ROWS), "--json").stdout


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_said_in_words(tmp_path, lang):
    result = run(csv(tmp_path / "a.csv", ROWS), "--lang", lang)
    assert result.exit_code == 0
    assert "10" in result.stdout
    assert "TOPSIS" in result.stdout


@pytest.mark.parametrize(
    ("row", "column", "value", "place", "said"),
    [
        (3, 1, "=1+1", "B4", "formula"),
        (3, 1, "dear", "B4", "not a plain number"),
        (4, 2, None, "C5", "no value"),
        (2, 1, "less", "B3", "neither max nor min"),
        (1, 1, -3, "B2", "below 0"),
        (5, 0, "Wuhan", "A6", "second time"),
    ],
)
def test_a_wrong_cell_of_a_workbook_is_refused_with_its_place(tmp_path, row, column, value, place, said):
    rows = [list(r) for r in ROWS]
    rows[row][column] = value
    result = run(book(tmp_path / "a.xlsx", rows))
    assert result.exit_code == 2
    assert f"!{place}" in result.stderr
    assert said in result.stderr


def test_all_problems_of_a_table_are_said_at_once(tmp_path):
    rows = [list(r) for r in ROWS]
    rows[1][1], rows[2][2], rows[3][2] = "x", "more", None
    result = run(csv(tmp_path / "a.csv", rows))
    assert result.exit_code == 2
    assert all(words in result.stderr for words in ("not a plain number", "neither max nor min", "Hefei has no value"))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("jobs: 80", "job: 80", "Wuhan has no value for the criterion jobs"),
        ("goal: min", "goal: low", "goal"),
        ("weight: 3", "weight: 0, preference: 1, indifference: 2", "thresholds"),
    ],
)
def test_a_wrong_yaml_is_refused_with_its_line(tmp_path, old, new, said):
    path = tmp_path / "a.yaml"
    path.write_text(YAML.replace(old, new), "utf-8")
    result = run(path)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "a.yaml:" in result.stderr


def test_names_are_shown_as_they_are(tmp_path):
    rows = [list(r) for r in ROWS]
    rows[3][0], rows[4][0] = "North [/]", "=2+3 [red]"
    result = run(csv(tmp_path / "a.csv", rows))
    assert result.exit_code == 0
    assert "North [/]" in result.stdout
    assert "=2+3 [red]" in result.stdout


def test_another_kind_of_file_is_refused(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x", "utf-8")
    assert run(path).exit_code == 2
