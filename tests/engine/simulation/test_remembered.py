"""What was asked is not answered again; of what was asked the first is kept, and the last."""

from functools import partial

from guanzi.engine.simulation.remembered import FIRST, LAST, Remembered


def test_the_same_question_is_answered_once_and_another_one_anew():
    memory, asked = Remembered(), []

    def answer(of: str) -> str:
        def ask() -> str:
            asked.append(of)
            return of.upper()

        return memory.of((of, [1.0]), ask)

    assert [answer("a"), answer("b"), answer("a")] == ["A", "B", "A"]
    assert asked == ["a", "b"]


def test_what_was_asked_between_the_first_and_the_last_is_forgotten():
    memory, asked, count = Remembered(), [], FIRST + LAST + 2
    for n in (*range(count), *range(count)):
        memory.of((n,), partial(asked.append, n))
    again = asked[count:]
    assert again[0] == FIRST
    assert not set(again) & set(range(FIRST))
