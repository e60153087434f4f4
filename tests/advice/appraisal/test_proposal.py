"""The deal as signed is one question, the deal that we would sign instead is another; both are judged."""

from dataclasses import replace

import pytest

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.compose import compose, run
from guanzi.advice.appraisal.lead import lead
from guanzi.advice.appraisal.prepare import prepare
from guanzi.advice.appraisal.proposal import propose
from guanzi.advice.appraisal.section import AppraisalContext
from guanzi.base.core import render
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

PATHS = 600
HEFEI = load_playbook("hefei")


@pytest.fixture(scope="module")
def nio():
    prepared = prepare(load_case(find_case("nio-hefei-2020")), None, HEFEI)
    result = run(prepared, PATHS)
    found = compose(AppraisalContext(prepared, result, paths=PATHS, seed=1))
    declined = found.model_copy(update={"advice": "decline", "as_signed": "decline"})
    ran = []

    def once(other, paths):
        ran.append(run(other, paths))
        return ran[-1]

    real = propose(declined, prepared, result, once, lambda o, r, n: compose(AppraisalContext(o, r, paths=n, seed=1)))
    return prepared, result, declined, ran[0], real


def offered(nio, advice, gain=0.0):
    """What comes of a deal declined as signed when its other form is read so, and brings its holders so much."""
    prepared, result, declined, theirs, _ = nio
    holders = theirs.scalars["holders.npv"]
    without = replace(holders, mean=holders.mean - gain)
    like = replace(theirs, scalars={**theirs.scalars, "holders.npv_without": without})
    tied = declined.model_copy(update={"advice": advice, "as_signed": advice, "demands": declined.demands[:2]})
    signed = replace(result, scalars={**result.scalars, "holders.npv_without": result.scalars["holders.npv"]})
    return propose(declined, prepared, signed, lambda *_: like, lambda *_: tied)


def test_a_deal_that_is_declined_as_signed_can_be_backed_on_other_terms(nio):
    found = offered(nio, "back_with_conditions", gain=1e6)
    assert (found.as_signed, found.advice, found.proposal.advice) == ("decline", *2 * ("back_with_conditions",))
    assert found.proposal.taken
    assert len(found.demands) == 2
    assert "decline the deal with NIO Inc. as signed and offer other terms" in render(
        found.summary.headline.model_dump()
    )
    assert found.summary.lead[0].id == "appraisal.lead.tied"
    assert found.summary.lead[0].params["tied"] > 0.0


def test_terms_that_the_other_side_would_not_sign_are_no_way_out(nio):
    found = offered(nio, "back_with_conditions", gain=-1e6)
    assert not found.proposal.signs
    assert found.advice == "decline"
    assert found.summary.lead[0].id == "appraisal.lead.would_not_sign"


def test_terms_that_are_declined_too_leave_the_advice_as_it_is(nio):
    found = offered(nio, "decline", gain=1e6)
    assert found.proposal.signs
    assert found.advice == "decline"
    assert found.summary.lead[0].id == "appraisal.lead.tied_declined"


def test_the_difference_of_the_term_sheets_is_told_clause_by_clause_in_both_languages(nio):
    changes = nio[-1].proposal.changes
    assert {c.kind for c in changes} == {"added", "changed"}
    for change in changes:
        assert (change.before is None) == (change.kind == "added")
        assert all(render(change.after.model_dump(), lang) for lang in ("en", "zh"))


def test_its_figures_lead_back_to_the_clauses_that_change(nio):
    found = nio[-1]
    for id in found.proposal.figures:
        assert any(parent.startswith("terms.stake.") for parent in found.figures[id].parents)


def test_where_no_term_decides_nothing_is_proposed():
    found = appraise(
        load_case(find_case("evergrande-guangzhou-2019")), paths=200, options=AppraisalOptions(sensitivity=False)
    )
    assert (found.advice, found.proposal) == ("decline", None)
    assert found.summary.lead[0].id == "appraisal.lead.no_term"


def test_with_the_right_to_stop_a_staged_bet_is_worth_no_more_than_to_who_sees_the_future():
    found = appraise(load_case(find_case("nio-hefei-2020")), paths=2000)
    lower, upper, right = (found.figures[f"staged.{name}"] for name in ("lower", "upper", "right"))
    assert lower.value <= upper.value
    assert upper.note.id in ("appraisal.note.staged_duality", "appraisal.note.staged_foresight")
    assert right.value >= 0.0
    assert "terms.stake.i5" in lower.parents
    assert {"staged.lower", "staged.right"} <= set(found.accounts.fund)


def test_every_step_that_is_proposed_says_how_it_is_proved(nio):
    """A step that nobody can prove binds nobody."""
    steps = [
        render(c.after.model_dump(), lang)
        for c in nio[4].proposal.changes
        if c.kind == "added"
        for lang in ("en", "zh")
    ]
    assert steps
    assert not [said for said in steps if "No proof" in said or "未载明证明" in said]
    assert any("经审计" in said for said in steps)


def test_what_the_other_holders_have_is_shown_in_each_of_the_three_deals_that_are_compared(nio):
    figures = nio[4].proposal.figures
    assert {"proposal.holders", "proposal.holders_signed", "proposal.holders_without"} <= set(figures)


def test_conditions_are_not_told_without_saying_that_the_bound_form_would_not_be_signed(nio):
    real = nio[4].model_copy(update={"advice": "back_with_conditions", "as_signed": "back_with_conditions"})
    for signs, id in ((False, "appraisal.lead.conditions.unsigned"), (True, "appraisal.lead.conditions")):
        offer = real.proposal.model_copy(update={"signs": signs, "taken": False, "unclear": ()})
        assert lead(real.model_copy(update={"proposal": offer}), None)[0].id == id


def test_no_sentence_says_how_the_other_side_answers_and_that_it_cannot_be_told(nio):
    for advice, id in (("back_with_conditions", "conditions.unsigned"), ("decline", "would_not_sign")):
        unclear = offered(nio, "back_with_conditions", gain=0.0).proposal.unclear
        offer = nio[4].proposal.model_copy(update={"signs": False, "taken": False, "unclear": unclear})
        found = nio[4].model_copy(update={"advice": advice, "proposal": offer})
        assert lead(found, None)[0].id == f"appraisal.lead.{id}.undecided"
        assert "would not sign" not in render(lead(found, None)[0].model_dump(), "en")


def test_an_answer_within_its_sampling_error_is_told_as_one_that_cannot_be_told(nio):
    found = offered(nio, "back_with_conditions", gain=0.0)
    assert "appraisal.unclear.gain" in {unclear.id for unclear in found.proposal.unclear}
    assert found.summary.lead[0].id == "appraisal.lead.undecided"
