"""What a random test draws depends on the test alone, not on the modules that were loaded before it."""

import sys
from types import ModuleType

from hypothesis import given, settings
from hypothesis import strategies as st

LITERALS = range(5_000_000, 5_000_900)


def drawn():
    """Whole numbers as a random test draws them, in their order."""
    seen = []

    @settings(max_examples=400, database=None)
    @given(st.integers(0, 10_000_000))
    def look(number):
        seen.append(number)

    look()
    return seen


def test_the_literals_of_a_module_that_was_loaded_are_not_drawn(tmp_path, monkeypatch):
    before = drawn()
    path = tmp_path / "literals.py"
    path.write_text(f"NUMBERS = {list(LITERALS)}\n", "utf-8")
    module = ModuleType("literals")
    module.__file__ = str(path)
    monkeypatch.setitem(sys.modules, "literals", module)
    assert drawn() == before
    assert len(before) > 100
    assert not set(before) & set(LITERALS)
