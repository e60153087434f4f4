"""``guanzi backtest`` as a command: the keys that others read, and the same bytes again."""

import json

import pytest
from tests.advice.backtest.library import small_library
from typer.testing import CliRunner

from guanzi.cli import app

RUN = ["backtest", "--paths", "500"]


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(small_library(tmp_path_factory.mktemp("library"), ("nio-hefei-2020", "byton-nanjing-2018")))


def test_json_has_the_keys_and_no_times_or_paths(folder, tmp_path):
    one, two = tmp_path / "one", tmp_path / "two"
    first = CliRunner().invoke(app, [*RUN, "--library", folder, "--json", "--out", str(one)])
    again = CliRunner().invoke(app, [*RUN, "--library", folder, "--json", "--threads", "1", "--out", str(two)])
    assert first.exit_code == 0
    assert first.stdout == again.stdout
    found = json.loads(first.stdout)
    assert {"scored", "unfit", "brier", "brier_base_rate", "auc", "cases"} <= set(found)
    assert found["scored"] == 2
    assert all({"case", "advice", "probability"} <= set(c) for c in found["cases"])
    assert folder not in first.stdout
    assert (one / "backtest.json").read_text("utf-8") == first.stdout
    for name in ("backtest.json", "backtest.html"):
        assert (one / name).read_bytes() == (two / name).read_bytes()
    assert folder not in (one / "backtest.html").read_text("utf-8")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_names_every_forecast_and_every_case(folder, lang):
    shown = CliRunner().invoke(app, [*RUN, "--library", folder, "--lang", lang], env={"COLUMNS": "160"})
    assert shown.exit_code == 0
    names = {
        "en": ("NIO and", "Byton and", "this method", "Zmijewski"),
        "zh": ("蔚来与", "拜腾与", "本方法", "Zmijewski模型"),
    }
    lines = shown.stdout.splitlines()
    assert [name for name in names[lang] if not any(line.startswith(f"  {name}") for line in lines)] == []
    assert "cli." not in shown.stdout


def test_a_folder_without_cases_is_refused(tmp_path):
    assert CliRunner().invoke(app, [*RUN, "--library", str(tmp_path)]).exit_code == 2
    assert CliRunner().invoke(app, [*RUN, "--library", str(tmp_path / "nowhere")]).exit_code == 2
