"""Starting the office: a server of pages, a worker for what takes long and a sender of notices, ended together."""

from __future__ import annotations

import logging
import os
import resource
import secrets
import signal
import socket
import subprocess
from ipaddress import ip_address
from types import FrameType

from django.conf import settings
from django.db import connection

from guanzi.base.core import InvalidInput, Message, Place, Problem
from guanzi.office.auditlog.secretfile import write_once
from guanzi.office.cases.folders import clear_folders
from guanzi.office.faults import fault_of
from guanzi.office.serving.abandoned import end_abandoned
from guanzi.office.serving.child import start

BEHIND = 10
"""How far the helpers stand behind the server where both want the processor."""
LOOK = 3.0
"""Seconds between two looks at whether the helpers still work."""
WORKER = "worker"
"""File with the id of the worker, by which it knows its own work again."""
CONNECTIONS = 2_000
"""Connections that are held at once; with more the server takes in no further ones until some end."""
FILES = 4_096
"""Open files of a process, where the machine allows so many."""
SERVER = (
    *("--interface", "asginl", "--http", "1", "--no-ws", "--workers", "1", "--no-access-log", "--log-level", "error"),
    *("--http1-header-read-timeout", "10000", "--http1-buffer-size", "65536"),
    *("--backlog", str(CONNECTIONS), "--backpressure", str(CONNECTIONS)),
)
"""Words for the server: HTTP/1.1 alone, as a server in front speaks it; heads of 64 kB, within ten seconds."""
_logger = logging.getLogger("guanzi.office")


def require_free(host: str, port: int) -> None:
    """See that pages can be served there.

    Raises:
        InvalidInput: Somebody else serves there already, or the machine has no such address; or others reach it, and
            no server was declared that stands in front.
    """
    if not (is_loopback(host) or settings.BEHIND_PROXY):
        id = "office.refused.no_proxy"
        raise InvalidInput(Problem(Message.of(id, host=host), Place("--host"), Message.of(f"{id}.mend")))
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        with socket.create_server((host, port), family=family):
            pass
    except OSError as error:
        fix = Message.of("office.refused.port.mend")
        cause = Message.of("office.refused.port", host=host, port=str(port))
        raise InvalidInput(Problem(cause, Place("--port"), fix, excerpt=error.strerror or "")) from error


def is_loopback(host: str) -> bool:
    """Whether only the machine itself reaches an address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def serve(host: str, port: int) -> int:
    """Serve until a signal comes; the folder is prepared.

    Returns:
        Exit code.
    """
    _allow_files()
    clear_folders()
    makers = {"worker": _new_worker, "sender of notices": _new_sender}
    helpers = {name: make() for name, make in makers.items()}
    server = start("granian", *SERVER, "--host", host, "--port", str(port), "guanzi.office.asgi:application")

    ending = False

    def end(signum: int, frame: FrameType | None) -> None:
        nonlocal ending
        ending = True
        for process in (server, *helpers.values()):
            if process.poll() is None:
                process.send_signal(signal.SIGTERM)

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    while (code := _code_of(server)) is None:
        for name, helper in helpers.items():
            if helper.poll() is None or ending:
                continue
            _logger.error("the %s ended with %s, and is started again", name, helper.returncode)
            try:  # the database was lost, or somebody killed it
                helpers[name] = makers[name]()
            except Exception as error:
                if fault_of(error) is None:
                    raise
    for helper in helpers.values():
        if helper.poll() is None:
            helper.terminate()
        helper.wait()
    return 0 if code in (0, -signal.SIGTERM, -signal.SIGINT) else 2


def _allow_files() -> None:
    """Let this process and those that it starts hold a connection and more for each of :data:`CONNECTIONS`."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = FILES if hard == resource.RLIM_INFINITY else min(FILES, hard)
    if soft != resource.RLIM_INFINITY and soft < most:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))


def _new_worker() -> subprocess.Popen[bytes]:
    """A worker for what takes long; what the one before it left half done is ended."""
    write_once(settings.DATA / WORKER, f"guanzi-{secrets.token_hex(8)}\n")
    name = (settings.DATA / WORKER).read_text("utf-8").strip()
    try:
        end_abandoned(name)
    finally:
        connection.close()
    return _behind(start("django", "db_worker", "--queue-name", "default", "--worker-id", name))


def _new_sender() -> subprocess.Popen[bytes]:
    """A process that tells people what waits."""
    return _behind(start("guanzi.office.serving.notifying"))


def _behind(helper: subprocess.Popen[bytes]) -> subprocess.Popen[bytes]:
    """Let a process give way to pages."""
    if hasattr(os, "setpriority"):
        os.setpriority(os.PRIO_PROCESS, helper.pid, BEHIND)
    return helper


def _code_of(server: subprocess.Popen[bytes]) -> int | None:
    """How the server ended; None where it serves after some seconds."""
    try:
        return server.wait(LOOK)
    except subprocess.TimeoutExpired:
        return None
