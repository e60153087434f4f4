"""People on all pages at once, drafts of term sheets included, with appraisals beside: nothing ends or breaks."""

import subprocess
import sys

import pytest


@pytest.mark.prove
def test_ten_people_on_all_pages_bring_nothing_down(tmp_path):
    command = [sys.executable, "-m", "benchmarks.office.hour", "--minutes", "2", "--pause", "1", "--every", "30"]
    command += ["--cases", "0", "--folder", str(tmp_path), "--out", str(tmp_path / "told")]
    subprocess.run(command, timeout=1_500, check=False, stdout=subprocess.DEVNULL)
    told = (tmp_path / "told").read_text("utf-8").splitlines()
    assert "errors of the server or no answer: 0" in told
    assert "processes that ended before their time: none" in told
    assert "errors in the log of the server: 0" in told
