"""A process that ends with the one that started it, however that ends.

``python -m guanzi.office.serving.child MODULE WORDS…`` runs a module as ``python -m MODULE WORDS…`` would. Its standard
input is a pipe whose other end only the launcher holds: once it is closed, by a signal that nobody can catch too, the
process is asked to end, and after :data:`GRACE` seconds it is killed with everything that it started.
"""

from __future__ import annotations

import os
import runpy
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from threading import Thread

ARENAS = {"MALLOC_ARENA_MAX": "2"}
"""Threads of a process share two arenas of memory; with one each, that of the server kept growing."""
GRACE = 10.0
"""Seconds from the end of the launcher to that of a process which does not end by itself."""


def start(module: str, *words: str) -> subprocess.Popen[bytes]:
    """Start a module as such a process, in a process group of its own."""
    command = [sys.executable, "-m", __name__, module, *words]
    return subprocess.Popen(command, env=ARENAS | dict(os.environ), stdin=subprocess.PIPE, process_group=0)


def _watch(pipe: int) -> None:
    """End this process once the launcher is gone."""
    while os.read(pipe, 1):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.killpg(0, signal.SIGKILL)


def main(words: Sequence[str]) -> None:
    """Run the module that is named first, with the words after it."""
    Thread(target=_watch, args=(0,), name="launcher", daemon=True).start()
    sys.argv[:] = words
    runpy.run_module(words[0], run_name="__main__", alter_sys=True)


if __name__ == "__main__":
    main(sys.argv[1:])
