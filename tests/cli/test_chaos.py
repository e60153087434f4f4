"""The short form of the chaos test: one attack of each kind, against a process of its own.

``make prove`` fights all of them, in the long form.
"""

from pathlib import Path

import pytest
from benchmarks.chaos import ATTACKS, call, fight

OF_EACH_KIND = (
    "22,000 bad facts",
    "YAML that multiplies by references",
    "pipe as facts",
    "pipe as workbook",
    "/dev/zero as playbook",
    "facts as a link to outcome",
    "1e308 in a term sheet",
    "a file name that is no UTF-8",
    "/dev/full as output",
    "an output whose reader has gone",
    "document that unpacks to 400 MB",
    "full disk under evidence add",
    "kills while documents are added",
)
CHOSEN = [attack for attack in ATTACKS if attack.name in OF_EACH_KIND]


def test_there_is_an_attack_of_each_kind():
    assert sorted(attack.name for attack in CHOSEN) == sorted(OF_EACH_KIND)


@pytest.mark.parametrize("attack", CHOSEN, ids=[attack.name for attack in CHOSEN])
def test_the_product_holds(attack):
    outcome = fight(attack, short=True)
    assert outcome.wrong == "", outcome.out[-2_000:]


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="memory is read from /proc")
def test_memory_is_that_of_the_product_and_not_of_the_test_run(tmp_path):
    held = bytearray(b"\x01") * 900_000_000
    outcome = call("--version", folder=tmp_path)
    assert held[-1] == 1
    assert 10 < outcome.megabytes < 400
