"""``--reveal`` and ``--brief``: what they add, and that nothing else changes."""

import json
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from guanzi.advice.backtest import Hindsight
from guanzi.cli import app

CASE = "nio-hefei-2020"


@pytest.fixture(scope="module")
def folders(tmp_path_factory):
    """Results without, and with both options."""
    root = tmp_path_factory.mktemp("results")
    for name, words in {"plain": [], "both": ["--reveal", "--brief"]}.items():
        done = CliRunner().invoke(app, ["appraise", CASE, "--paths", "300", "--out", str(root / name), *words])
        assert done.exit_code == 0
        (root / f"{name}.txt").write_text(done.stdout, "utf-8")
    return root


@pytest.mark.prove
def test_the_appraisal_is_the_same_to_the_byte_with_the_outcome_revealed(folders):
    plain, both = ((folders / name / "appraisal.json").read_bytes() for name in ("plain", "both"))
    assert plain == both


def test_the_look_back_carries_the_hash_of_the_appraisal_beside_it(folders):
    look = Hindsight.model_validate_json((folders / "both" / "hindsight.json").read_text("utf-8"))
    assert look.appraisal_sha256 == sha256((folders / "both" / "appraisal.json").read_bytes()).hexdigest()
    assert look.appraisal_sha256 in (folders / "both" / "dossier.html").read_text("utf-8")
    assert look.covered_90[1] > 0


def test_files_are_written_only_when_asked_for(folders):
    assert sorted(file.name for file in (folders / "plain").iterdir()) == [
        "appraisal.json",
        "dossier.html",
        "manifest.json",
    ]
    assert sorted(file.name for file in (folders / "both").iterdir()) == [
        "appraisal.json",
        "brief.html",
        "dossier.html",
        "hindsight.json",
        "manifest.json",
    ]


def test_the_screen_names_the_brief_and_says_the_coverage(folders):
    told = " ".join((folders / "both.txt").read_text("utf-8").split())
    assert "brief.html" in told
    assert "90 % band" in told


def test_json_stays_alone_on_standard_output(tmp_path):
    words = ["appraise", CASE, "--paths", "50", "--json", "--reveal", "--brief", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, words)
    assert json.loads(done.stdout)["case"]["id"] == CASE


def test_a_broken_outcome_is_refused_once_the_appraisal_is_safe(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["case", "new", "mine", "--from", CASE])
    (tmp_path / "mine" / "outcome").mkdir(exist_ok=True)
    (tmp_path / "mine" / "outcome" / "facts.yaml").write_text("facts: [{id: x}]", "utf-8")
    done = CliRunner().invoke(app, ["appraise", "mine", "--paths", "50", "--reveal", "--out", "out"])
    assert done.exit_code == 2
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["appraisal.json", "manifest.json"]
