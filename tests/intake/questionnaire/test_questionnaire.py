"""The form that experts fill in: it gives nothing away, and every wrong cell is refused with its place and cause."""

import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from tests.intake.questionnaire.questionnaires import ANSWERS, EXPERT, PANEL, fill, panel, seed

from guanzi.base.core import InvalidInput, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.intake.questionnaire import FormFeedback, add_forms, elicitation_text, read_form, write_form
from guanzi.intake.questionnaire.form import asking_order
from guanzi.record.evidence import QuestionEntry, parse_elicitation

GOOD = {2: (50.0, 90.0, 200.0), 3: (0.1, 0.2, 0.4)}


@pytest.fixture
def form(tmp_path):
    path = tmp_path / "form.xlsx"
    write_form(path, panel())
    return path


def refusal(path, asked=None):
    with pytest.raises(InvalidInput) as error:
        read_form(path, asked or panel())
    return [
        (p.place.file.rpartition("/")[2], p.cause.id.removeprefix("evidence.").removeprefix("reading."))
        for p in error.value.problems
    ]


def test_a_filled_form_reads_back(form, tmp_path):
    found = read_form(fill(form, tmp_path / "a.xlsx", GOOD, reasons={2: "a note"}), panel())
    assert found.answers == {"first": (50.0, 90.0, 200.0), "second": (0.1, 0.2, 0.4)}
    assert found.reasons == {"first": "a note"}
    assert (found.name, found.round, found.day) == ("Someone", 1, date(2020, 3, 1))


def test_the_form_holds_no_true_value_and_no_formula(tmp_path):
    path = tmp_path / "form.xlsx"
    asked = panel(QuestionEntry(id="q", text='=HYPERLINK("x")', unit="km", seed=seed(987654321.125)))
    write_form(path, asked)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}
    assert not any("987654321" in text or "made up" in text for text in parts.values())
    assert not any("<f>" in text or "<f " in text for text in parts.values())
    assert not any("vba" in name.lower() for name in parts)


def test_only_the_cells_to_fill_in_are_unlocked(form):
    book = openpyxl.load_workbook(form)
    for sheet in book:
        assert sheet.protection.sheet
        open_cells = {cell.coordinate for row in sheet.iter_rows() for cell in row if not cell.protection.locked}
        wanted = {
            ANSWERS: {f"{c}{r}" for c in "FGHI" for r in (2, 3)},
            EXPERT: {"B1", "B2", "B3"},
        }
        assert open_cells == wanted.get(sheet.title, set())


def test_a_cell_that_is_no_possible_value_is_marked_while_typing(form):
    rules = openpyxl.load_workbook(form)[ANSWERS].data_validations.dataValidation
    by_range = {str(rule.sqref): (rule.type, rule.formula1, rule.formula2) for rule in rules}
    assert by_range["F3:H3"] == ("decimal", "0.0", "1.0")


def test_the_same_questions_give_the_same_bytes(tmp_path):
    for name in ("a.xlsx", "b.xlsx"):
        write_form(tmp_path / name, panel())
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_ends_are_asked_before_the_middle():
    assert asking_order(3) == (0, 2, 1)
    assert sorted(asking_order(7)) == list(range(7))
    assert asking_order(7)[-1] == 3


@pytest.mark.parametrize(
    ("cells", "place", "cause"),
    [
        ({"Answers_F2": "=1+1"}, f"{ANSWERS}!F2", "workbook.formula"),
        ({"Answers_G3": "about 0.4"}, f"{ANSWERS}!G3", "workbook.not_number"),
        ({"Answers_G3": 4.0}, f"{ANSWERS}!G3", "elicitation.bounds"),
        ({"Answers_H3": 0.9}, f"{ANSWERS}!F3", "elicitation.order"),
        ({"Answers_F2": -1.0}, f"{ANSWERS}!F2", "elicitation.log"),
        ({"Answers_H2": None}, f"{ANSWERS}!H2", "elicitation.half"),
        ({"Answers_H2": "unknown"}, f"{ANSWERS}!H2", "elicitation.unknown"),
        ({"Answers_B2": "Another question?"}, f"{ANSWERS}!B2", "elicitation.locked"),
        ({"Answers_A9": "extra"}, f"{ANSWERS}!A9", "elicitation.locked"),
        ({"Expert_B1": None}, f"{EXPERT}!B1", "elicitation.missing"),
        ({"Expert_B3": "yesterday"}, f"{EXPERT}!B3", "workbook.not_date"),
        ({"Panel_B1": "other"}, f"{PANEL}!B1", "elicitation.other.panel"),
        ({"Panel_B3": "two"}, f"{PANEL}!B3", "elicitation.locked"),
        ({"Panel_B5": "0"}, f"{PANEL}!B5", "elicitation.other.questions"),
    ],
)
def test_a_wrong_cell_is_refused_with_its_place_and_cause(form, tmp_path, cells, place, cause):
    path = fill(form, tmp_path / "a.xlsx", GOOD, **cells)
    assert (f"a.xlsx:{place}", cause) in refusal(path)


