"""What was asked is not answered again; what was asked long ago is forgotten."""

from functools import partial

from guanzi.engine.simulation.remembered import MOST, Remembered


def test_the_same_question_is_answered_once_and_another_one_anew():
    memory, asked = Remembered(), []

    def answer(of: str) -> str:
        def ask() -> str:
            asked.append(of)
            return of.upper()

        return memory.of((of, [1.0]), ask)

    assert [answer("a"), answer("b"), answer("a")] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_what_was_asked_long_ago_is_forgotten():
    memory, asked = Remembered(), []
    for n in (*range(MOST + 1), 0):
        memory.of((n,), partial(asked.append, n))
    assert asked == [*range(MOST + 1), 0]
