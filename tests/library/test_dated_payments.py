"""Of which bets it is dated to the quarter what was paid: what a replay by days would need."""

import re
from pathlib import Path

from guanzi.advice.backtest import load_library
from guanzi.base.reading import read_yaml
from guanzi.intake.bets import outcomes, register

PAGE = Path(__file__).parents[2] / "docs" / "methods" / "bets.md"
PAID, DRAWN = "public_cash_received", "public_cash_drawn"


def dated(case):
    """Whether payments have days: each was reported by itself, or nothing was drawn at all by the end."""
    path = case.folder / "outcome" / "facts.yaml"
    facts = read_yaml(path, path.name).data["facts"] if path.exists() else []
    return any(f["name"] == PAID or (f["name"] == DRAWN and f["value"] == 0) for f in facts)


def test_the_page_says_how_many_bets_could_be_replayed_by_days():
    cases = load_library()[0]
    found = [case.id for case in cases if dated(case)]
    assert found == ["britishvolt-blyth-2022", "nio-hefei-2020"]
    kept = [bet for bet in register() if bet.left_out is None]
    losses = [bet for bet in kept if outcomes()[bet.id].loss is not None]
    text = " ".join(PAGE.read_text("utf-8").split())
    said = re.search(r"in (\d+) of (\d+) cases .*? (\d+) of (\d+) bets.*? forty; (\d+) are missing", text)
    assert said is not None
    assert [int(n) for n in said.groups()] == [len(found), len(cases), len(losses), len(kept), 40 - len(found)]
