"""A fact that a file calls by its old name is read under the name of today, with a notice."""

import pytest
from tests.record.evidence.folders import facts_yaml, write_case

from guanzi.base.core import render
from guanzi.record.evidence import UNITS_BY_NAME, load_case
from guanzi.record.evidence.vocabulary import RENAMED


def fact(name):
    unit = UNITS_BY_NAME[RENAMED.get(name, name)][0]
    value = "until 2021" if unit == "text" else 2.0
    return (
        f"id: one, name: {name}, period: 2020-03-31, value: {value}, unit: {unit}, known_on: 2020-04-01, source: press"
    )


@pytest.mark.parametrize(("was", "now"), RENAMED.items())
def test_a_fact_under_its_old_name_is_that_under_the_new_one_and_told(tmp_path, was, now):
    old = load_case(write_case(tmp_path / "old", {"facts/company.yaml": facts_yaml(fact(was))}))
    new = load_case(write_case(tmp_path / "new", {"facts/company.yaml": facts_yaml(fact(now))}))
    assert old.facts == new.facts
    assert [one.name for one in old.facts] == [now]
    assert new.warnings == ()
    (notice,) = old.warnings
    assert (notice.cause.id, notice.severity) == ("evidence.fact.renamed", "warning")
    assert f"“{was}”" in render(notice.cause)
    assert f"“{now}”" in render(notice.cause)


def test_an_old_name_is_no_name_and_leads_to_one_that_stays():
    assert not RENAMED.keys() & UNITS_BY_NAME.keys()
    assert set(RENAMED.values()) <= UNITS_BY_NAME.keys()
