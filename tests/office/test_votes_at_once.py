"""Ballots that are cast or changed while a sitting is closed are in the count or refused, and it is closed once."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

REPO = Path(__file__).parents[2]


@pytest.mark.prove
def test_a_ballot_is_counted_or_refused_whatever_happens_at_the_same_moment(tmp_path):
    env = dict(os.environ) | {"GUANZI_OFFICE_DATA": str(tmp_path), "PYTHONPATH": f"{REPO / 'src'}:{REPO}"}
    env |= {"DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "guanzi.office.settings"}
    done = subprocess.run(
        [sys.executable, "-m", "tests.office.voters_at_once"], cwd=REPO, env=env, capture_output=True, text=True
    )
    assert "counted" in done.stdout, done.stderr[-4_000:]
