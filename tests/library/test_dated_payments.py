"""Of how many bets it is dated what was paid, and what the page says of it."""

import re
from pathlib import Path

import yaml
from benchmarks.dated_replay import DATA, RESULT

from guanzi.advice.backtest import load_library
from guanzi.base.reading import read_yaml
from guanzi.intake.bets import outcomes, register

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "bets.md"


def label(case):
    path = case.folder / "outcome" / "label.yaml"
    return read_yaml(path, path.name).data["label"]


def test_the_page_says_how_many_bets_could_not_be_replayed_by_days():
    cases = load_library()[0]
    replayed = {bet["case"] for bet in yaml.safe_load(DATA.read_text("utf-8"))["bets"]}
    assert replayed <= {case.id for case in cases}
    others = [case for case in cases if case.id not in replayed]
    refused = sum(label(case) == "refused" for case in others)
    kept = [bet for bet in register() if bet.left_out is None]
    losses = [bet for bet in kept if outcomes()[bet.id].loss is not None]
    text = " ".join(PAGE.read_text("utf-8").split())
    said = re.search(r"Of the other (\d+) cases .*? (\d+) were refused, and of (\d+) .*? (\d+) of (\d+) bets", text)
    assert said is not None
    assert list(map(int, said.groups())) == [len(others), refused, len(others) - refused, len(losses), len(kept)]


def test_the_table_has_a_row_for_every_bet_of_the_record():
    bets = yaml.safe_load(DATA.read_text("utf-8"))["bets"]
    rows = re.findall(r"^\| ([a-z0-9-]+-\d{4}) \| (\w+) \|", RESULT.read_text("utf-8"), re.MULTILINE)
    assert rows == [(bet["case"], bet["result"]) for bet in bets]
    assert all(bet["result"] == label(case) for bet in bets for case in load_library()[0] if case.id == bet["case"])
