"""Bounds of scores: never below the score, and the names found by them are the best of all."""

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.study.screening.alignment import align
from guanzi.study.screening.bounds import best_by_bound, bound_all
from guanzi.study.screening.matching import new_board, prepared, word_arrays
from guanzi.study.screening.vocabulary import Vocabulary

# words that agree in every way the matcher knows, from spelling and sound to first letters and legal form
PEOPLE = "li wei weili anna ann bill william b jong un jongun jean claude jc jcl dr von ivanovich ivan petrovich"
FIRMS = (
    "siemens siemans ibm international business machines seven 7 8 ltd gmbh ag limited trading group ship yard shipyard"
)


def names(words):
    return st.lists(st.sampled_from(words.split()), min_size=1, max_size=6).map(" ".join)


def held(listed, asked, company):
    """Bounds and scores of every name, the smaller name first as the matcher takes them."""
    numbers = [prepared(name, company) for name in listed]
    own = prepared(asked, company)
    arrays = word_arrays(company)
    at = np.concatenate([[0], np.cumsum([len(n) for n in numbers])])
    words, places = np.unique(np.concatenate(numbers), return_inverse=True)
    cells, close = Vocabulary.of(words, arrays).marked(own, company, arrays)
    bounds = np.zeros(len(listed))
    lists = words, places.astype(np.int32), at
    rooms = (*lists, cells, close, *arrays[:3], arrays[6], *arrays[8:], bounds)
    bound_all(own, company, *rooms)
    board = new_board().arrays()
    pairs = [(n, own) if name < asked else (own, n) for name, n in zip(listed, numbers, strict=True)]
    scores = np.array([align(*pair, company, *arrays, *board) for pair in pairs])
    before = sum(name < asked for name in listed)

    def best(most, at_most=10_000):
        return best_by_bound(bounds, most, at_most, own, before, company, *lists, *arrays, *board)

    return bounds, scores, best


def lists_of(words):
    return st.lists(names(words), min_size=1, max_size=25, unique=True).map(sorted)


@settings(max_examples=examples(400), deadline=None)
@given(lists_of(PEOPLE), names(PEOPLE), st.integers(1, 8))
@example(["jean claude li"], "jc li", 1)
@example(["jong un"], "jongun", 1)
@example(["jnog un"], "jongun", 1)
@example(["jonu gn"], "jongun", 1)
@example(["anna li wei"], "anna weili", 1)
def test_people(listed, asked, most):
    the_best_are_found_by_bounds_that_hold(listed, asked, False, most)


@settings(max_examples=examples(400), deadline=None)
@given(lists_of(FIRMS), names(FIRMS), st.integers(1, 8))
@example(["international business machines ag"], "ibm ag", 1)
@example(["ibm"], "international business machines", 1)
@example(["shi pyard trading"], "shipyard trading", 1)
def test_companies(listed, asked, most):
    the_best_are_found_by_bounds_that_hold(listed, asked, True, most)


def the_best_are_found_by_bounds_that_hold(listed, asked, company, most):
    bounds, scores, best = held(listed, asked, company)
    assert (bounds >= scores - 1e-12).all()
    found, _ = best(most)
    assert len(set(found.tolist())) == len(found)
    wanted = sorted((score for score in scores if score > 0), reverse=True)[:most]
    assert scores[found] == pytest.approx(wanted, abs=1e-9)


def test_few_are_compared_where_the_bounds_are_exact():
    listed = sorted(
        f"{given} {last}" for given in ("anna", "otto", "carla", "dora") for last in ("berg", "stein", "wald")
    )
    bounds, scores, best = held(listed, "anna berg", False)
    assert bounds == pytest.approx(scores)
    found, compared = best(1)
    assert (listed[found[0]], compared) == ("anna berg", 1)
    assert len(best(12)[0]) == (scores > 0).sum()
    assert best(12, 2)[1] == 2
