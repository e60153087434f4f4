"""Changes that must not matter: order, ids and names, currency, size, a fact that nothing uses."""

import pytest
from tests.sampling import swept
from tests.truth.generation import CaseData
from tests.truth.invented import invented
from tests.truth.metamorphic import CHANGES, appraised, by_names, moved

from guanzi.record.evidence import builtin_cases, find_case

FEW = (0, 1, 4, 7, 9)
"""Seeds of cases that are not simulated: in yuan, yen, dollars, pounds, euros."""
SIMULATED = 8
ABROAD = (10_740, 11_040, 11_550)
"""Seeds of cases in yen, won and pounds, of which much is judged: in a money whose price is judged, too."""
TIED = "borgward-beijing-2019"
"""Yearbook and bulletin tell two figures of one year, of the same grade and day."""


def named(case: int | str) -> CaseData:
    """A case by its seed or its name."""
    return invented(case) if isinstance(case, int) else CaseData.read(find_case(case))


def differing(change, case: int | str, **how):
    """What a change that must not matter makes otherwise."""
    data = named(case)
    return change(data, appraised(data), **how)


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("case", [*FEW, SIMULATED])
def test_what_must_not_matter_changes_nothing(case, change):
    assert differing(CHANGES[change], case) == {}


@pytest.mark.parametrize("case", swept(ABROAD, 3))
def test_what_is_judged_is_told_at_the_rate_that_is_held(case):
    assert differing(CHANGES["currency"], case) == {}


def test_the_order_of_ids_decides_nothing_between_facts_of_equal_rank():
    assert differing(CHANGES["order"], TIED) == {}


@pytest.mark.parametrize("case", FEW)
def test_the_id_of_a_company_changes_nothing_but_itself_and_the_random_numbers(case):
    """A company's id is the name of its random numbers, which all its deals share; these cases need none."""
    assert differing(by_names, case, company_id=True) == {}


@pytest.mark.prove
@pytest.mark.parametrize("case", [*range(20, 60), *builtin_cases()])
def test_what_must_not_matter_does_not_matter_in_many_cases(case):
    assert [str(fault) for fault in moved(named(case))] == []
