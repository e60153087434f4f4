"""``guanzi unitcost``."""

import json

import pytest
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.intake.inputs import read_inputs
from guanzi.study import unitcost


def run(*words):
    return CliRunner().invoke(app, ["unitcost", *words])


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_shipped_station_is_shown(lang):
    done = run("swap-station", "--lang", lang)
    assert done.exit_code == 0
    assert "42how" in done.stdout
    assert "CITIC" in done.stdout


def test_as_json_it_has_quantiles_conflicts_and_a_tornado():
    data = json.loads(run("swap-station", "--json").stdout)
    assert [r["name"] for r in data["results"]] == ["break_even", "unit_cost", "unit_margin"]
    for result in data["results"]:
        values = [q["value"] for q in result["quantiles"]]
        assert values == sorted(values)
        assert all(q["low"] <= q["value"] <= (q["high"] or float("inf")) for q in result["quantiles"])
    assert {i["input"] for i in data["inputs"] if i["conflict"]} >= {"capex", "pack_price"}
    assert data["missing"] == []
    assert data["tornado"][0]["input"] == "tariff"


def test_a_case_without_the_figures_says_what_is_missing():
    data = json.loads(run("swap-station", "nio-hefei-2020", "--json").stdout)
    assert data["results"] == []
    assert "capex" in data["missing"]
    assert "Nothing is assumed in their place" in " ".join(run("swap-station", "nio-hefei-2020").stdout.split())


@pytest.mark.parametrize("model", sorted(unitcost.MODELS))
def test_a_template_that_is_filled_in_can_be_read(model, tmp_path):
    lines = []
    for line in run(model, "--template").stdout.splitlines():
        if "- {input:" in line:
            spec = unitcost.MODELS[model].spec(line.split("input: ")[1].split(",")[0])
            low = max(spec.low, 0.6)
            line = line.replace("# ", "", 1).replace("low: , high: ,", f"low: {low}, high: {low},")
            line = line.replace("judgement: }", "judgement: because}")
        lines.append(line)
    file = tmp_path / "filled.yaml"
    file.write_text("\n".join(lines) + "\n", "utf-8")
    assert unitcost.prepare(unitcost.MODELS[model], read_inputs(file)).missing == ()
    assert run(model, str(file)).exit_code == 0


def test_an_unknown_model_is_refused_with_the_nearest():
    done = run("vehcle")
    assert done.exit_code == 2
    assert "vehicle" in done.stderr


def test_a_model_without_example_asks_for_a_file_or_a_case():
    done = run("vehicle")
    assert done.exit_code == 2
    assert "guanzi unitcost vehicle --template" in done.stderr


def test_a_file_without_inputs_is_told_that_it_lacks_them(tmp_path):
    file = tmp_path / "empty.yaml"
    file.write_text("format: 1\nunitcost: vehicle\ntitle: V\ncurrency: CNY\nsources: {}\ninputs: []\n", "utf-8")
    done = run("vehicle", str(file))
    assert done.exit_code == 2
    assert "more entries are needed" in done.stderr


def test_no_unit_is_cut_off_when_the_output_goes_to_a_file():
    done = run("vehicle", "nio-hefei-2020")
    assert "vehicles/year" in done.stdout
