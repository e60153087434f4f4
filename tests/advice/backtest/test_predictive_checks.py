"""The published predictive checks are those that the command gives, on figures whose source is stated."""

import importlib.util
import sys
from datetime import date
from pathlib import Path

import pytest
import yaml

REPO = Path(__file__).resolve().parents[3]
FILES = sorted((REPO / "benchmarks" / "predictive").glob("*.yaml"))


@pytest.fixture(scope="module")
def checks():
    spec = importlib.util.spec_from_file_location("predictive_checks", REPO / "benchmarks" / "predictive_checks.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_two_companies_stand_for_each_model():
    models = [yaml.safe_load(file.read_text("utf-8"))["model"] for file in FILES]
    assert all(models.count(model) >= 2 for model in set(models))
    assert set(models) == {"scale-up-manufacturer", "capacity-cycle-fab", "pre-revenue-deep-tech"}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_every_figure_has_a_source_and_no_fact_is_younger_than_the_start(checks, file):
    data = yaml.safe_load(file.read_text("utf-8"))
    for row in (*data["facts"], *data["observed"], *data.get("events", ())):
        source = data["sources"][row["source"]]
        assert source["publisher"]
        assert source["title"]
    for row in data["facts"]:
        published = data["sources"][row["source"]]["date"]
        assert published == "not seen" or published <= data["as_of"]
    first = checks.Period.parse(data["first_quarter"])
    for row in (*data["observed"], *data.get("events", ())):
        start, end = checks.steps_of(row, first)
        assert 0 <= start <= end
        assert isinstance(data["as_of"], date)


def test_the_published_table_is_what_the_command_gives(checks, tmp_path, monkeypatch, capsys):
    committed = (REPO / "benchmarks" / "results" / "predictive_checks.md").read_text("utf-8")
    (tmp_path / "results").mkdir()
    (tmp_path / "predictive").symlink_to(REPO / "benchmarks" / "predictive")
    monkeypatch.setattr(checks, "HERE", tmp_path)
    checks.main()
    assert capsys.readouterr().out == committed
