"""The count: nobody with an interest has a weight in it, and no order, scale or late ballot changes what it says."""

from hypothesis import given
from hypothesis import strategies as st

from guanzi.office.deciding.tally import AGAINST, CHOICES, FOR, VotingSeat, count

PLAIN = [vote for vote in CHOICES if vote != "veto"]
weights = st.floats(0.1, 10).map(lambda w: round(w, 3))
seats = st.lists(st.tuples(weights, st.booleans()), min_size=1, max_size=9).map(
    lambda rows: [VotingSeat(n, weight, n == 0, recused) for n, (weight, recused) in enumerate(rows)]
)
committees = st.tuples(seats, st.integers(1, 6), st.sampled_from([0.5, 0.6, 2 / 3, 0.75, 1.0])).flatmap(
    lambda held: st.tuples(
        st.just(held[0]),
        st.lists(st.sampled_from([*CHOICES, None]), min_size=len(held[0]), max_size=len(held[0])),
        st.just(held[1]),
        st.just(held[2]),
    )
)


def ballots(votes):
    return [(n, vote) for n, vote in enumerate(votes) if vote is not None]


@given(committees)
def test_seats_with_an_interest_change_nothing_as_if_they_were_not_there(committee):
    held, votes, quorum, majority = committee
    whole = count(held, ballots(votes), quorum, majority)
    others = [seat for seat in held if not seat.recused]
    without = count(others, ballots(votes), quorum, majority)
    assert (whole.result, whole.weights, whole.present, whole.dissent) == (
        without.result,
        without.weights,
        without.present,
        without.dissent,
    )
    assert not {seat.person for seat in held if seat.recused} & set(whole.dissent)


@given(committees, st.randoms())
def test_neither_order_nor_a_common_factor_of_weights_matters(committee, random):
    held, votes, quorum, majority = committee
    cast = ballots(votes)
    mixed = random.sample(cast, len(cast))
    doubled = [VotingSeat(s.person, 2 * s.weight, s.chair, s.recused) for s in held]
    result = count(held, cast, quorum, majority).result
    assert count(held, mixed, quorum, majority).result == result
    assert count(doubled, cast, quorum, majority).result == result


@given(committees)
def test_without_a_quorum_nothing_is_decided_and_with_a_veto_it_is_declined(committee):
    held, votes, quorum, majority = committee
    found = count(held, ballots(votes), quorum, majority)
    chair = held[0]
    if found.present < quorum:
        assert (found.result, found.dissent) == ("no_quorum", ())
    elif votes[0] == "veto" and not chair.recused:
        assert (found.result, found.veto) == ("decline", True)
    else:
        assert not found.veto


@given(committees)
def test_who_turns_from_no_to_yes_never_makes_it_worse(committee):
    held, votes, quorum, majority = committee
    order = ["decline", "defer", "back_with_conditions", "back"]
    before = count(held, ballots(votes), quorum, majority).result
    for n, vote in enumerate(votes):
        if vote in ("decline", "abstain", "veto"):
            turned = [*votes[:n], "back", *votes[n + 1 :]]
            after = count(held, ballots(turned), quorum, majority).result
            assert before == "no_quorum" or order.index(after) >= order.index(before)


@given(committees)
def test_the_result_says_what_the_weights_say(committee):
    held, votes, quorum, majority = committee
    found = count(held, ballots(votes), quorum, majority)
    whole = sum(found.weights.values())
    yes = sum(found.weights[vote] for vote in FOR)
    no = sum(found.weights[vote] for vote in AGAINST)
    if found.result in FOR:
        assert yes / whole >= majority - 1e-6
    elif found.result == "defer":
        assert yes / whole < majority
        assert (yes + found.weights["abstain"]) / whole >= majority - 1e-6
    elif found.result == "decline" and not found.veto:
        assert 1 - no / whole < majority


def test_an_empty_room_and_a_stranger_decide_nothing():
    assert count([], [], 0, 0.5).result == "no_quorum"
    one = [VotingSeat(1, 1.0)]
    assert count(one, [(2, "back")], 1, 0.5).result == "no_quorum"
    assert count(one, [(1, "veto")], 1, 0.5).result == "no_quorum"


def test_two_thirds_of_three_is_two():
    three = [VotingSeat(n, 1.0) for n in range(3)]
    assert count(three, [(0, "back"), (1, "back_with_conditions"), (2, "decline")], 3, 2 / 3).result == (
        "back_with_conditions"
    )


def test_all_who_abstain_defer():
    three = [VotingSeat(n, 1.0) for n in range(3)]
    assert count(three, [(n, "abstain") for n in range(3)], 3, 2 / 3).result == "defer"
