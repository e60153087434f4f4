"""A bill of materials that cannot be true is refused, and so is the size of a region that cannot."""

from datetime import date
from importlib.resources import files

import pytest

from guanzi.base.core import InvalidInput
from guanzi.intake.inputoutput import find_bill, read_bill, read_region

HEAD = """\
format: 1
bill: car
title: A car
sector: vehicles
base: total cost
sources:
  page: {publisher: Somebody, title: A page, date: 2021-03-01, grade: C}
components:
"""
BATTERY = "  - {id: battery, label: Battery, sector: batteries, low: 0.25, high: 0.40, sources: [page]}\n"
CELL = "  - {id: cell, of: battery, label: Cell, sector: electronics, low: 0.6, high: 0.7, judgement: tried}\n"


def bill(tmp_path, components, head=HEAD):
    path = tmp_path / "bill.yaml"
    path.write_text(head + components, encoding="utf-8")
    return path


def problems_of(act):
    with pytest.raises(InvalidInput) as error:
        act()
    return error.value.problems


def test_components_come_after_what_they_go_into(tmp_path):
    found = read_bill(bill(tmp_path, CELL + BATTERY))
    assert [c.id for c in found.components] == ["battery", "cell"]
    assert [c.id for c in found.parts_of("battery")] == ["cell"]


@pytest.mark.parametrize(
    ("components", "cause", "line"),
    [
        (BATTERY + BATTERY.replace("battery", "motor").replace("0.25", "0.85").replace("0.40", "0.9"), "too_much", 10),
        (BATTERY.replace("0.40", "40"), "span", 9),
        (BATTERY.replace("low: 0.25", "low: 0.5"), "span", 9),
        (BATTERY.replace("{id", "{of: cell, id") + CELL, "circle", 9),
        (CELL, "parent", 9),
        (BATTERY + BATTERY, "twice", 10),
        (BATTERY.replace(", sources: [page]", ""), "origin", 9),
        (BATTERY.replace("[page]", "[pages]"), "source", 9),
        (BATTERY.replace(", sources", ", local_low: 0.7, sources"), "span", 9),
    ],
)
def test_a_bill_that_cannot_be_true_is_refused_in_its_line_with_the_mend(components, cause, line, tmp_path):
    (problem,) = problems_of(lambda: read_bill(bill(tmp_path, components)))
    assert (problem.cause.id, problem.place.line) == (f"chaintables.bill.{cause}", line)
    assert problem.fix is not None


def test_no_bill_rests_on_a_source_of_a_later_or_unknown_day(tmp_path):
    path = bill(tmp_path, BATTERY)
    assert read_bill(path, as_of=date(2021, 3, 1))
    (problem,) = problems_of(lambda: read_bill(path, as_of=date(2020, 4, 29)))
    assert problem.cause.id == "chaintables.bill.later"
    undated = bill(tmp_path, BATTERY, HEAD.replace("date: 2021-03-01, ", ""))
    assert problems_of(lambda: read_bill(undated, as_of=date(2021, 3, 1)))


def test_the_shipped_bills_can_be_true():
    for path in files("guanzi.library").joinpath("inputoutput", "bills").iterdir():
        assert find_bill(path.name.removesuffix(".yaml")).components
    (problem,) = problems_of(lambda: find_bill("nevv"))
    assert dict(problem.fix.params)["names"] == ("nev",)


@pytest.mark.parametrize(
    ("text", "cause", "line"),
    [
        ("sector,region\nvehicles,-5\n", "no_size", 2),
        ("sector,region\nvehicles,many\n", "no_size", 2),
        ("sector,region,nation\nvehicles,9,5\n", "larger", 2),
        ("sector,region\nvehicles,1\nvehicles,2\n", "sector", 3),
        ("sector,size\nvehicles,1\n", "column", 1),
        ("sector\nvehicles\n", "no_column", 1),
    ],
)
def test_the_size_of_a_region_that_cannot_be_is_refused_in_its_line(text, cause, line, tmp_path):
    path = tmp_path / "region.csv"
    path.write_text(text, encoding="utf-8")
    found = problems_of(lambda: read_region(path))
    assert (found[0].cause.id, found[0].place.line) == (f"chaintables.region.{cause}", line)
