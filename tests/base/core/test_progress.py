"""Progress speaks only when work is long, and in the manner of where it is read."""

import io

from guanzi.base.core import Message, Progress

WHAT = Message.of("core.text.none")


class Clock:
    """A clock that is set by hand."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


class Terminal(io.StringIO):
    """A stream that says it is a terminal."""

    def isatty(self):
        return True


def run(stream, step_seconds, steps=10, total=10):
    clock = Clock()
    with Progress(WHAT, total, stream=stream, clock=clock) as progress:
        for _ in range(steps):
            clock.seconds += step_seconds
            progress.advance()
    return stream.getvalue()


def test_short_work_says_nothing():
    assert run(io.StringIO(), step_seconds=0.1) == ""
    assert run(Terminal(), step_seconds=0.1) == ""


def test_a_log_gets_a_line_every_ten_seconds_with_rate_and_remaining_time():
    lines = run(io.StringIO(), step_seconds=3).splitlines()
    assert lines == [
        "none: 2 of 10 (20 %), 0.333 per second, 24 s left",
        "none: 6 of 10 (60 %), 0.333 per second, 12 s left",
        "none: 10 in 30 s",
    ]


def test_a_terminal_gets_one_line_that_renews_itself():
    shown = run(Terminal(), step_seconds=3)
    assert shown.count("\n") == 1
    assert shown.count("\r") == 9


def test_what_comes_before_the_first_step_does_not_count_for_the_rate():
    stream, clock = io.StringIO(), Clock()
    with Progress(WHAT, 100, stream=stream, clock=clock) as progress:
        clock.seconds += 60
        progress.advance(10)
        clock.seconds += 1
        progress.advance(10)
    assert stream.getvalue().splitlines()[0] == "none: 20 of 100 (20 %), 10 per second, 8 s left"


def test_parts_that_end_together_tell_no_rate():
    """Two threads end within microseconds; “48,800,000 per second” stood on the screen."""
    stream, clock = io.StringIO(), Clock()
    with Progress(WHAT, 100, stream=stream, clock=clock) as progress:
        clock.seconds += 60
        progress.advance(10)
        clock.seconds += 1e-6
        progress.advance(10)
    assert "per second" not in stream.getvalue()


def test_long_times_are_said_in_minutes():
    assert "1 min 40 s" in run(io.StringIO(), step_seconds=10).splitlines()[-1]


def test_work_that_fails_is_not_said_to_be_complete():
    stream = io.StringIO()
    clock = Clock()
    try:
        with Progress(WHAT, 10, stream=stream, clock=clock) as progress:
            progress.advance(1)
            clock.seconds += 5
            progress.advance(3)
            raise RuntimeError
    except RuntimeError:
        pass
    assert stream.getvalue().splitlines()[-1] == "none: 4 in 5 s"


def test_work_of_unknown_length_tells_what_is_done_and_so_does_what_goes_beyond_what_was_expected():
    lines = run(io.StringIO(), step_seconds=3, total=0).splitlines()
    assert lines[:2] == ["none: 2 so far, 0.333 per second", "none: 6 so far, 0.333 per second"]
    assert lines[-1] == "none: 10 in 30 s"
    assert run(io.StringIO(), step_seconds=3, total=4).splitlines()[1:] == lines[1:]
