"""A panel the size of the patents of American metropolitan areas fits in six gigabytes (long: ``make prove``)."""

import json
import re
import subprocess
import sys

import pytest
from benchmarks.tracks.economies import write_patents

CODE = """
import contextlib, io, re, sys
from pathlib import Path
from guanzi.cli import main
said = io.StringIO()
with contextlib.redirect_stdout(said), contextlib.suppress(SystemExit):
    main()
print(said.getvalue())
print(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text()).group(0))
"""
COLUMNS = ["--region", "metro", "--industry", "class", "--year", "year", "--value", "patents"]


@pytest.mark.prove
@pytest.mark.parametrize("noughts", [False, True])
def test_metros_by_technologies_by_thirty_years(tmp_path, noughts):
    path = tmp_path / "patents.parquet"
    write_patents(path, noughts=noughts)
    command = [sys.executable, "-c", CODE, "scan", "evaluate", str(path), *COLUMNS, "--json"]
    out = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    document, _, peak = out.rpartition("VmHWM:")
    assert int(re.sub(r"\D", "", peak)) / 1024**2 < 6
    found = json.loads(document)
    assert found["panel"]["regions"] == 2169
    assert found["panel"]["industries"] == 650
    assert found["model"]["roc_auc"] > found["density"]["roc_auc"] + 0.06
    assert found["model"]["average_precision"] > 1.4 * found["density"]["average_precision"]
    assert found["model"]["ece"] < 0.02
