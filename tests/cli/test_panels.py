"""Asking experts from the command line: example, forms, two rounds, and a case that takes the answers up."""

import json
import shutil
from datetime import date, datetime

import numpy as np
import pytest
from tests.intake.questionnaire.questionnaires import fill
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.record.evidence import load_case, read_elicitation


def run(*args):
    return CliRunner().invoke(app, ["experts", *map(str, args)])


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """Four made-up experts who answer two rounds of the example; one leaves after the first."""
    folder = tmp_path_factory.mktemp("desk")
    assert run("new", folder / "panel.xlsx").exit_code == 0
    asked = read_elicitation(folder / "panel.yaml").form
    forms = folder / "forms"
    forms.mkdir()
    for round, experts in ((1, 4), (2, 3)):
        form = folder / "panel.xlsx"
        if round == 2:
            form = folder / "second.xlsx"
            assert run("new", form, "--after", forms).exit_code == 0
        for expert in range(experts):
            draw = np.random.default_rng(100 * round + expert)
            answers = {}
            for row, question in enumerate(asked.questions, start=2):
                middle = (question.seed.value if question.seed else 0.1) * np.exp(draw.normal(0, 0.2))
                middle = min(middle, 0.9) if question.unit == "ratio" else middle
                values = (middle * 0.5, middle, min(middle * 2, 1.0) if question.unit == "ratio" else middle * 2)
                answers[row] = tuple(map(float, values))
            name = f"Made-up Expert {expert}"
            day = datetime(2020, 2 + round, 1)
            fill(form, forms / f"r{round}-{expert}.xlsx", answers, name=name, day=day)
    return folder


def test_the_example_tells_true_values_in_its_own_file_alone(desk):
    assert "22477" in (desk / "panel.yaml").read_text("utf-8")
    assert b"22477" not in (desk / "panel.xlsx").read_bytes()


def test_both_rounds_are_read_weighed_and_compared(desk):
    result = run("read", desk / "forms", "--json")
    assert result.exit_code == 0, result.stderr
    found = json.loads(result.stdout)
    assert [r["round"] for r in found["rounds"]] == [1, 2]
    assert len(found["experts"]) == 3
    assert len(found["left"]) == 1
    assert found["weighting"] == "performance"
    assert sum(e["weight"] for e in found["experts"]) == pytest.approx(1.0)
    assert "Made-up Expert" not in result.stdout
    target = found["questions"][-1]
    assert target["changes"][0]["experts"] == 3
    assert target["pool"] == sorted(target["pool"])
    assert 0.0 <= target["dispersion"]["between"] <= 1.0
    assert target["distribution"]["levels"][0] == 0.0
    assert target["distribution"]["levels"][-1] == 1.0


def test_names_are_shown_if_asked_for_and_both_languages_speak(desk):
    assert "Made-up Expert 0" in run("read", desk / "forms", "--names").stdout
    forms = [fill(desk / "forms" / "r1-0.xlsx", desk / "odd.xlsx", {}, name="A [/] of [red]")]
    assert "A [/] of [red]" in run("read", *forms, "--names").stdout
    assert "专家" in run("read", desk / "forms", "--lang", "zh").stdout


def test_a_case_keeps_the_panel_and_uses_it_from_its_day_on(desk, tmp_path):
    made = CliRunner().invoke(app, ["case", "new", str(tmp_path / "mine"), "--from", "nio-hefei-2020"])
    assert made.exit_code == 0
    result = run("read", desk / "forms", "--case", tmp_path / "mine")
    assert result.exit_code == 0, result.stderr
    case = load_case(tmp_path / "mine")
    assert [p.id for p in case.judgements] == ["panel"]
    assert len(case.view(date(2020, 4, 1)).judgements[0].form.rounds) == 2
    assert case.view(date(2020, 2, 29)).judgements == ()
    again = run("read", tmp_path / "mine" / "judgements" / "panel.yaml", "--json")
    first = run("read", desk / "forms", "--json")
    assert json.loads(again.stdout)["questions"] == json.loads(first.stdout)["questions"]
    checked = CliRunner().invoke(app, ["case", "check", str(tmp_path / "mine")])
    assert checked.exit_code == 0


def test_a_shipped_case_and_a_case_of_another_model_keep_nothing(desk):
    assert "a case of the library cannot be changed" in run("read", desk / "forms", "--case", "nio-hefei-2020").stderr
    asked = (desk / "panel.yaml").read_text("utf-8").replace("parameter: learning", "parameter: learnings")
    (desk / "wrong.yaml").write_text(asked, "utf-8")
    CliRunner().invoke(app, ["case", "new", str(desk / "other"), "--from", "nio-hefei-2020"])
    result = run("read", desk / "forms", "--questions", desk / "wrong.yaml", "--case", desk / "other")
    assert result.exit_code == 2
    assert "learnings" in result.stderr
    assert not (desk / "other" / "judgements").exists()


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("new", "form.xls"), "xlsx"),
        (("read", "nowhere.xlsx"), "cannot be read"),
        (("read", "panel.yaml"), "no answers"),
        (("new", "panel.xlsx"), "already"),
        (("read", "panel.xlsx"), "not filled in"),
        (("new", "other.xlsx", "--questions", "nowhere.yaml"), "nowhere.yaml"),
    ],
)
def test_a_wrong_call_is_refused_with_a_sentence(desk, monkeypatch, args, said):
    monkeypatch.chdir(desk)
    result = run(*args)
    assert result.exit_code == 2
    assert said in result.stderr
    assert "Traceback" not in result.output


def test_a_form_without_its_questions_beside_it_says_what_to_name(desk, tmp_path):
    shutil.copy(desk / "forms" / "r1-0.xlsx", tmp_path / "far.xlsx")
    result = run("read", tmp_path / "far.xlsx")
    assert result.exit_code == 2
    assert "--questions" in result.stderr
