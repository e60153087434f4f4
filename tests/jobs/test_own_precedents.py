"""An ended case of a house counts, by its day, beside the outside view of the next one, and nowhere else."""

import shutil
from datetime import date, timedelta

import pytest
import yaml
from typer.testing import CliRunner

from guanzi.advice.appraisal import appraise
from guanzi.base.core import InvalidInput
from guanzi.cli import app
from guanzi.jobs.evidence.cases import Beginning, begin_case, head_of
from guanzi.jobs.evidence.precedents import take_over
from guanzi.record.evidence import PRECEDENTS, find_case, load_case

LEFT = "qoros-changshu-2017"


@pytest.fixture
def houses(tmp_path):
    ended = tmp_path / "ended"
    shutil.copytree(find_case(LEFT), ended)
    header = (ended / "case.yaml").read_text("utf-8").replace(f"case: {LEFT}", "case: ended")
    (ended / "case.yaml").write_text(header, "utf-8")
    head = head_of("Wolong", "Hefei", "CN", "passenger-cars", "CNY", date(2026, 12, 1))
    return begin_case(Beginning(str(tmp_path / "next"), head=head)), ended


def classes(case, as_of=None):
    found = appraise(case, as_of, paths=50).outside
    return {row[0].id: row[1:] for row in found.rows}


def test_an_ended_case_stands_beside_and_moves_no_other_class(houses):
    folder, ended = houses
    before = classes(load_case(folder))
    written = take_over(str(folder), [str(ended)])
    case = load_case(folder)
    after = classes(case)
    house = after.pop("appraisal.outside.class.house")
    assert (house[0], house[1]) == (1.0, 0.0)
    assert after == before
    settled = written.precedents[0].settled
    assert "appraisal.outside.class.house" not in classes(case, settled - timedelta(days=1))
    assert case.view(case.decision_date).sha256 != load_case(folder).view(settled - timedelta(days=1)).sha256


def test_the_company_s_own_bet_is_no_evidence_on_it(houses):
    folder, ended = houses
    take_over(str(folder), [str(ended)])
    data = yaml.safe_load((folder / PRECEDENTS).read_text("utf-8"))
    data["precedents"][0]["company"] = "company"
    (folder / PRECEDENTS).write_text(yaml.safe_dump(data), "utf-8")
    assert "appraisal.outside.class.house" not in classes(load_case(folder))


@pytest.mark.parametrize("ended", [[LEFT], []])
def test_a_case_of_the_library_counts_already_and_none_is_nothing(houses, ended):
    with pytest.raises(InvalidInput):
        take_over(str(houses[0]), ended)
    assert not (houses[0] / PRECEDENTS).exists()


def test_a_bet_that_stands_twice_is_an_error_with_its_line(houses):
    folder, ended = houses
    take_over(str(folder), [str(ended)])
    text = (folder / PRECEDENTS).read_text("utf-8")
    (folder / PRECEDENTS).write_text(text.replace("case: ended", f"case: {LEFT}"), "utf-8")
    with pytest.raises(InvalidInput) as refused:
        load_case(folder)
    assert refused.value.problems[0].place.file.endswith(PRECEDENTS)
    assert refused.value.problems[0].place.line > 1


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_command_says_what_counts(houses, lang):
    folder, ended = houses
    shown = CliRunner().invoke(app, ["case", "precedents", str(folder), str(ended), "--lang", lang])
    assert shown.exit_code == 0, shown.output
    assert PRECEDENTS in shown.stdout
