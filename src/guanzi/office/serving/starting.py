"""Starting the office: a server of pages and a worker for what takes long, ended together."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from types import FrameType

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.serving.abandoned import end_abandoned

BEHIND = 10
"""How far the worker stands behind the server where both want the processor."""


def require_free(host: str, port: int) -> None:
    """See that pages can be served there.

    Raises:
        InvalidInput: Somebody else serves there already, or the machine has no such address.
    """
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family):
            pass
    except OSError as error:
        mend = Message.of("office.refused.port.mend")
        cause = Message.of("office.refused.port", host=host, port=str(port))
        raise InvalidInput(Problem(cause, Place("--port"), mend, excerpt=error.strerror or "")) from error


def serve(host: str, port: int, threads: int = 8) -> int:
    """Serve until a signal comes; the folder is prepared.

    Returns:
        Exit code.
    """
    end_abandoned()
    worker = subprocess.Popen(
        [sys.executable, "-m", "django", "db_worker", "--queue-name", "default"], env=dict(os.environ)
    )
    if hasattr(os, "setpriority"):  # what is computed gives way to pages
        os.setpriority(os.PRIO_PROCESS, worker.pid, BEHIND)
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            "--host",
            host,
            "--port",
            str(port),
            "--workers",
            "1",
            "--blocking-threads",
            str(threads),
            "--no-access-log",
            "--log-level",
            "warning",
            "guanzi.office.wsgi:application",
        ],
        env=dict(os.environ),
    )

    def end(signum: int, frame: FrameType | None) -> None:
        for process in (server, worker):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    code = server.wait()
    if worker.poll() is None:
        worker.terminate()
    worker.wait()
    return 0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else 2
