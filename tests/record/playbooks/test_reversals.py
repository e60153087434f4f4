"""What would turn the advice must really turn it."""

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.playbooks.test_table import PUT, SOUND, TABLE, finding, worlds
from tests.sampling import examples

from guanzi.base.core import Message, catalogue, render
from guanzi.record.playbooks import FigureTest, evaluate, leaves, read, reversals
from guanzi.record.playbooks.table import Outcome

DOUBT = finding("going_concern", severity="critical")
BRIDGE, PARTNERS = finding("bridge_money", "asset"), finding("co_investors", "asset")


def test_when_excuses_together_carry_a_gate_their_going_together_turns_the_advice():
    found = reversals(TABLE, SOUND, [PUT, DOUBT, BRIDGE, PARTNERS], first=20)
    gone = next(r for r in found if r.row == "going-concern")
    assert gone.becomes == "decline"
    assert "bridge funding from private lenders and private co-investors" in render(gone.message)


def test_three_are_given_findings_first_and_then_the_nearest_figure():
    near = {**SOUND, "budget.worst_year_share": 0.049}
    found = reversals(TABLE, near, [PUT, finding("unit_margin_negative"), finding("margin_trend", "asset")])
    assert len(found) == 3
    assert [r.distance for r in found] == sorted(r.distance for r in found)
    everything = reversals(TABLE, near, [PUT], first=100)
    figures = [r for r in everything if r.figure and r.figure != "terms.unknown_clauses"]
    assert figures[0].figure == "budget.worst_year_share"
    assert "above 5 %" in render(figures[0].message)


def test_a_settled_row_that_holds_is_not_offered_and_one_that_fails_is():
    assert "series-product" not in {r.row for r in reversals(TABLE, SOUND, [PUT], first=100)}
    found = reversals(TABLE, SOUND, [PUT, finding("no_series_product", severity="critical")])
    assert [(r.row, r.becomes) for r in found] == [("series-product", "back")]


def test_an_open_question_that_is_closed_can_turn_the_advice():
    found = reversals(TABLE, SOUND, [PUT, finding("gap_series", "gap")])
    assert any(r.finding == "gap_series" and r.becomes == "back" for r in found)


def test_rows_that_stand_in_the_way_together_are_turned_together():
    broke = {**SOUND, "budget.worst_year_share": 0.2, "exposure.failure_p95_share": 0.2}
    (together,) = reversals(TABLE, broke, [PUT])
    assert together.becomes == "back_with_conditions"
    assert "payments in the worst year" in render(together.message)
    assert "loss on failure" in render(together.message)


LOSING = {**SOUND, "fund.loss_probability": 0.9}
"""A limit fails, once the gates are passed."""


def test_an_open_gate_does_not_put_off_what_a_failed_limit_decides():
    open_question = [PUT, finding("unit_margin_negative"), finding("gap_margin_trend", "gap")]
    decision = evaluate(TABLE, LOSING, open_question)
    assert decision.advice == "decline"
    assert decision.deciding == ("loss-probability-80",)
    assert {r.id: r.outcome for r in decision.rows}["below-cost"] == "no_evidence"


def test_what_spoke_for_a_deal_leaves_a_question_where_it_goes_and_not_its_opposite():
    held = [PUT, finding("unit_margin_negative"), finding("margin_trend", "asset")]
    turned = {r.becomes for r in reversals(TABLE, SOUND, held, first=100) if r.finding == "margin_trend"}
    assert (
        turned
        == {"insufficient_evidence"}
        == {evaluate(TABLE, SOUND, [*held[:2], finding("gap_margin_trend", "gap")]).advice}
    )


def test_good_news_that_turns_the_advice_for_the_better_is_said_plainly():
    sold_below = [PUT, finding("unit_margin_negative")]
    assert evaluate(TABLE, SOUND, sold_below).advice == "decline"
    found = reversals(TABLE, SOUND, sold_below, first=20)
    assert {r.becomes for r in found} <= {"back", "back_with_conditions"}


_ORDER = ("decline", "insufficient_evidence", "back_with_conditions", "back")


@settings(max_examples=examples(60), deadline=None)
@given(worlds, st.sampled_from([r.id for r in TABLE]))
def test_a_row_that_comes_out_better_never_makes_the_advice_worse(world, better):
    figures, findings = world
    outcomes: dict[str, Outcome] = {r.id: r.outcome for r in evaluate(TABLE, figures, findings).rows}
    ladder: tuple[Outcome, ...] = ("fail", "no_evidence", "pass")
    advices = [read(TABLE, {**outcomes, better: how})[0] for how in ladder]
    assert [_ORDER.index(a) for a in advices] == sorted(_ORDER.index(a) for a in advices)


@settings(max_examples=examples(60), deadline=None)
@given(worlds)
def test_every_reversal_differs_from_the_advice_and_can_be_said(world):
    figures, findings = world
    now = evaluate(TABLE, figures, findings).advice
    found = reversals(TABLE, figures, findings)
    assert len(found) <= 3
    for reversal in found:
        assert reversal.becomes != now
        assert render(reversal.message)


@settings(max_examples=examples(60), deadline=None)
@given(worlds)
def test_a_figure_past_its_number_gives_the_promised_advice(world):
    figures, findings = world
    found = reversals(TABLE, figures, findings, first=100)
    for reversal in found if len(found) > 1 else ():
        if reversal.figure:
            numbers = [v for row in TABLE for v in _numbers(row, reversal.figure)]
            reached = {evaluate(TABLE, {**figures, reversal.figure: v}, findings).advice for v in numbers}
            assert reversal.becomes in reached


def _numbers(row, figure):
    for test in leaves(row.test):
        if isinstance(test, FigureTest) and test.figure == figure:
            yield from (test.value - 1e-6, test.value + 1e-6)


def test_the_name_of_a_figure_stands_after_the_article():
    """“If the what each further year of a job would have to be worth” stood on page one."""
    names = {id: words for id, words in catalogue("playbooks").items() if id.startswith("playbooks.figure.")}
    assert names
    assert [
        id for id, words in names.items() if words.split()[0].lower() in {"what", "how", "whether", "the", "a"}
    ] == []


def test_findings_in_a_list_stand_in_quotes_in_chinese_as_a_single_one_does():
    named = tuple(Message.of("playbooks.change.named", what=name) for name in ("甲", "乙"))
    assert render(Message.of("playbooks.change.gone_all", what=named), "zh") == "“甲”和“乙”均不成立"


def test_what_would_turn_the_advice_is_one_sentence():
    found = reversals(TABLE, SOUND, [PUT, DOUBT, BRIDGE, PARTNERS], first=20)
    told = [render(r.message) for r in found]
    assert all(text.count(". Then the advice becomes: ") == 1 for text in told)
    assert not any(".." in text or ". and" in text for text in told)
