"""Errors carry everything that was found."""

import pickle

import pytest

from guanzi.base.core import GuanziError, InvalidInput, Message, Place, Problem


def test_a_place_reads_like_that_of_a_compiler():
    assert [str(p) for p in (Place("a.yaml"), Place("a.yaml", 3), Place("a.yaml", 3, 7, "x.y"))] == [
        "a.yaml",
        "a.yaml:3",
        "a.yaml:3:7",
    ]


def test_an_error_holds_one_or_many_problems():
    problem = Problem(Message.of("core.period.mend"), Place("a.yaml", 3))
    assert InvalidInput(problem).problems == (problem,)
    with pytest.raises(GuanziError, match=r"a\.yaml:3.*; .*a\.yaml:3"):
        raise InvalidInput([problem, problem])


def test_an_error_reaches_another_process_whole():
    error = InvalidInput([Problem(Message.of("core.text.none"), Place("a.yaml", 1, 2))])
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), again.problems, str(again)) == (InvalidInput, error.problems, str(error))
