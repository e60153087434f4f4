"""`guanzi playbook`: what a playbook holds, what is wrong or open in one, and a new one."""

import json

import pytest
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.record.playbooks import playbook_names


def run(*words):
    return CliRunner().invoke(app, list(words))


def flat(text, lang="en"):
    return (" " if lang == "en" else "").join(text.split())


def test_the_playbooks_can_be_listed():
    done = run("playbook", "list")
    assert done.exit_code == 0
    rows = json.loads(run("playbook", "list", "--json").stdout)
    assert [row["id"] for row in rows] == list(playbook_names())
    assert all(row["id"] in done.stdout and row["sourced"] > 0 for row in rows)


@pytest.mark.parametrize("name", playbook_names())
@pytest.mark.parametrize(("lang", "parts"), [("en", ["Who votes", "Patience"]), ("zh", ["表决人员", "战略耐心"])])
def test_a_playbook_is_shown_part_by_part_with_its_sources(name, lang, parts):
    done = run("playbook", "show", name, "--lang", lang)
    assert done.exit_code == 0
    assert all(part in done.stdout for part in parts)
    assert ("[C]" if lang == "en" else "［C］") in done.stdout


def test_what_was_not_found_is_shown_as_open():
    assert "looked for, not found. Open." in flat(run("playbook", "show", "shanghai").stdout)


def test_a_playbook_as_data_holds_every_row_with_its_origin():
    data = json.loads(run("playbook", "show", "xian", "--json").stdout)
    assert data["extends"] == "hefei"
    rows = {row["id"]: row for row in data["playbook"]["table"]}
    assert rows["largest-holder"]["origin"]["source"] == "sx-mother-fund"
    assert rows["largest-holder"]["test"]["value"] == 0.3


def test_a_sound_playbook_is_told_with_what_is_open_in_it():
    done = run("playbook", "check", "hefei")
    assert done.exit_code == 0
    assert "hefei is sound" in done.stdout
    assert "Missing: owner and safety case." in flat(done.stdout)
    data = json.loads(run("playbook", "check", "hefei", "--json").stdout)
    assert data["problems"] == []
    assert data["pilots"]["rail-inspection"] == ["owner", "safety_case"]


def test_a_new_playbook_is_begun_once_and_checked_until_it_is_filled_in(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("playbook", "new", "lyon").exit_code == 0
    text = (tmp_path / "lyon.yaml").read_text("utf-8")
    assert run("playbook", "new", "lyon").exit_code == 2
    assert (tmp_path / "lyon.yaml").read_text("utf-8") == text
    done = run("playbook", "check", "lyon.yaml")
    assert done.exit_code == 1
    assert "This was not filled in: NAME IN ENGLISH" in done.stdout
    for words in ("NAME IN ENGLISH", "WHO PUBLISHED IT", "TITLE OF THE TEXT", "WHAT IS TRIED OUT", "WHERE",
                  "WHO RUNS IT", "WITH WHAT MONEY THE GOVERNMENT ACTS", "WHY DEALS HAVE THIS FORM HERE",
                  "WHY THIS NUMBER", "WHAT THE COMMITTEE DEMANDS WHEN THE ROW BELOW FAILS"):  # fmt: skip
        text = text.replace(words, words.lower())
    (tmp_path / "lyon.yaml").write_text(text, "utf-8")
    assert "This was not filled in: 中文名称" in run("playbook", "check", "lyon.yaml").stdout
    (tmp_path / "lyon.yaml").write_text(text.replace('zh: "', 'zh: "里昂'), "utf-8")
    assert run("playbook", "check", "lyon.yaml").exit_code == 0
    assert run("playbook", "show", "lyon.yaml").exit_code == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["show", "atlantis"], "There is no playbook atlantis"),
        (["new", "Lyon 2026"], "cannot be used as an id"),
        (["new", "hefei"], "A playbook named hefei already exists."),
    ],
)
def test_what_cannot_be_is_refused(words, said, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    done = run("playbook", *words)
    assert done.exit_code == 2
    assert said in flat(done.stderr)


def test_a_broken_file_is_told_with_its_line_and_fails_the_check(tmp_path):
    file = tmp_path / "broken.yaml"
    file.write_text("format: 1\nid: [x\n", "utf-8")
    done = run("playbook", "check", str(file))
    assert done.exit_code == 1
    assert "broken.yaml:2:5" in done.stdout
    assert json.loads(run("playbook", "check", str(file), "--json").stdout)["problems"]


@pytest.mark.parametrize(
    ("lang", "word"), [("en", "2 would find the evidence insufficient"), ("zh", "2本认为证据不足")]
)
def test_a_case_is_compared_under_several_playbooks(lang, word, tmp_path):
    out = tmp_path / "out"
    words = ["playbook", "compare", "hsmc-wuhan-2017", "--playbooks", "hefei,xian", "--paths", "16", "--out", str(out)]
    done = run(*words, "--lang", lang)
    assert done.exit_code == 0
    assert word in flat(done.stdout, lang)
    assert sorted(path.name for path in out.iterdir()) == ["comparison.html", "comparison.json", "manifest.json"]
    data = json.loads(run(*words, "--json").stdout)
    assert [column["id"] for column in data["columns"]] == ["hefei", "xian"]
    assert data == json.loads((out / "comparison.json").read_text("utf-8"))


def test_a_comparison_without_or_with_an_unknown_playbook_is_refused():
    assert run("playbook", "compare", "nio-hefei-2020", "--playbooks", ",").exit_code == 2
    done = run("playbook", "compare", "nio-hefei-2020", "--playbooks", "hefei,atlantis")
    assert done.exit_code == 2
    assert "There is no playbook atlantis" in flat(done.stderr)


@pytest.mark.parametrize(
    ("lang", "words"), [("en", ["OPEN:", "no evidence"]), ("zh", ["未决：", "无证据", "试点应用"])]
)
def test_whether_a_city_can_run_a_playbook_is_told_with_a_plan(lang, words):
    done = run("playbook", "city-fit", "hefei", "--city", "wuhan", "--case", "nio-hefei-2020", "--lang", lang)
    assert done.exit_code == 0
    assert all(word in done.stdout for word in words)


def test_replicability_as_data_has_the_weakest_pillar_first():
    data = json.loads(run("playbook", "city-fit", "hefei", "--city", "guangzhou", "--json").stdout)
    assert data["state"] == data["pillars"][0]["state"] == "open"
    assert data["plan"][0]["stage"] == "environment"


def test_an_unknown_city_is_refused_with_those_there_are():
    done = run("playbook", "city-fit", "hefei", "--city", "atlantis")
    assert done.exit_code == 2
    assert "There is no city atlantis" in flat(done.stderr)


@pytest.mark.parametrize(
    ("lang", "parts"),
    [("en", ["First three steps", "does not show which", "[B]"]), ("zh", ["前三步", "最相符", "［B］"])],
)
def test_the_first_screen_of_a_city_names_three_steps_and_the_playbook_that_fits(lang, parts):
    done = run("playbook", "city-fit", "hefei", "--city", "hefei", "--case", "nio-hefei-2020", "--lang", lang)
    assert done.exit_code == 0
    told = flat(done.stdout, lang)
    assert all(part in told for part in parts)
    assert told.index(parts[0]) < told.index(parts[1]) < told.index(parts[2])
