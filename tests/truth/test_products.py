"""What a company delivers is called as its facts count it: no vehicles of a maker of panels, cells or engines."""

from dataclasses import replace

import pytest

from guanzi.advice.structuring import compare_clauses
from guanzi.base.core import render
from guanzi.deal.terms import explain_condition, parse, parse_sheet
from guanzi.record.evidence import builtin_cases, find_case, load_case, product_unit

NOUNS = {"vehicles": ("vehicle", "辆"), "aircraft": ("aircraft", "架")}
ASKED = "year_total(units) >= 5 and capacity_local >= 10"


def told(sheet, lang):
    return render(explain_condition(parse(ASKED), sheet), lang)


@pytest.mark.parametrize("name", builtin_cases())
def test_a_condition_names_the_product_of_its_case(name):
    case = load_case(find_case(name))
    for file in case.sheets:
        sheet = parse_sheet(file.document)
        assert sheet.product == product_unit(case.view(file.known_on))
        for product, nouns in NOUNS.items():
            for lang, noun in zip(("en", "zh"), nouns, strict=True):
                assert (noun in told(sheet, lang)) == (sheet.product == product)


def test_companies_of_the_library_deliver_several_kinds_of_product():
    cases = [load_case(find_case(name)) for name in builtin_cases()]
    assert {product_unit(case.view(case.decision_date)) for case in cases} == {"vehicles", "aircraft", "units"}


def test_a_sheet_that_lies_in_no_case_speaks_of_units():
    sheet = replace(parse_sheet(load_case(find_case("nio-hefei-2020")).sheets[-1].document), product="")
    assert told(sheet, "en") == (
        "the number of units delivered in the calendar year is at least 5, and the company's production capacity in "
        "the region is at least 10 units a year"
    )


def test_deliveries_that_are_known_later_change_no_clause():
    sheet = parse_sheet(load_case(find_case("nio-hefei-2020")).sheets[-1].document)
    assert sheet.product == "vehicles"
    assert compare_clauses(replace(sheet, product="units"), sheet) == ()
