"""Processes of their own, for tests of many who write at once."""

import os
import subprocess
import sys
import traceback
from pathlib import Path

REPO = Path(__file__).parents[2]


def forked(work):
    """A process of its own that does something, and shares no connection; its number."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        try:
            work()
            os._exit(0)
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(1)
    return child


def run_apart(module, folder, numbers, address=""):
    """Run a module of these tests in a process of its own, on an office of its own; what it prints.

    Args:
        module: Name of the module.
        folder: The folder of the office.
        numbers: What it is asked.
        address: Of the database; empty: the office's own.
    """
    env = dict(os.environ) | {"GUANZI_OFFICE_DATA": str(folder), "PYTHONPATH": f"{REPO / 'src'}:{REPO}"}
    env |= {"DATABASE_URL": address, "DJANGO_SETTINGS_MODULE": "guanzi.office.settings"}
    command = [sys.executable, "-m", f"tests.office.{module}", *map(str, numbers)]
    done = subprocess.run(command, cwd=REPO, env=env, capture_output=True, text=True, timeout=3_600)
    assert done.returncode == 0, done.stderr[-4_000:]
    return done.stdout
