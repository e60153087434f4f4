"""Tables that are mostly empty take memory for what was written alone."""

import re
from pathlib import Path

import pytest

from guanzi.engine.machine import sparse_zeros

STATUS = Path("/proc/self/status")
LARGE = 64 << 20


def resident() -> int:
    """Bytes of this process that are in memory."""
    found = re.search(r"VmRSS:\s+(\d+)", STATUS.read_text("utf-8"))
    assert found is not None
    return int(found.group(1)) * 1024


@pytest.mark.skipif(not STATUS.is_file(), reason="the system does not say what a process takes")
def test_reading_what_nobody_wrote_takes_no_memory():
    table = sparse_zeros((LARGE // 8,))
    before = resident()
    assert not table.any()
    assert resident() - before < LARGE / 4


def test_what_is_written_is_read_again():
    table = sparse_zeros((3, 100_000))
    table[1, 50_000] = 7.0
    assert table.sum() == table[1].sum() == 7.0
    assert sparse_zeros((0, 5)).shape == (0, 5)
