"""``guanzi chain shock``."""

import json

import pytest
from typer.testing import CliRunner

from guanzi.cli import app


def run(*words):
    return CliRunner().invoke(app, ["chain", "shock", *words])


def test_without_a_scenario_the_risk_of_every_firm_stands_with_its_bound():
    done = run("invented-firms")
    assert done.exit_code == 0, done.output
    assert "Car Works" in done.output
    assert "error bound" in done.output
    data = json.loads(run("invented-firms", "--json").output)
    assert len(data["firms"]) == 18
    assert all(b >= 0.0 for firm in data["firms"] for b in firm["bound"])


def test_the_anchor_stops_and_the_survivors_are_told_over_what_firms_can_stand():
    data = json.loads(run("invented-firms", "--stop", "Car Works", "--json").output)
    assert data["hit"] == ["Car Works"]
    left = [row["firms"][0] for row in data["survival"]]
    assert left == sorted(left)
    assert left[0] < 1.0


def test_a_place_that_closes_hits_all_its_firms():
    assert len(json.loads(run("invented-firms", "--place", "abroad", "--json").output)["hit"]) == 3


def test_a_table_tells_the_course_by_days():
    data = json.loads(run("invented", "--sector", "vehicles", "--part", "0.5", "--until", "90", "--json").output)
    assert len(data["output"]) == 90
    assert data["lost_days"] > 0.0


def test_it_speaks_chinese():
    for words in (("invented-firms",), ("invented-firms", "--stop", "Car Works"), ("invented", "--sector", "vehicles")):
        done = run(*words, "--lang", "zh")
        assert done.exit_code == 0, done.output
        assert "虚构" in done.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("invented-firms", "--stop", "Car Wroks"), "Car Works"),
        (("invented", "--sector", "vehicle"), "vehicles"),
        (("invented",), "--sector"),
        (("nowhere",), "firms"),
    ],
)
def test_what_is_wrong_is_refused_with_the_mend(words, told):
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr


@pytest.mark.parametrize("words", [("invented-firms", "--place", "xyz123"), ("invented", "--sector", "qqq")])
def test_an_unknown_name_without_a_near_one_is_told_with_those_there_are(words):
    done = CliRunner().invoke(app, ["chain", "shock", *words])
    assert done.exit_code == 2
    assert "name one of: " in done.stderr
