"""No spoilt term sheet brings the reader down: each is valid, or refused with place and cause, and in good time."""

import signal
from pathlib import Path

import pytest
from tests.deal.terms.mutations import REPO, Tally, judge, originals, spoilt

LIMIT = 10
"""Seconds of processor time after which reading one sheet counts as a hang."""


def read(numbers):
    """Judge the spoilt sheets of these numbers."""
    sheets, tally = originals(), Tally()

    def hang(*_):
        raise TimeoutError

    before = signal.signal(signal.SIGPROF, hang)
    try:
        for number in numbers:
            signal.setitimer(signal.ITIMER_PROF, LIMIT)
            try:
                judge(spoilt(number, sheets), tally)
            except BaseException as error:
                error.add_note(f"spoilt sheet {number}")
                raise
            finally:
                signal.setitimer(signal.ITIMER_PROF, 0)
    finally:
        signal.signal(signal.SIGPROF, before)
    return tally


def test_two_hundred_spoilt_sheets_are_valid_or_refused_with_place_and_cause():
    tally = read(range(200))
    assert tally.valid + tally.refused == 200
    assert tally.valid >= 20
    assert tally.refused >= 100
    assert len(tally.causes) >= 20


@pytest.mark.prove
def test_ten_thousand_spoilt_sheets_are_valid_or_refused_with_place_and_cause():
    tally = read(range(10_000))
    assert tally.valid + tally.refused == 10_000
    lines = [
        "10,000 spoilt term sheets (tests/deal/terms/mutations.py, numbers 0 to 9,999): no traceback, none longer than "
        f"{LIMIT} seconds of processor time.",
        f"valid and said in words: {tally.valid}, of which {tally.simulable} compose with a company model",
        f"refused, every problem with place and cause: {tally.refused}",
        "causes, by the number of sheets in which they stand:",
        *(f"  {count:5} {cause}" for cause, count in sorted(tally.causes.items(), key=lambda x: (-x[1], x[0]))),
    ]
    out = Path(REPO) / "benchmarks" / "results"
    out.mkdir(parents=True, exist_ok=True)
    (out / "mutated-sheets.txt").write_text("\n".join(lines) + "\n", "utf-8")
