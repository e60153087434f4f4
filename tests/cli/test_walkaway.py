"""The command: a table, one ladder, rivals, and refusals."""

import json
import re

import pytest
from typer.testing import CliRunner

from guanzi.cli import app

RIVALS = """format: 1
term: stake.share
rivals:
  - {name: another city, low: 0.10, high: 0.20, source: invented for this test}
error: 500
"""
WORDS = ("walkaway", "nio-hefei-2020", "--paths", "256", "--floor", "-4000")


def run(*words):
    return CliRunner().invoke(app, list(words))


def test_one_term_has_a_ladder_and_rivals_raise_the_floor(tmp_path):
    file = tmp_path / "rivals.yaml"
    file.write_text(RIVALS, "utf-8")
    told = run(*WORDS, "--rivals", str(file))
    assert told.exit_code == 0
    assert "the floor is raised by" in " ".join(told.stdout.split())
    assert re.search(r"another city\s+10 to 20\s%\s+invented for this test", told.stdout)
    data = json.loads(run(*WORDS, "--rivals", str(file), "--json").stdout)
    assert data["winners_curse"] == pytest.approx(500 * 0.5641896, rel=1e-6)
    assert [t["address"] for t in data["terms"]] == ["stake.share"]
    assert (data["currency"], data["unit"], data["paths"], data["seed"]) == ("CNY", 1e6, 256, 1)


def test_a_file_of_rivals_is_refused_with_its_place(tmp_path):
    file = tmp_path / "rivals.yaml"
    file.write_text(RIVALS.replace("low: 0.10", "low: 0.30"), "utf-8")
    refused = run(*WORDS, "--rivals", str(file))
    assert refused.exit_code != 0
    assert "another city ends below its start" in refused.stderr
    file.write_text(RIVALS, "utf-8")
    assert "--term" in run(*WORDS, "--rivals", str(file), "--term", "call.portion").stderr


def test_a_term_that_is_none_is_refused_at_its_own_option():
    refused = run(*WORDS, "--term", "stake.shares")
    assert refused.exit_code != 0
    assert refused.stderr.startswith("--term: error")
    assert "stake.share" in refused.stderr


def test_chinese():
    assert "底线为 −40亿元" in run(*WORDS, "--term", "stake.share", "--lang", "zh").stdout


def test_where_no_value_is_enough_it_says_what_the_draft_is_worth_and_the_highest_value():
    words = ("walkaway", "nio-hefei-2020", "--paths", "256", "--term", "stake.share", "--floor", "100_000")
    told = " ".join(run(*words).stdout.split())
    (term,) = json.loads(run(*words, "--json").stdout)["terms"]
    worth = {rung["at"]: rung["value"]["mean"] for rung in term["rungs"]}
    assert term["status"] == "never"
    assert max(worth.values()) == worth[0.3617235]
    assert f"The draft is worth {worth[0.241149] / 1000:.2f} bn yuan" in told
    assert re.search(rf"{worth[0.3617235] / 1000:.2f} bn yuan\s+36\.17235\s%", told)


def test_a_day_has_no_walk_away_value_and_is_refused():
    refused = run(*WORDS, "--term", "stake.i1.due=2020-06-30..2020-12-31")
    assert refused.exit_code == 2
    assert refused.stderr.startswith("--term: error")
    assert "numbers only" in " ".join(refused.stderr.split())
