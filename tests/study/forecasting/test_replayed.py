"""The page says of a volume where its growth comes from and how such bands did, as the replay found it."""

import json
from pathlib import Path

import pytest

from guanzi.study.forecasting import REPLAYED

NAMED = {"deliveries": "units", "revenue": "revenue"}


@pytest.mark.parametrize("fan", sorted(REPLAYED))
def test_the_record_is_that_of_the_replay(fan):
    found = json.loads(Path("benchmarks/results/replay.json").read_text("utf-8"))
    (score,) = [s for s in found["scores"] if (s["quantity"], s["method"]) == (NAMED[fan], "signed")]
    record = REPLAYED[fan]
    assert (record.cases, record.figures, record.within) == (1, score["n"], score["within_90"])
