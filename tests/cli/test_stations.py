"""``guanzi chain stations``."""

import json
import re

import pytest
from typer.testing import CliRunner

from guanzi.cli import app


def run(*words):
    return CliRunner().invoke(app, ["chain", "stations", *words])


def test_each_objective_prints_its_sites_and_its_gap():
    for words in (("--sites", "6"), ("--objective", "all", "--radius", "4"), ("--objective", "near", "--sites", "4")):
        done = run("invented-stations", *words)
        assert done.exit_code == 0, done.output
        assert re.search(r"≤ \d+(\.\d+)?\s%", done.output)
        assert "The places are invented" in done.output


def test_the_same_question_gives_the_same_bytes():
    once, twice = (run("invented-stations", "--budget", "20", "--json").output for _ in range(2))
    assert once == twice
    plan = json.loads(once)["phases"][0]
    assert plan["cost"] <= 20.0
    assert 0.0 <= plan["gap"] < 0.05


def test_the_map_is_written(tmp_path):
    done = run("invented-stations", "--phases", "2,3", "--out", str(tmp_path / "map.geojson"))
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "map.geojson").read_text("utf-8"))["type"] == "FeatureCollection"


def test_it_speaks_chinese():
    assert "覆盖" in run("invented-stations", "--sites", "3", "--lang", "zh").output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("invented-stations",), "--sites N"),
        (("invented-stations", "--phases", "a,b"), "5,5,10"),
        (("invented-stations", "--objective", "fast", "--sites", "2"), "most, all or near"),
        (("nowhere", "--sites", "2"), "sites"),
    ],
)
def test_what_is_wrong_is_refused_with_the_mend(words, told):
    done = run(*words)
    assert done.exit_code == 2
    assert told in " ".join(done.stderr.split())


def test_the_page_is_written_in_the_language_asked_for(tmp_path):
    done = run("invented-stations", "--sites", "4", "--lang", "zh", "--out", str(tmp_path / "map.html"))
    assert done.exit_code == 0, done.output
    assert 'lang="zh"' in (tmp_path / "map.html").read_text("utf-8")
    assert "; 0 more" not in run("invented-stations", "--sites", "4").output


def test_a_map_of_another_ending_is_refused_before_anything_is_written(tmp_path):
    done = run("invented-stations", "--sites", "4", "--out", str(tmp_path / "map.png"))
    assert done.exit_code == 2
    assert ".geojson" in done.stderr
    assert not list(tmp_path.iterdir())


def test_more_sites_than_there_are_is_refused():
    for lang, told in (("en", "41 new sites cannot be built"), ("zh", "无法新建 41 个站点")):
        done = run("invented-stations", "--sites", "41", "--lang", lang)
        assert done.exit_code == 2, done.output
        assert told in done.stderr
