"""Panels in the exchange format: what is answered, what is true, and what is missing."""

import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.inputs import read_excalibur_folder

DTT = """* CLASS ASCII OUTPUT FILE. NQ=   3   QU=   5  50  95
    1      Ann    1  sales of 2019 UNI  1.00000E+0001  2.00000E+0001  3.00000E+0001
    1      Ann    2         margin LOG  1.00000E-0002  2.00000E-0002  4.00000E-0002
    2      Bob    1  sales of 2019 UNI  -9.99500E+0002 -9.99500E+0002 -9.99500E+0002
    2      Bob    2         margin LOG  1.00000E-0003  2.00000E-0002  4.00000E-0001
"""
RLS = """    1  sales of 2019  2.50000E+0001 UNI   What were the sales?
    2         margin -9.99600E+0002 LOG   What will the margin be?
"""


def write(folder, dtt=DTT, rls=RLS):
    (folder / "Panel.dtt").write_text(dtt)
    (folder / "panel.RLS").write_text(rls)


def test_answers_truths_and_names_with_blanks(tmp_path):
    write(tmp_path)
    (panel,) = read_excalibur_folder(tmp_path, [])
    assert panel.probabilities == (0.05, 0.5, 0.95)
    assert panel.experts == {1: "Ann", 2: "Bob"}
    assert panel.questions == {1: ("sales of 2019", "uni"), 2: ("margin", "log")}
    assert panel.truths == {1: 25.0}
    assert (2, 1) not in panel.answers
    assert panel.answers[2, 2] == (0.001, 0.02, 0.4)


def test_a_panel_without_realisations_is_left_out_and_named_and_an_empty_folder_refused(tmp_path):
    write(tmp_path)
    (tmp_path / "other.dtt").write_text(DTT)
    problems = []
    assert len(read_excalibur_folder(tmp_path, problems)) == 1
    assert [(p.cause.id, p.place.file, p.severity) for p in problems] == [
        ("evidence.panel.half", "other.dtt", "warning")
    ]
    (tmp_path / "panel.RLS").unlink()
    with pytest.raises(InvalidInput) as refused:
        read_excalibur_folder(tmp_path, [])
    assert refused.value.problems[0].cause.id == "evidence.panel.none"
    with pytest.raises(InvalidInput):
        read_excalibur_folder(tmp_path / "nowhere", [])


def test_a_head_without_quantiles_is_told_with_its_place_and_spares_the_others(tmp_path):
    write(tmp_path)
    (tmp_path / "spoilt.dtt").write_text("hello\n")
    (tmp_path / "spoilt.rls").write_text(RLS)
    problems = []
    assert [panel.id for panel in read_excalibur_folder(tmp_path, problems)] == ["Panel"]
    assert [(p.cause.id, p.place.file, p.place.line) for p in problems] == [("evidence.panel.head", "spoilt.dtt", 1)]
    (tmp_path / "Panel.dtt").unlink()
    with pytest.raises(InvalidInput) as refused:
        read_excalibur_folder(tmp_path, [])
    assert {p.cause.id for p in refused.value.problems} == {
        "evidence.panel.none",
        "evidence.panel.head",
        "evidence.panel.half",
    }


def test_numbers_may_be_written_without_exponent(tmp_path):
    plain = DTT.replace("1.00000E+0001  2.00000E+0001  3.00000E+0001", "10  20.  .3E2   sales of 2019")
    write(tmp_path, dtt=plain, rls=RLS.replace("2.50000E+0001", "25"))
    (panel,) = read_excalibur_folder(tmp_path, [])
    assert panel.answers[1, 1] == (10.0, 20.0, 30.0)
    assert panel.truths == {1: 25.0}
