"""Files of inputs: what is refused, and with which sentence."""

from datetime import date

import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.inputs import read_inputs
from guanzi.study import unitcost

HEAD = """\
format: 1
unitcost: vehicle
title: A car
currency: CNY
sources:
  s: {publisher: P, title: T, date: 2022-05-01, grade: B}
inputs:
"""


@pytest.fixture
def read(tmp_path):
    def reading(*lines, as_of=None):
        path = tmp_path / "car.yaml"
        path.write_text(HEAD + "".join(f"  - {{{line}}}\n" for line in lines))
        return read_inputs(path, "car.yaml", as_of)

    return reading


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("input: price, unit: CNY, judgement: j", "evidence.inputs.shape"),
        ("input: price, value: 1, low: 2, high: 3, unit: CNY, judgement: j", "evidence.inputs.shape"),
        ("input: price, low: 3, high: 2, unit: CNY, judgement: j", "evidence.inputs.order"),
        ("input: price, low: 1, mode: 5, high: 2, unit: CNY, judgement: j", "evidence.inputs.order"),
        ("input: price, median: 0, p90: 2, unit: CNY, judgement: j", "evidence.inputs.lognormal"),
        ("input: price, median: 2, p90: 2, unit: CNY, judgement: j", "evidence.inputs.lognormal"),
        ("input: price, value: 1, unit: CNY", "evidence.inputs.origin"),
        ("input: price, value: 1, unit: CNY, source: s, judgement: j", "evidence.inputs.origin"),
        ("input: price, value: 1, unit: CNY, source: t", "evidence.inputs.source"),
        ("input: price, value: 1, unit: CNY, source: s, known_on: 2022-04-30", "evidence.inputs.too_early"),
        ("input: price, value: .nan, unit: CNY, judgement: j", "reading.format.wrong_value"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_line(read, line, cause):
    with pytest.raises(InvalidInput) as refused:
        read("input: built, value: 10, unit: vehicles, judgement: j", line)
    (problem,) = refused.value.problems
    assert problem.cause.id == cause
    assert problem.place.line == 9
    assert problem.fix is not None


@pytest.mark.parametrize(
    ("line", "cause"),
    [
        ("input: prise, value: 1, unit: CNY, judgement: j", "diligence.unitcost.problem.input"),
        ("input: price, value: 1, unit: USD, judgement: j", "diligence.unitcost.problem.unit"),
        ("input: price, value: -1, unit: CNY, judgement: j", "diligence.unitcost.problem.range"),
        ("input: price, value: 1.0e17, unit: CNY, judgement: j", "diligence.unitcost.problem.range"),
        ("input: price, median: 1, p90: 1.0e17, unit: CNY, judgement: j", "diligence.unitcost.problem.range"),
        ("input: progress, value: 0.3, unit: ratio, judgement: j", "diligence.unitcost.problem.range"),
    ],
)
def test_what_the_model_does_not_know_is_refused(read, line, cause):
    with pytest.raises(InvalidInput) as refused:
        unitcost.prepare(unitcost.MODELS["vehicle"], read(line))
    assert [p.cause.id for p in refused.value.problems] == [cause]


def test_a_file_for_another_model_is_refused(read):
    with pytest.raises(InvalidInput) as refused:
        unitcost.prepare(unitcost.MODELS["fab"], read("input: price, value: 1, unit: CNY, judgement: j"))
    assert refused.value.problems[0].cause.id == "diligence.unitcost.problem.model"


def test_what_was_known_later_is_left_out_and_judgements_stay(read):
    lines = ("input: price, value: 1, unit: CNY, source: s", "input: built, value: 9, unit: vehicles, judgement: j")
    assert [s.name for s in read(*lines, as_of=date(2022, 5, 1)).inputs] == ["price", "built"]
    assert [s.name for s in read(*lines, as_of=date(2022, 4, 30)).inputs] == ["built"]
