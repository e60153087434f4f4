"""A day and a case go down from what asks them to the files: they climb, and come back to a package, at most twice."""

import sys
from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.office.asking import CASE
from tests.office.test_interface import token
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.office.actions import perform

LAYERS = ("render", "base", "console", "record", "intake", "deal", "engine", "study", "advice", "jobs", "office", "cli")
DAY = "2020-04-29"
MOST = 2
"""Climbs to a layer above, and returns to a package that was left, on one way."""
TARGETS = {"a day": ("guanzi.record.evidence.case", "view"), "a case": ("guanzi.base.reading.yaml", "parse_yaml")}


def packages(frame) -> Iterator[str]:
    """The packages of ours on the stack, from what asks down to a frame; those that follow one another count once."""
    names = []
    while frame is not None:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("guanzi."):
            names.append(".".join(name.split(".")[1:3]))
        frame = frame.f_back
    last = ""
    for name in reversed(names):
        if name != last:
            yield name
        last = name


def walked(target, ask) -> list[list[str]]:
    """Every way by which a function was reached while something was asked."""
    module, function = target
    ways = []

    def seen(frame, event, _):
        if event == "call" and frame.f_code.co_name == function and frame.f_globals.get("__name__") == module:
            ways.append(list(packages(frame)))

    sys.setprofile(seen)
    try:
        ask()
    finally:
        sys.setprofile(None)
    return ways


def climbs(way) -> int:
    floors = [LAYERS.index(package.split(".")[0]) for package in way]
    return sum(above > below for below, above in pairwise(floors))


def returns(way) -> int:
    return sum(package in way[:at] for at, package in enumerate(way))


@pytest.mark.parametrize("what", TARGETS)
def test_it_goes_down(office, client, what):
    perform(office.lead, "case.open", {"builtin": CASE}, "open")
    headers = {"Authorization": f"Bearer {token(office.lead, 'read')}"}
    asked = {
        "address": lambda: client.get(f"/api/cases/{CASE}/explain", {"as_of": DAY}, headers=headers),
        "command": lambda: CliRunner().invoke(app, ["explain", CASE, "--as-of", DAY]),
    }
    for name, ask in asked.items():
        ways = walked(TARGETS[what], ask)
        assert ways, name
        assert [way for way in ways if max(climbs(way), returns(way)) > MOST] == [], name
