"""An assumption is named as the one that moves most only where chance in the sample does not explain its lead."""

from math import nan

from guanzi.advice.appraisal.tornado import MOST_NAMED, _first
from guanzi.engine.simulation import CHANCE, TornadoSpan


def swing(name, total, error):
    return TornadoSpan(name, total, error, 0.0, nan, nan, nan, nan)


def test_a_lead_beyond_two_standard_errors_is_named_alone():
    found = [swing(CHANCE, 0.9, 0.01), swing("a", 0.5, 0.03), swing("b", 0.3, 0.03), swing("c", 0.0, 0.0)]
    assert [s.parameter for s in _first(found)] == ["a"]


def test_what_cannot_be_told_apart_is_named_together():
    found = [swing("a", 0.5, 0.1), swing("b", 0.45, 0.1), swing("c", 0.01, 0.01), swing("d", 0.0, 0.0)]
    assert [s.parameter for s in _first(found)] == ["a", "b"]


def test_many_alike_are_more_than_are_named():
    alike = [swing(f"p{n}", 0.2, 0.1) for n in range(MOST_NAMED + 2)]
    assert len(_first(alike)) == MOST_NAMED + 2
