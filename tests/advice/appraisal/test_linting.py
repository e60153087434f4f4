"""What the linter may know of a case comes from its view and the playbook, and from nothing else."""

from datetime import date

import pytest

from guanzi.advice.appraisal import lint_context
from guanzi.base.core import catalogue_languages, render
from guanzi.deal.lint import lint
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook


def view_of(name, day=None):
    case = load_case(find_case(name))
    return case.view(day or case.decision_date)


def context_of(name, day=None):
    view = view_of(name, day)
    sheet = parse_sheet(view.sheet.document)
    return sheet, lint_context(view, sheet, load_playbook("hefei"))


@pytest.fixture(scope="module")
def nio():
    return context_of("nio-hefei-2020")


def test_the_last_year_is_that_of_the_newest_twelve_months(nio):
    _, context = nio
    assert context.last_actual["units"] == 20254  # from March 2019 to February 2020


def test_nio_may_stand_still_below_its_own_trigger(nio):
    """20,000 cars a year were agreed as the trigger; 20,254 had been delivered in the year before."""
    sheet, context = nio
    dull = [d for d in lint(sheet, context) if d.code == "GZ407"]
    assert [d.clause for d in dull] == ["put"]
    assert dict(dull[0].message.params)["share"] == pytest.approx(20_000 / 20_254)


def test_the_baseline_of_the_sheet_holds_at_signing(nio):
    _, context = nio
    assert context.at_signing["plant_local"] is True


def test_limits_come_from_the_playbook(nio):
    _, context = nio
    assert (context.revenue_share, context.year_share, context.hurdle) == (0.25, 0.10, 0.08)


def test_what_no_fact_says_is_unknown_and_not_no(nio):
    _, context = nio
    assert context.related_buyers is None
    assert context.debt_room is None


def test_another_city_is_named_in_words(nio):
    _, context = nio
    for lang in catalogue_languages():
        assert [render(m, lang) for m in context.elsewhere]
    assert "framework" in render(context.elsewhere[0])


def test_only_what_was_known_on_the_day_counts():
    _, early = context_of("nio-hefei-2020", date(2020, 2, 26))
    assert early.last_actual["units"] == 20358  # from February 2019 to January 2020
    _, changshu = context_of("qoros-changshu-2017")
    assert changshu.related_buyers is not None
