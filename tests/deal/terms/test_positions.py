"""A fault within a condition is shown where it stands in the file, however the YAML is written."""

import pytest
from tests.deal.terms.sheets import changed, document

from guanzi.deal.terms import Put, read_sheet

CALL = "    when: not listed\n"


@pytest.mark.parametrize(
    "written",
    [
        "    when: not listd or control_changed\n",
        '    when: "not listd or control_changed"\n',
        "    when: 'not listd or control_changed'\n",
        "    when: 'event(''closing'') or not listd'\n",
        '    when: "event(\\"closing\\") or not listd"\n',
        "    when: >\n      control_changed\n      or not listd\n",
        "    when: >-\n\n      control_changed\n\n      or not listd\n",
        "    when: |\n      control_changed or\n        not listd\n",
        "    when: control_changed\n      or not\n      listd\n",
        "    when:\n      not listd\n",
        "    when: event('蔚来') or not listd\n",
    ],
)
def test_the_place_of_a_misspelt_name(written):
    text = changed(CALL, written)
    problems = read_sheet(document(text)).problems
    (problem,) = [p for p in problems if p.excerpt == "listd"]
    line = text.split("\n")[problem.place.line - 1]
    assert line[problem.place.column - 1 :].startswith("listd")
    assert problem.place.field == "instruments.call.when"
    assert problem.line == line


def test_every_part_of_a_folded_condition_has_its_own_place():
    text = changed()
    sheet = read_sheet(document(text)).sheet
    late, low, changed_control = sheet.of(Put)[0].when.tree.items
    lines = text.split("\n")
    for node, start in [(late, "months_since"), (low, "consecutive"), (changed_control, "control_changed")]:
        assert lines[node.place.line - 1][node.place.column - 1 :].startswith(start)
