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


def test_a_shipped_city_is_answered_by_bounds_on_the_circle_and_on_every_township():
    told = json.loads(run("合肥", "--json").output)
    circle = told["circle"]
    assert circle["at_least"] < circle["round_piece"]
    assert circle["at_least"] * 4 * 3.14159 >= circle["built_up_km2"] * 0.999
    counted = [sum(d[kind] for d in told["townships"]["districts"]) for kind in ("towns", "subdistricts")]
    assert counted == [told["townships"]["towns"], told["townships"]["subdistricts"]]
    reached = told["townships"]["reached"]
    assert all(row["least"] <= row["most"] for row in reached)
    assert (reached[-1]["least"], reached[-1]["most"]) == (1.0, 1.0)
    assert "81座" in run("hefei", "--lang", "zh").output


def test_fewer_stations_than_the_circle_takes_cover_less_than_all_of_it():
    told = json.loads(run("hefei", "--sites", "30", "--json").output)
    (row,) = told["circle"]["covered_at_most"]
    assert row["part"] < 1.0 < row["part"] * told["circle"]["at_least"] / 30 + 0.05


def test_seats_of_a_shipped_city_are_a_field_of_sites_and_demand():
    done = run("hefei", "--objective", "near", "--sites", "3", "--json")
    assert len(json.loads(done.output)["phases"][0]["sites"]) == 3


@pytest.mark.parametrize("words", [("--sites", "0"), ("--sites", "500"), ("--radius", "0")])
def test_what_a_city_cannot_have_is_refused(words):
    assert run("hefei", *words).exit_code == 2
