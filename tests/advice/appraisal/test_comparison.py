"""A case under several playbooks: the draft is one, the draws are one, and what differs is the deal."""

import pytest
from tests.announced import announced_only

from guanzi.advice.appraisal import AppraisalOptions, appraise, compare_playbooks
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import Origin, Structure, load_playbook

NIO = load_case(find_case("nio-hefei-2020"))
SOLYNDRA = load_case(find_case("solyndra-fremont-2009"))
HEFEI = load_playbook("hefei")
JUDGED = Origin(kind="judgement", because="playbooks.because.gate")
FIVE = ["hefei", "shenzhen", "shanghai", "xian", "hangzhou"]


def read_table(case, name):
    return appraise(case, playbook=name, paths=16, options=AppraisalOptions(sensitivity=False)).rows


def unchanged():
    """Hefei, if it left every draft as it is."""
    same = Structure(form="equity", because=JUDGED, gate="none")
    return HEFEI.model_copy(update={"governance": HEFEI.governance.model_copy(update={"structure": same})})


@pytest.fixture(scope="module")
def nio():
    return compare_playbooks(NIO, [load_playbook(name) for name in FIVE], paths=128)


def test_a_playbook_that_changes_nothing_has_the_risk_of_the_draft_to_the_last_bit():
    (column,) = compare_playbooks(NIO, [unchanged()], paths=64).columns
    assert column.own is not None
    assert column.own.figures == column.draft.figures
    assert column.own.advice == column.draft.advice
    assert column.changes == ()


def test_the_draft_is_the_same_for_all_and_the_advice_is_not(nio):
    drafts = [column.draft for column in nio.columns]
    assert all(draft.plan == drafts[0].plan for draft in drafts)
    assert all(draft.figures == drafts[0].figures for draft in drafts)
    assert len({draft.advice for draft in drafts}) > 1


def test_each_deal_keeps_to_the_limits_of_its_playbook(nio):
    for column in nio.columns:
        structure = load_playbook(column.id).governance.structure
        public = sum(entry.public for entry in column.own.plan)
        total = public + sum(entry.partners for entry in column.own.plan)
        assert public == pytest.approx(column.own.figures["compare.public"].value)
        if structure.public_share:
            assert public / total <= structure.public_share.value + 1e-9
        if structure.round:
            assert total <= structure.round.value + 1e-6


def test_less_public_money_is_less_at_risk_and_less_help(nio):
    figures = {column.id: column.own.figures for column in nio.columns}
    hefei, xian = figures["hefei"], figures["xian"]
    assert xian["compare.public"].value < hefei["compare.public"].value
    assert xian["compare.public_npv"].low > hefei["compare.public_npv"].low
    assert xian["company.failure_probability_5y"].value > hefei["company.failure_probability_5y"].value


def test_every_change_says_what_stands_behind_it(nio):
    for column in nio.columns:
        for change in column.changes:
            assert change.kind in ("source", "judgement", "follows")
            assert (change.kind == "source") == bool(change.source)
            assert not change.source or change.source in column.sources


def test_what_was_not_found_is_open_and_no_incomplete_pilot_counts(nio):
    statements = [s for column in nio.columns for part in column.governance.values() for s in part]
    assert any(s.state == "open" for s in statements)
    assert all((s.state == "known") == bool(s.source) for s in statements)
    pilots = [pilot for column in nio.columns for pilot in column.pilots]
    assert pilots
    assert all((pilot.grade is None) == bool(pilot.missing) for pilot in pilots)


def test_a_sum_without_a_form_is_structured_and_its_price_is_that_of_the_simulated_company(tmp_path):
    found = compare_playbooks(announced_only(tmp_path), [load_playbook(name) for name in FIVE], paths=64)
    for column in found.columns:
        assert column.draft.plan == ()
        assert column.draft.figures["compare.public"].value is None
        assert column.own is not None
        assert sum(e.public + e.partners for e in column.own.plan) == pytest.approx(717.36)
        assert column.own.figures["compare.public_npv"].value is not None
        assert any("announced" in change.text.id for change in column.changes)


def test_a_limit_in_yuan_says_nothing_of_a_sum_in_dollars():
    (column,) = compare_playbooks(SOLYNDRA, [load_playbook("hangzhou")], paths=16).columns
    assert column.draft.figures["compare.public"].unit in ("CNY m", "USD m")
    rules = {row.id: row.outcome for row in read_table(SOLYNDRA, "hangzhou")}
    assert rules["seed-ticket"] == "no_evidence"


def test_a_column_does_not_depend_on_its_neighbours_or_on_the_number_of_threads(nio):
    (alone,) = compare_playbooks(NIO, [load_playbook("xian")], paths=128, threads=1).columns
    assert alone.model_dump_json() == nio.columns[FIVE.index("xian")].model_dump_json()
