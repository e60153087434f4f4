"""Problems look like those of a good compiler."""

from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Message, Place, Problem, format_problem, format_problems

CAUSE = Message.of("core.number.invalid", text="abc")
MEND = Message.of("core.number.mend")
LINE = "  - {value: abc, unit: CNY m}"


def test_place_cause_excerpt_and_mend_stand_below_one_another():
    shown = format_problem(Problem(CAUSE, Place("facts/a.yaml", 7, 13), MEND, excerpt="abc", line=LINE))
    assert shown.splitlines() == [
        "facts/a.yaml:7:13: error: “abc” is not a number",
        "   7 |   - {value: abc, unit: CNY m}",
        "     |             ^^^",
        "     = fix: write digits, optionally with _ between thousands: 20_000 or 1.5e6; at most 1e18",
    ]


def test_the_lines_of_the_input_come_before_the_line_that_the_problem_carries():
    problem = Problem(CAUSE, Place("a.yaml", 2, 3), severity="warning")
    assert format_problem(problem, source_lines=["one", "x abc"]).splitlines() == [
        "a.yaml:2:3: warning: “abc” is not a number",
        "   2 | x abc",
        "     |   ^",
    ]


def test_the_excerpt_is_shown_when_there_is_no_line():
    problem = Problem(CAUSE, Place("a.yaml", 2, 30), excerpt="abc")
    assert format_problem(problem).splitlines()[1:] == ["   2 | abc", "     | ^^^"]


def test_without_a_place_there_is_only_the_sentence():
    assert format_problem(Problem(CAUSE, Place(""))) == "error: “abc” is not a number"


def test_the_mark_stands_under_wide_characters():
    problem = Problem(CAUSE, Place("a.yaml", 1, 4), excerpt="abc", line="蔚来 abc")
    assert format_problem(problem).splitlines()[2] == "     |      ^^^"


@given(st.integers(0, 400), st.integers(1, 150), st.integers(0, 400))
def test_of_a_long_line_the_offending_part_is_shown_and_marked(before, length, after):
    line = "-" * before + "x" * length + "-" * after
    problem = Problem(CAUSE, Place("a.yaml", 1, before + 1), excerpt="x" * length, line=line)
    _, shown, mark = format_problem(problem).splitlines()
    assert len(shown) <= 117
    marked = "".join(c for c, m in zip(shown, mark.ljust(len(shown)), strict=True) if m == "^")
    assert marked.strip("…")
    assert set(marked) <= {"x", "…"}
    assert length > 100 or marked.count("x") == length


def test_several_problems_stand_one_below_the_other():
    problem = Problem(CAUSE, Place(""))
    assert format_problems([problem, problem]).count("error") == 2
