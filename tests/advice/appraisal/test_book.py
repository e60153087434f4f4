"""A figure says by itself where its number does not lie in its interval."""

import pytest

from guanzi.advice.appraisal.book import Estimated, FigureBook

ABOVE, BELOW = "appraisal.note.few_futures.above", "appraisal.note.few_futures.below"


@pytest.mark.parametrize(
    ("value", "interval", "note"),
    [
        (9.8, (0.0, 0.0), ABOVE),
        (-1.0, (0.0, 5.0), BELOW),
        (2.0, (0.0, 5.0), None),
        (0.1 + 0.2, (0.3, 0.3), None),
        (7.0, (None, None), None),
    ],
)
def test_a_mean_outside_its_interval_says_so(value, interval, note):
    book = FigureBook()
    book.add("cluster.jobs_elsewhere", Estimated(value, interval=interval), "jobs", "derived", ("simulation",))
    told = book.figures()["cluster.jobs_elsewhere"].note
    assert (None if told is None else told.id) == note
