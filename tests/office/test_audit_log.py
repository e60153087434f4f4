"""What a process keeps of cases is bounded by what it weighs, whatever people send."""

import dataclasses

import pytest

from guanzi.office.auditlog import prefetching
from guanzi.office.auditlog.weighing import weight_of


@dataclasses.dataclass(frozen=True)
class Kept:
    """Something with a part."""

    name: str
    facts: tuple[int, ...]
    part: "Kept | None" = None


@pytest.fixture(autouse=True)
def nothing_kept(monkeypatch):
    monkeypatch.setattr(prefetching, "_kept", type(prefetching._kept)())
    monkeypatch.setattr(prefetching, "_weights", {})
    monkeypatch.setattr(prefetching, "_HEAVIEST", 5_000)


def kept():
    return [found.name for found in prefetching._kept.values()]


def find(name, facts):
    return prefetching.prefetch((name,), lambda: Kept(name, tuple(range(facts))))


def test_what_was_asked_for_last_is_kept_as_long_as_all_together_are_light_enough():
    for name in "abcdef":
        find(name, 100)
    assert kept() == ["c", "d", "e", "f"]
    find("c", 100)
    find("g", 100)
    assert kept() == ["e", "f", "c", "g"]
    assert set(prefetching._weights) == set(prefetching._kept)


def test_one_heavy_thing_pushes_out_the_rest_and_stays_alone():
    for name in "abc":
        find(name, 10)
    find("heavy", 10_000)
    assert kept() == ["heavy"]


def test_many_light_things_are_bounded_by_their_number(monkeypatch):
    monkeypatch.setattr(prefetching, "_KEPT", 3)
    for name in "abcde":
        find(name, 0)
    assert kept() == ["c", "d", "e"]


def test_parts_weigh_with_the_whole():
    part = Kept("part", tuple(range(50)))
    assert weight_of(Kept("whole", (), part)) > weight_of(part) > 500
