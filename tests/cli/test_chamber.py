"""The short form of the chamber: bad files, kills and races against a process of its own."""

from pathlib import Path

import pytest
from benchmarks.chamber import ATTACKS, call, fight


@pytest.mark.parametrize("attack", ATTACKS, ids=[attack.name for attack in ATTACKS])
def test_the_product_holds(attack):
    outcome = fight(attack, short=True)
    assert outcome.wrong == "", outcome.out[-2_000:]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_is_that_of_the_product_and_not_of_the_test_run(tmp_path):
    held = bytearray(b"\x01") * 900_000_000
    outcome = call("--version", folder=tmp_path)
    assert held[-1] == 1
    assert 10 < outcome.megabytes < 400
