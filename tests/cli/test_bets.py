"""`guanzi bets` on the screen: it answers in both languages, writes a page, and refuses by row and column."""

import json

import pytest
from typer.testing import CliRunner

from guanzi.cli import app

RUN = CliRunner()
BETS = "id,population,parent,months_of_cash\na,us-title-xi,yes,40\nb,,no,3\n"


def ran(*words, code=0):
    done = RUN.invoke(app, ["bets", *map(str, words)])
    assert done.exit_code == code, done.output
    return done


@pytest.fixture
def files(tmp_path):
    (tmp_path / "bets.csv").write_text(BETS, "utf-8")
    (tmp_path / "outcomes.csv").write_text("id,outcome\na,worked\nb,failed\n", "utf-8")
    return tmp_path


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("words", ["", "list", "show uk-regional-growth-fund", "show CNDL-01", "record wuhan"])
def test_the_register_is_told_in_both_languages(words, lang):
    told = ran(*words.split(), "--lang", lang).stdout
    assert "reports." not in told
    assert told.count("\n") > 5


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_forecasts_and_scores_are_told_in_both_languages(files, lang):
    assert "us-title-xi" not in ran("forecast", files / "bets.csv", "--lang", lang).stdout
    assert "AUC" in ran("score", files / "bets.csv", files / "outcomes.csv", "--lang", lang).stdout


def test_json_is_a_list_of_bets_and_a_score_holds_it(files):
    forecasts = json.loads(ran("forecast", files / "bets.csv", "--json").stdout)
    assert [one["id"] for one in forecasts] == ["a", "b"]
    scored = json.loads(ran("score", files / "bets.csv", files / "outcomes.csv", "--json").stdout)
    assert [one["probability"] for one in scored["bets"]] == [one["probability"] for one in forecasts]
    assert scored["auc"]["value"] == 1.0
    assert scored["auc"]["low"] < 0.5


def test_a_record_is_written_as_a_page(tmp_path):
    ran("track-record", "hefei", "--page", tmp_path / "hefei.html", "--lang", "zh")
    assert "运气还是方法：合肥" in (tmp_path / "hefei.html").read_text("utf-8")


def test_what_is_wrong_is_named_and_nothing_is_forecast(files):
    (files / "bets.csv").write_text("id,parent\na,maybe\na,yes\n", "utf-8")
    done = ran("forecast", files / "bets.csv", "--json", code=2)
    assert not done.stdout
    assert "bets.csv:2:3" in done.stderr
    assert "bets.csv:3:1" in done.stderr
