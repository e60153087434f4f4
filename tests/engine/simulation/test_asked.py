"""Distributions that are found when they are asked for are those of tables to which every value was added."""

import numpy as np

from guanzi.engine.simulation.asked import AskedValues, KeptValues
from guanzi.engine.simulation.summaries import OutputTables

NAMES = ("a", "b")
PLACES = np.array([2, 0])


def test_kept_values_have_the_bits_of_tables():
    kept, tables, rng = KeptValues(NAMES, PLACES), OutputTables(NAMES), np.random.default_rng(3)
    for paths in (500, 500, 37):
        leaf = rng.normal(0.0, 1e3, (3, paths))
        leaf[0, ::7], leaf[2, ::5] = np.nan, 0.0
        kept.add(leaf)
        tables.add_sums(tables.add(leaf, PLACES, paths))
    assert {name: kept.summary(name) for name in NAMES} == {name: tables.summary(name) for name in NAMES}


def test_what_nobody_asks_for_is_not_found():
    asked: list[str] = []

    def value(name):
        asked.append(name)
        return len(asked)

    found = AskedValues(("x", "y"), value)
    assert (len(found), list(found), "y" in found, asked) == (2, ["x", "y"], True, [])
    assert (found["y"], found["y"], found.get("z"), asked) == (1, 1, None, ["y"])
