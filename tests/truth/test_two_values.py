"""A figure says what it is: no result yet, held against another value, or more than the whole that it is a part of."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.study.diligence.views import fact, view_of

from guanzi.advice.appraisal.book import FigureBook
from guanzi.base.core import Message, Period
from guanzi.jobs.evidence.cases import check_case
from guanzi.record.evidence import (
    Fact,
    builtin_cases,
    find_case,
    is_expected,
    load_case,
    looks_ahead,
    parts_beyond,
    rivals,
)
from guanzi.study.diligence import run_checks
from guanzi.study.diligence.check import _numbers, _qualified

CASES = Path(__file__).parent / "cases"
NORTHVOLT = CASES / "northvolt-heide-2024"
FOLDERS = [*(find_case(name) for name in builtin_cases()), *sorted(CASES.iterdir())]
KINDS = {"diligence.expected", "diligence.rivals", "diligence.ranged"}


def ids(message):
    """Ids of a message and of all within it."""
    yield message.id
    for _, value in message.params:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Message):
                yield from ids(one)


def told(finding, view):
    numbers = set(_numbers(finding.message))
    facts = (view.fact(id) for id in finding.facts)
    return [f for f in facts if not isinstance(f.value, str | bool) and f.number in numbers]


def all_numbers(message):
    for _, value in message.params:
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, Message):
                yield from all_numbers(one)
            elif isinstance(one, int | float):
                yield one


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda folder: folder.name)
def test_no_finding_tells_a_draft_as_a_result_or_one_of_several_values_alone(folder):
    case = load_case(folder)
    view = case.view(case.decision_date)
    for finding in run_checks(view, None):
        said, numbers = set(ids(finding.message)), set(all_numbers(finding.message))
        for one in told(finding, view):
            assert not is_expected(one) or "diligence.expected" in said
            assert all(other.number in numbers for other in rivals(view.resolution_of(one)) if other.unit == one.unit)


def test_the_investment_that_the_federation_reckons_with_stands_beside_the_companys():
    case = load_case(NORTHVOLT)
    view = case.view(case.decision_date)
    plan = [f for f in run_checks(view, None) if f.check == "plan-funding"]
    assert any({4500.0, 6300.0} <= set(all_numbers(finding.message)) for finding in plan)


@given(
    st.floats(1, 1e6), st.floats(1, 1e6), st.dates(date(2023, 1, 1), date(2026, 12, 31)),
    st.sampled_from(["budget_revenue", "revenue", "plan_revenue"]),
)  # fmt: skip
def test_a_finding_and_a_figure_say_that_what_they_tell_was_known_before_its_period_ended(value, other, known, name):
    one = fact(name, "2024", value, known_on=known)
    rival = replace(fact(name, "2024", other, known_on=known), id="rival")
    view = view_of(one, rival)
    ahead = known < date(2024, 12, 31) and not looks_ahead(name)
    resolution = view.resolve(name)
    finding = next(f for f in run_checks(view, None))
    finding = replace(finding, message=Message.of("made", value=resolution.fact.number), facts=(resolution.fact.id,))
    said = set(ids(_qualified(finding, view).message)) & KINDS
    assert ("diligence.expected" in said) == ahead
    assert ("diligence.rivals" in said) == (abs(value - other) > 0.005 * max(value, other))
    book = FigureBook()
    book.fact("known.x", resolution, label=Message.of("made"))
    assert (book.figures()["known.x"].label.id == "appraisal.figure.expected") == ahead


# -- a part and its whole ------------------------------------------------------------------------------------------

FLOWS = st.sampled_from(["net_loss", "revenue", "capex", "gross_profit"])


@given(FLOWS, st.floats(1, 1e5), st.floats(1, 1e5), st.integers(1, 4))
def test_a_part_that_is_more_than_its_whole_is_remarked_and_no_other(name, whole, part, quarter):
    view = view_of(fact(name, "2018", whole), fact(name, f"2018Q{quarter}", part), fact(name, "2017Q4", 1e9))
    found = [one for one in parts_beyond(view) if one.part.period == Period.parse(f"2018Q{quarter}")]
    assert bool(found) == (whole < 0.99 * part)
    findings = [f for f in run_checks(view, None) if f.code == "gap_parts"]
    assert bool(findings) == bool(found)
    for finding in findings:
        assert {whole, part} <= set(all_numbers(finding.message))
        never = "evidence.parts.never" in set(ids(finding.message))
        assert never == (name in ("revenue", "capex"))


def test_a_profit_of_the_year_with_a_loss_in_a_quarter_is_nothing_to_remark():
    assert not parts_beyond(view_of(fact("net_profit", "2018", 500.0), fact("net_loss", "2018Q1", 100.0)))


def test_nine_months_that_lose_less_than_one_of_their_quarters_are_remarked_by_check_and_finding():
    case = load_case(NORTHVOLT)
    view = case.view(case.decision_date)
    (one,) = parts_beyond(view)
    assert (one.part.period, one.whole.period) == (Period.parse("2022Q3"), Period.parse("2022-01/2022-09"))
    warned = [p for p in check_case(str(NORTHVOLT)).problems if p.cause.id.startswith("evidence.parts")]
    assert [p.severity for p in warned] == ["warning"]
    assert "gap_parts" in {f.code for f in run_checks(view, None)}


def test_the_rule_reads_days_not_names():
    held = fact("budget_revenue", "2024", 1.0, known_on=date(2025, 1, 1))
    assert isinstance(held, Fact)
    assert not is_expected(held)
    assert is_expected(replace(held, known_on=held.period.end - timedelta(days=1)))
