"""The cluster account of a case whose chain is known: links, worth, captivity, survival, and whether it would turn."""

import re
from dataclasses import replace
from datetime import date

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise, why
from guanzi.advice.appraisal.chain_account import FIGURES, chain_account_of, present_share
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.record.evidence import find_case, load_case


@pytest.fixture(scope="module")
def nio():
    return appraise(
        load_case(find_case("nio-hefei-2020")), paths=300, options=AppraisalOptions(sensitivity=False, proposal=False)
    )


def view(name, as_of=None):
    case = load_case(find_case(name))
    return case.view(as_of or case.decision_date)


def test_the_cluster_account_of_nio_holds_its_chain_with_intervals_and_parents(nio):
    assert set(FIGURES) <= set(nio.accounts.cluster)
    for id in FIGURES:
        figure = nio.figures[id]
        assert figure.value is not None
        assert figure.low <= figure.value <= figure.high
        assert figure.bounds
        assert figure.parents
    assert not set(FIGURES) & {*nio.accounts.fund, *nio.accounts.budget}


def test_jobs_tax_value_and_displacement_stand_in_budget_and_cluster_with_intervals(nio):
    for id in ("budget.tax", "cluster.jobs_net", "cluster.supplies", "cluster.chain_value"):
        assert nio.figures[id].low is not None, id
        assert nio.figures[id].high is not None, id
    assert "displacement" in {table.id for table in nio.fiscal}


def test_every_figure_of_the_chain_leads_to_the_chain(nio):
    def ids(step):
        return {step.kind, *(kind for parent in step.parents for kind in ids(parent))}

    for id in FIGURES:
        assert "chain" in ids(why(nio, id)), id


def test_the_dossier_says_whether_budget_and_cluster_would_turn_the_advice(nio):
    table = next(t for t in nio.fiscal if t.id == "turn")
    assert table.sentence.id in ("appraisal.table.turn.stays", "appraisal.table.turn.turns")
    told = {cell.id for row in table.rows for cell in row[4:]}
    stays = told == {f"playbooks.advice.{nio.as_signed}"}
    assert stays == (table.sentence.id == "appraisal.table.turn.stays")


def test_what_the_decision_rests_on_tells_it_too(nio):
    section = re.search(r'<section id="decision".*?<section id="exposure"', dossier_html(nio), re.DOTALL)
    assert section
    assert 'href="#fiscal-turn"' in section[0]
    assert "The advice stays the same at both ends" in section[0] or "the advice would be" in section[0]


def test_no_later_fact_of_the_chain_is_used(nio):
    account = chain_account_of(view("nio-hefei-2020"))
    assert account is not None
    assert account.view.as_of == date(2020, 4, 29)
    assert account.view.later > 0
    later = chain_account_of(replace(view("nio-hefei-2020"), as_of=date(2026, 11, 24)))
    assert later is not None
    assert later.view.sha256 != account.view.sha256


def test_a_share_of_cost_that_no_source_stated_is_told_as_unknown(nio):
    assert nio.figures["cluster.chain_share"].note.id == "appraisal.note.no_cost_share"
    assert (nio.figures["cluster.chain_share"].low, nio.figures["cluster.chain_share"].high) == (0.0, 1.0)


def test_parts_of_a_whole_that_is_present_are_not_counted_twice():
    account = chain_account_of(replace(view("nio-hefei-2020"), as_of=date(2026, 11, 24)))
    assert account is not None
    low, high = present_share(account)
    assert 0.25 < low < high <= 1.0


@pytest.mark.parametrize("name", ["cxmt-hefei-2017", "intel-magdeburg-2023", "lilium-bavaria-2024"])
def test_a_company_or_region_that_the_chain_does_not_know_has_no_chain(name):
    assert chain_account_of(view(name)) is None


def test_a_link_of_which_less_is_known_never_makes_the_share_surer():
    account = chain_account_of(replace(view("nio-hefei-2020"), as_of=date(2026, 11, 24)))
    assert account is not None
    low, high = present_share(account)
    for at, gap in enumerate(account.gaps):
        silent = replace(gap, link=replace(gap.link, grade="no_evidence"))
        less = replace(account, gaps=(*account.gaps[:at], silent, *account.gaps[at + 1 :]))
        assert present_share(less)[0] <= low
        assert present_share(less)[1] >= high