def test_all_that_is_wrong_is_said_at_once_in_both_languages(form, tmp_path):
    path = fill(form, tmp_path / "a.xlsx", {2: (3.0, 2.0, 1.0), 3: (0.1, 0.2, 7.0)}, name=None)
    with pytest.raises(InvalidInput) as error:
        read_form(path, panel())
    assert len(error.value.problems) == 3
    for problem in error.value.problems:
        for lang in ("en", "zh"):
            assert render(problem.cause, lang)


def test_other_questions_are_other_questions(form, tmp_path):
    path = fill(form, tmp_path / "a.xlsx", GOOD)
    other = panel(
        QuestionEntry(id="first", text="First?", unit="km", scale="log", seed=seed(100.0)),
        panel().questions[1],
    )
    assert (f"a.xlsx:{PANEL}!B5", "elicitation.other.questions") in refusal(path, other)
    assert (f"a.xlsx:{ANSWERS}!D2", "elicitation.locked") in refusal(path, other)


def test_a_workbook_that_is_no_form_and_a_form_that_is_empty_are_refused(form, tmp_path):
    openpyxl.Workbook().save(tmp_path / "other.xlsx")
    assert refusal(tmp_path / "other.xlsx") == [("other.xlsx", "elicitation.no_form")]
    assert [cause for _, cause in refusal(fill(form, tmp_path / "a.xlsx", {}))] == ["elicitation.empty"]


def test_a_question_may_be_left_out(form, tmp_path):
    found = read_form(fill(form, tmp_path / "a.xlsx", {2: GOOD[2]}), panel())
    assert set(found.answers) == {"first"}


# -- rounds --------------------------------------------------------------------------------------------------------


def both_rounds(tmp_path):
    write_form(tmp_path / "one.xlsx", panel())
    said = FormFeedback((("1", (0.1, 0.2, 0.4), "=WEBSERVICE(1)"),), (0.1, 0.2, 0.4))
    write_form(tmp_path / "two.xlsx", panel(), 2, (said, said))
    forms = []
    for round, day in (("one", datetime(2020, 3, 1)), ("two", datetime(2020, 4, 1))):
        for i, name in enumerate(("Li Wei", "Zhang San", "Wang Wu")):
            shift = 1.0 + i / 10 + (0.0 if round == "one" else 0.01)
            answers = {2: (50.0 * shift, 90.0 * shift, 200.0 * shift), 3: (0.1, 0.2, 0.4)}
            path = fill(tmp_path / f"{round}.xlsx", tmp_path / f"{round}-{i}.xlsx", answers, name=name, day=day)
            forms.append(read_form(path, panel()))
    return forms


def test_rounds_are_kept_and_an_expert_has_the_same_number_in_both(tmp_path):
    found = add_forms(panel(), both_rounds(tmp_path))
    assert [(r.round, r.known_on) for r in found.rounds] == [(1, date(2020, 3, 1)), (2, date(2020, 4, 1))]
    lows = [{a.expert: a.values[0] for a in r.answers if a.question == "first"} for r in found.rounds]
    assert lows[0].keys() == lows[1].keys() == {"e1", "e2", "e3"}
    assert all(lows[1][e] == pytest.approx(lows[0][e] + 0.5) for e in lows[0])


def test_names_are_kept_only_if_asked_for_and_numbers_do_not_follow_them(tmp_path):
    forms = both_rounds(tmp_path)
    text = elicitation_text(add_forms(panel(), forms))
    assert not any(name in text for name in ("Li Wei", "Zhang San", "Wang Wu"))
    named = add_forms(panel(), forms, names=True)
    assert {e.name for e in named.experts} == {"Li Wei", "Zhang San", "Wang Wu"}
    renamed = [
        type(f)(f.file, f.round, f"{'cab'[i % 3]} {i % 3}", f.field, f.day, f.answers, f.reasons)
        for i, f in enumerate(forms)
    ]
    assert [r.answers for r in add_forms(panel(), renamed).rounds] == [r.answers for r in named.rounds]


def test_an_elicitation_reads_back_as_it_was_written(tmp_path):
    form = add_forms(panel(), both_rounds(tmp_path), names=True)
    text = elicitation_text(form)
    again = parse_elicitation(parse_yaml(TextFile("p.yaml", text, tuple(text.split("\n")))))
    assert again.form == form


def test_feedback_is_text_and_names_nobody(tmp_path):
    both_rounds(tmp_path)
    sheet = openpyxl.load_workbook(tmp_path / "two.xlsx")["Feedback 反馈"]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(cell.value == "=WEBSERVICE(1)" for cell in cells)


def test_one_round_twice_and_a_round_that_is_missing_are_refused(tmp_path):
    forms = both_rounds(tmp_path)
    for wrong, cause in ((forms + forms[:1], "form_twice"), (forms[3:], "round_missing")):
        with pytest.raises(InvalidInput) as error:
            add_forms(panel(), wrong)
        assert error.value.problems[0].cause.id == f"evidence.elicitation.{cause}"


