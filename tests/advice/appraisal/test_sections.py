"""An appraisal is a list of sections that say which figures they give and which they read."""

from itertools import permutations
from pathlib import Path

import pytest

from guanzi.advice.appraisal import prepare
from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.compose import compose, sections_of
from guanzi.advice.appraisal.section import AppraisalContext, Section, SectionBook, arrange, covers, write_sections
from guanzi.advice.appraisal.sections import SECTIONS, STAGED, sections
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import FigureTest, leaves, load_playbook, playbook_names

QOROS = load_case(find_case("qoros-changshu-2017"))
FOLDER = Path(find_case("nio-hefei-2020")).parent
CASES = sorted(path.name for path in FOLDER.iterdir() if (path / "case.yaml").exists())


def nothing(material, book):
    return {}


def test_every_section_comes_after_those_whose_figures_it_reads():
    place = {section.id: n for n, section in enumerate(arrange(SECTIONS))}
    assert place["facts"] < place["terms"]
    assert place["outcomes"] < place["public-value"] < place["chain"] < place["advice"]


def test_the_order_in_which_sections_are_listed_moves_no_figure_and_no_row():
    material = AppraisalContext(prepare(QOROS, None, load_playbook("hefei")))
    usual, turned = compose(material), compose(material, tuple(reversed(SECTIONS)))
    assert turned.figures == usual.figures
    assert turned.rows == usual.rows


def test_tables_of_several_sections_are_joined_in_the_order_of_the_list():
    def told_by(id: str) -> Section:
        return Section(id, lambda _material, _before: {"tables": (id,)})

    first, second = told_by("first"), told_by("second")
    material = AppraisalContext(prepare(QOROS, None, load_playbook("hefei")))
    for listed in permutations((first, second)):
        found = write_sections(listed, material, FigureBook())
        assert found["tables"] == tuple(section.id for section in listed)


def test_a_figure_that_a_section_does_not_declare_is_neither_given_nor_read():
    whole = FigureBook()
    whole.add("other.figure", 1.0, "x", "derived", ("terms.deal",))
    book = SectionBook(whole, Section("mine", nothing, gives=("mine.*",), reads=("known.*",)))
    book.add("mine.figure", 2.0, "x", "derived", ("terms.deal",))
    assert set(book.figures()) == {"mine.figure"}
    with pytest.raises(ValueError, match=r"reads other\.figure"):
        book.value("other.figure")
    with pytest.raises(ValueError, match=r"gives other\.second"):
        book.add("other.second", 2.0, "x", "derived", ("terms.deal",))


def test_sections_that_read_one_another_are_refused():
    one, other = Section("one", nothing, ("a",), ("b",)), Section("other", nothing, ("b",), ("a",))
    with pytest.raises(ValueError, match="read one another: one, other"):
        arrange((one, other))


def test_two_sections_that_give_the_same_figure_are_refused():
    with pytest.raises(ValueError, match="give the same figure"):
        arrange((Section("one", nothing, ("tax.*",)), Section("other", nothing, ("tax.wages",))))


def test_all_sections_can_be_written_with_the_right_to_stop():
    assert {section.id for section in arrange((*SECTIONS, STAGED))} == {s.id for s in (*SECTIONS, STAGED)}


@pytest.mark.parametrize("id", CASES)
def test_no_section_of_a_case_that_is_not_simulated_uses_what_it_does_not_declare(id):
    found = compose(AppraisalContext(prepare(load_case(find_case(id)), None, load_playbook("hefei"))))
    assert found.figures


@pytest.mark.parametrize("name", playbook_names())
def test_the_sections_behind_a_table_give_all_that_it_asks_for_and_read_nothing_else(name):
    """What a what-if leaves out is neither asked for by the table nor read by what is."""
    table, behind = load_playbook(name).table, sections_of(load_playbook(name))
    left_out = [section for section in sections() if section not in behind]
    asked = {test.figure for row in table for test in leaves(row.test) if isinstance(test, FigureTest)}
    assert any(covers(section.gives, figure) for section in behind for figure in asked)
    for figure in (*asked, *(name for section in behind for name in section.reads)):
        assert not any(covers(section.gives, figure) for section in left_out), figure
