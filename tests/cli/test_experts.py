"""``guanzi experts evaluate`` on real panels: at least two thirds are won out of sample."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guanzi.cli import app

PANELS = Path(__file__).resolve().parents[2].parent / "shared" / "data" / "diligence" / "expert_panels"


def test_wins_on_the_panels_that_are_here():
    if not PANELS.is_dir():
        pytest.skip("the expert panels are not here")
    result = CliRunner().invoke(app, ["experts", "evaluate", str(PANELS), "--json"])
    assert result.exit_code == 0
    found = json.loads(result.stdout)
    assert found["panels"] == len(found["results"]) == 29
    assert found["wins"] == sum(r["win"] for r in found["results"])
    assert found["wins"] >= 21
    assert found["distinct_wins"] * 3 >= 2 * found["distinct_panels"]


def test_a_folder_that_is_not_there_is_refused():
    result = CliRunner().invoke(app, ["experts", "evaluate", "nowhere"])
    assert result.exit_code == 2
