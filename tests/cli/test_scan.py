"""``guanzi scan``: figures of the forecast on the past of a panel, in both languages."""

import json
from pathlib import Path

import pandas as pd
import pytest
from tests.study.tracks.economies import economy, rows_of

from guanzi.cli import app

pytestmark = pytest.mark.usefixtures("few_trees")
SAMPLES = Path(__file__).parents[1] / "intake" / "industries" / "samples"
METHODS = ("model", "density", "ubiquity", "rca", "baseline", "null")
COLUMNS = ["--region", "region", "--industry", "industry", "--year", "year", "--value", "value"]


@pytest.fixture(scope="module")
def panel(tmp_path_factory):
    path = tmp_path_factory.mktemp("scan") / "panel.parquet"
    pd.DataFrame(rows_of(economy(30, 35, 4, seed=3), 2000, 5)).to_parquet(path)
    return path


def run(capsys, *words):
    code: object = 0
    try:
        app([*map(str, words)], standalone_mode=True)
    except SystemExit as end:
        code = end.code or 0
    out = capsys.readouterr()
    return code, out.out, out.err


def test_evaluate_prints_an_object_for_each_method(capsys, panel):
    code, out, _ = run(capsys, "scan", "evaluate", panel, *COLUMNS, "--json")
    assert code == 0
    told = json.loads(out)
    for name in METHODS:
        assert {"roc_auc", "average_precision", "precision_at_k", "ece"} <= set(told[name])
        assert 0 <= told[name]["roc_auc"] <= 1
    assert told["window"] == {"origin": 2010, "target": 2015}
    assert all(w["target"] <= 2010 for w in told["learnt_from"])
    assert len(told["regions"]) == 30
    assert told["cells"] > told["entries"] > 0


def test_evaluate_prints_a_table_and_what_it_means(capsys, panel):
    code, out, _ = run(capsys, "scan", "evaluate", panel, *COLUMNS)
    assert code == 0
    for words in (
        "size, diversity",
        "shuffled holders",
        "Within regions, the AUC changes by",
        "Later data were not used",
    ):
        assert words in out
    code, out, _ = run(capsys, "scan", "evaluate", panel, *COLUMNS, "--lang", "zh")
    assert code == 0
    assert "打乱持有者" in out
    assert "未使用更晚的数据" in out


def test_evaluate_refuses_what_it_cannot_judge(capsys, panel):
    code, out, err = run(capsys, "scan", "evaluate", panel, *COLUMNS, "--horizon", "30")
    assert (code, out) == (2, "")
    assert "30 years apart" in err
    assert "shorten the horizon" in err
    code, _, err = run(capsys, "scan", "evaluate", panel, *COLUMNS, "--until", "1990")
    assert code == 2
    assert "begins in 2000" in err
    code, _, err = run(capsys, "scan", "evaluate", panel, *COLUMNS[:-1], "valeu")
    assert code == 2
    assert "“value”" in err


def test_a_least_value_makes_entries_rarer(capsys, panel):
    entries = []
    for minimum in ("0", "60"):
        _, out, _ = run(capsys, "scan", "evaluate", panel, *COLUMNS, "--minimum", minimum, "--json")
        entries.append(json.loads(out)["entries"])
    assert entries[1] < entries[0]


def test_official_data_become_a_panel_that_can_be_evaluated(capsys, tmp_path, monkeypatch):
    from guanzi.intake.industries import Roles, official, read_industries

    def fetched(address, folder, name, sha256, advance):
        advance(10, 20)
        return official.Fetched(SAMPLES / "qcew_2019_annual.csv", address, "0" * 64, cached=False)

    monkeypatch.setattr(official, "fetch", fetched)
    code, out, _ = run(capsys, "scan", "fetch", "qcew", "2019", "--out", tmp_path / "new" / "panel.parquet")
    assert code == 0
    assert "2019_annual_singlefile.zip" in out
    assert "2 regions × 2 industries" in " ".join(out.split())
    panel = read_industries(
        tmp_path / "new" / "panel.parquet", Roles("region", "industry", "year", ("annual_avg_emplvl",))
    )
    assert panel.matrix(2019).tolist() == [[1200, 0], [40, 310]]
    assert panel.unknown(2019)[0, 1]


def test_a_provider_that_is_not_known_is_answered_with_the_nearest(capsys):
    code, _, err = run(capsys, "scan", "fetch", "eurostadt", "x")
    assert code == 2
    assert "eurostat" in err
    code, _, err = run(capsys, "scan", "fetch", "qcew", "last", "--lang", "zh")
    assert code == 2
    assert "四位数字" in err


def test_without_a_network_the_sentence_says_so(capsys, tmp_path, monkeypatch):
    from guanzi.intake.industries import official

    monkeypatch.setattr(official.qcew, "address", lambda year: f"http://127.0.0.1:9/{year}")
    code, out, err = run(capsys, "scan", "fetch", "qcew", "2019", "--folder", tmp_path, "--out", tmp_path / "p.parquet")
    assert (code, out) == (2, "")
    assert "cannot be reached" in err
    assert not (tmp_path / "p.parquet").exists()