def test_what_was_known_on_a_day_holds_no_later_round_and_no_later_truth(tmp_path):
    late = QuestionEntry(id="first", text="First?", unit="vehicles", scale="log", seed=seed(100.0, date(2020, 3, 15)))
    form = add_forms(panel(), both_rounds(tmp_path)).model_copy(update={"questions": (late, panel().questions[1])})
    text = elicitation_text(form)
    found = parse_elicitation(parse_yaml(TextFile("p.yaml", text, tuple(text.split("\n")))))
    assert found.as_known_on(date(2020, 2, 29)) is None
    early, middle, last = (found.as_known_on(date(2020, *d)) for d in ((3, 1), (3, 31), (4, 1)))
    assert [len(x.form.rounds) for x in (early, middle, last)] == [1, 1, 2]
    assert early.form.questions[0].seed is None
    assert middle.form.questions[0].seed.value == 100.0


# -- the file ------------------------------------------------------------------------------------------------------

FILE = """\
format: 1
panel: made-up
title: Made up
quantiles: [0.05, 0.5, 0.95]
questions:
  - {id: one, text: One?, unit: ratio, parameter: learning}
  - {id: two, text: Two?, unit: km, scale: log, seed: {value: 3, known_on: 2020-01-01, source: made up}}
experts: [{id: e1}]
rounds:
  - round: 1
    known_on: 2020-02-01
    answers:
      - {expert: e1, question: one, values: [0.1, 0.2, 0.3]}
"""


@pytest.mark.parametrize(
    ("old", "new", "cause", "line"),
    [
        ("[0.05, 0.5, 0.95]", "[0.05, 0.95]", "quantiles", 4),
        ("[0.1, 0.2, 0.3]", "[0.1, 0.3, 0.2]", "order", 13),
        ("[0.1, 0.2, 0.3]", "[0.1, 0.2]", "count", 13),
        ("question: one, values", "question: six, values", "no_question", 13),
        ("expert: e1, question", "expert: e2, question", "no_expert", 13),
        ("value: 3", "value: -3", "log", 7),
        ("id: two", "id: one", "twice", 7),
        ("round: 1", "round: 2", "rounds", 10),
        ("source: made up}}", "source: made up}, parameter: learning}", "both", 7),
    ],
)
def test_a_wrong_file_is_refused_with_its_line(old, new, cause, line):
    text = FILE.replace(old, new)
    assert text != FILE
    with pytest.raises(InvalidInput) as error:
        parse_elicitation(parse_yaml(TextFile("p.yaml", text, tuple(text.split("\n")))))
    found = [(p.cause.id.rpartition(".")[2], p.place.line) for p in error.value.problems]
    assert (cause, line) in found


def test_a_macro_workbook_and_a_file_that_is_no_workbook_are_refused(form, tmp_path):
    macro = tmp_path / "a.xlsm"
    macro.write_bytes(fill(form, tmp_path / "a.xlsx", GOOD).read_bytes())
    (tmp_path / "b.xlsx").write_bytes(b"PK\x03\x04 cut off")
    assert refusal(macro) == [("a.xlsm", "workbook.macros")]
    assert refusal(tmp_path / "b.xlsx") == [("b.xlsx", "workbook.not_xlsx")]


def test_blanks_and_line_ends_that_a_program_changed_are_no_change(tmp_path):
    asked = panel(QuestionEntry(id="q", text="Two\nlines, and  blanks", unit="km"))
    write_form(tmp_path / "form.xlsx", asked)
    path = fill(
        tmp_path / "form.xlsx", tmp_path / "a.xlsx", {2: (1.0, 2.0, 3.0)}, Answers_B2="Two\r\nlines, and blanks "
    )
    assert read_form(path, asked).answers == {"q": (1.0, 2.0, 3.0)}


def test_a_field_of_work_is_kept_with_names_only(tmp_path):
    forms = both_rounds(tmp_path)
    assert {e.field for e in add_forms(panel(), forms).experts} == {""}
    assert {e.field for e in add_forms(panel(), forms, names=True).experts} == {"made up"}


def test_answers_that_fall_are_coloured_while_typing(tmp_path):
    write_form(tmp_path / "form.xlsx", panel())
    rules = openpyxl.load_workbook(tmp_path / "form.xlsx")[ANSWERS].conditional_formatting
    said = {str(found.sqref): found.rules[0].formula[0] for found in rules}
    # asked in the order low, high, middle: each pair once
    assert said["F2:H2"] == (
        "OR(AND(ISNUMBER($F$2),ISNUMBER($H$2),$F$2>$H$2),AND(ISNUMBER($F$2),ISNUMBER($G$2),$F$2>$G$2),"
        "AND(ISNUMBER($H$2),ISNUMBER($G$2),$H$2>$G$2))"
    )
