"""Firms and links are held to one another, and what cannot be is refused in its row."""

import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.networks import find_firms, read_firms

FIRMS = "firm,sector,output,place\nA,cars,100,here\nB,cells,60,there\n"
LINKS = "supplier,buyer,value,essential\nB,A,40,yes\n"


def folder(tmp_path, firms=FIRMS, links=LINKS):
    (tmp_path / "firms.csv").write_text(firms, encoding="utf-8")
    (tmp_path / "links.csv").write_text(links, encoding="utf-8")
    return tmp_path


def test_a_network_is_read(tmp_path):
    found = read_firms(folder(tmp_path))
    assert (found.names, found.sectors, found.places) == (("A", "B"), ("cars", "cells"), ("here", "there"))
    assert (list(found.supplier), list(found.buyer), list(found.value)) == ([1], [0], [40.0])
    assert found.essential == (True,)


def test_what_the_file_does_not_say_of_a_link_stays_unknown(tmp_path):
    assert read_firms(folder(tmp_path, links="supplier,buyer,value\nB,A,40\n")).essential == (None,)


@pytest.mark.parametrize(
    ("firms", "links", "cause", "line"),
    [
        (FIRMS + "A,cars,5,here\n", LINKS, "twice", 4),
        (FIRMS, LINKS + "C,A,4,yes\n", "no_firm", 3),
        (FIRMS, LINKS + "A,A,4,yes\n", "itself", 3),
        (FIRMS, LINKS.replace("40", "70"), "oversold", 3),
        (FIRMS.replace("100", "-100"), LINKS, "no_amount", 2),
        (FIRMS, LINKS.replace("40", ""), "no_amount", 2),
        (FIRMS, LINKS.replace("yes", "perhaps"), "essential", 2),
        (FIRMS.replace("output", "sales"), LINKS, "no_column", 1),
    ],
)
def test_what_cannot_be_is_refused_in_its_row(firms, links, cause, line, tmp_path):
    with pytest.raises(InvalidInput) as error:
        read_firms(folder(tmp_path, firms, links))
    (problem,) = error.value.problems
    assert (problem.cause.id, problem.place.line) == (f"chaintables.firms.{cause}", line)
    assert problem.fix is not None or cause == "no_firm"


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(InvalidInput) as error:
        read_firms(tmp_path)
    assert error.value.problems[0].cause.id == "chaintables.firms.no_file"


def test_the_shipped_network_says_that_it_is_invented():
    assert find_firms("invented-firms").invented
