"""``--reveal`` and ``--brief``: what they add, and that nothing else changes."""

import json
from hashlib import sha256

import pytest
from typer.testing import CliRunner

from guanzi.advice.backtest import Hindsight
from guanzi.cli import app

CASE = "nio-hefei-2020"
UNSIMULATED = "qoros-changshu-2017"
"""Too little of this deal is known: its appraisal takes no time."""


def appraised(folder, *words):
    """What the screen says of an appraisal that is written to a folder."""
    done = CliRunner().invoke(app, ["appraise", CASE, "--paths", "300", "--out", str(folder), *words])
    assert done.exit_code == 0
    return done.stdout


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """Results with both options, and what the screen said."""
    folder = tmp_path_factory.mktemp("both")
    return folder, " ".join(appraised(folder, "--reveal", "--brief").split())


@pytest.mark.prove
def test_the_appraisal_is_the_same_to_the_byte_with_the_outcome_revealed(both, tmp_path):
    appraised(tmp_path)
    assert (tmp_path / "appraisal.json").read_bytes() == (both[0] / "appraisal.json").read_bytes()


def test_the_look_back_carries_the_hash_of_the_appraisal_beside_it(both):
    look = Hindsight.model_validate_json((both[0] / "hindsight.json").read_text("utf-8"))
    assert look.appraisal_sha256 == sha256((both[0] / "appraisal.json").read_bytes()).hexdigest()
    assert look.appraisal_sha256 in (both[0] / "dossier.html").read_text("utf-8")
    assert look.covered_90[1] > 0


def test_files_are_written_when_asked_for(both):
    """What is written without asking: ``test_app.py``."""
    assert sorted(file.name for file in both[0].iterdir()) == [
        "appraisal.json",
        "brief.html",
        "dossier.html",
        "hindsight.json",
        "manifest.json",
    ]


def test_the_screen_names_the_brief_and_says_the_coverage(both):
    assert "brief.html" in both[1]
    assert "90 % band" in both[1]


def test_json_stays_alone_on_standard_output(tmp_path):
    words = ["appraise", UNSIMULATED, "--json", "--reveal", "--brief", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(app, words)
    assert json.loads(done.stdout)["case"]["id"] == UNSIMULATED


def test_a_broken_outcome_is_refused_once_the_appraisal_is_safe(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    CliRunner().invoke(app, ["case", "new", "mine", "--from", CASE])
    (tmp_path / "mine" / "outcome").mkdir(exist_ok=True)
    (tmp_path / "mine" / "outcome" / "facts.yaml").write_text("facts: [{id: x}]", "utf-8")
    done = CliRunner().invoke(app, ["appraise", "mine", "--paths", "50", "--reveal", "--out", "out"])
    assert done.exit_code == 2
    assert sorted(file.name for file in (tmp_path / "out").iterdir()) == ["appraisal.json", "manifest.json"]
