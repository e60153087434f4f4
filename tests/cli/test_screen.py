"""The commands on names: figures on labelled pairs, and what stands in their way."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from guanzi.cli.app import app

run = CliRunner().invoke
PAIRS = """schema,name1,name2,is_match,category
Person,李斌,Bin Li,1,order
Person,秦力洪,秦力宏,0,homophone
Company,Deutsche Bank AG,Deutsche Bank,True,
Company,Deutsche Bank AG,Deutsche Post AG,False,
"""


def test_figures_on_labelled_pairs(tmp_path):
    (tmp_path / "pairs.csv").write_text(PAIRS, "utf-8")
    result = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv"), "--json"])
    found = json.loads(result.stdout)
    assert (found["n"], found["positives"], found["f1"], found["auc"]) == (4, 2, 1.0, 1.0)
    assert found["precision_interval"][1] == 1.0
    assert found["pairs_per_second"] > 0
    shown = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv"), "--lang", "zh"])
    assert "查准率" in shown.stdout


def test_bad_lines_are_named_all_at_once(tmp_path):
    bad = PAIRS + "Person,,Bin Li,1,\nPerson,李斌,Bin Li,perhaps,\n"
    (tmp_path / "pairs.csv").write_text(bad, "utf-8")
    result = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv")])
    assert result.exit_code == 2
    assert "pairs.csv:6" in result.stderr
    assert "pairs.csv:7" in result.stderr
    (tmp_path / "pairs.csv").write_text("a,b\n1,2\n", "utf-8")
    result = run(app, ["screen", "evaluate", str(tmp_path / "pairs.csv")])
    assert "name1" in result.stderr


def test_two_names_are_compared_with_reasons():
    result = run(app, ["screen", "compare", "曾毓群", "Zeng Yuqun", "--json"])
    found = json.loads(result.stdout)
    assert found["matched"]
    assert "is read as" in found["why"][0]["text"]


@pytest.mark.parametrize(("file", "least"), [("name_pairs_latin.csv", 0.85), ("name_pairs_han.csv", 0.95)])
def test_the_labelled_pairs_of_the_anchor(file, least):
    path = Path(__file__).resolve().parents[3] / "shared" / "data" / "diligence" / file
    if not path.exists():
        pytest.skip("labelled pairs are not at hand")
    found = json.loads(run(app, ["screen", "evaluate", str(path), "--json"]).stdout)
    assert found["f1"] >= least
