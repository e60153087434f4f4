"""Every shipped case can be appraised as of its decision, whatever its company, country and term sheet."""

import pytest

from guanzi.advice.appraisal import appraise
from guanzi.record.evidence import builtin_cases, find_case, load_case


@pytest.mark.parametrize("name", builtin_cases())
def test_a_case_is_appraised_as_of_its_decision(name):
    case = load_case(find_case(name))
    appraisal = appraise(case, paths=64, with_sensitivity=False)
    assert appraisal.as_of == case.decision_date
    assert appraisal.case.currency == case.currency
    confirmed = {f.id for f in case.facts if f.availability == "confirmed"}
    assert {fact.id for fact in appraisal.facts} <= confirmed | {dated.entity.id for dated in case.entities}
    money = {figure.unit for figure in appraisal.figures.values() if figure.kind != "fact" and figure.unit[3:] == " m"}
    assert money <= {f"{case.currency} m"}
