"""Where a message ends is told by the server of the office as HTTP says: nothing is smuggled behind it."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress

import pytest

from guanzi.office.serving.starting import SERVER

ENOUGH = 1.5
"""Seconds without a word after which the server has said everything."""
APP = """\
async def application(scope, receive, send):
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": f"[{scope['path']} {body.decode()}]".encode()})
"""


@pytest.fixture(scope="module")
def port(tmp_path_factory):
    """The server that ``guanzi office`` starts, with an application that says what reached it."""
    folder = tmp_path_factory.mktemp("server")
    (folder / "saying.py").write_text(APP, "utf-8")
    with socket.create_server(("127.0.0.1", 0)) as free:
        number = free.getsockname()[1]
    command = [sys.executable, "-m", "granian", *SERVER, "--port", str(number)]
    server = subprocess.Popen([*command, "saying:application"], cwd=folder, env={**os.environ, "PYTHONPATH": "."})
    for _ in range(300):
        with socket.socket() as tried:
            if not tried.connect_ex(("127.0.0.1", number)):
                break
        time.sleep(0.1)
    yield number
    server.terminate()
    server.wait()


def said(port, *messages):
    """What comes back for bytes that are sent as they are."""
    held = b""
    with socket.create_connection(("127.0.0.1", port), timeout=ENOUGH) as to, suppress(TimeoutError):
        to.sendall(b"".join(messages))
        while part := to.recv(65_536):
            held += part
    return held.decode()


def message(path, *heads, body=b""):
    lines = [f"POST {path} HTTP/1.1", "Host: office", *heads]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


INNER = message("/inner", "Content-Length: 0")
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(INNER), INNER)


def test_two_messages_one_after_the_other_are_two(port):
    both = said(port, message("/a", "Content-Length: 2", body=b"hi"), message("/b", "Content-Length: 0"))
    assert both.index("[/a hi]") < both.index("[/b ]")


def test_where_a_message_comes_in_parts_its_length_counts_for_nothing(port):
    whole = said(port, message("/outer", "Content-Length: 4", "Transfer-Encoding: chunked", body=CHUNKED))
    assert "[/inner ]" not in whole
    assert f"[/outer {INNER.decode()}]" in whole or whole.startswith("HTTP/1.1 400")


@pytest.mark.parametrize(
    "heads",
    [
        ("Content-Length: 0", f"Content-Length: {len(INNER)}"),
        (f"Content-Length: 0, {len(INNER)}",),
        ("Content-Length: +0",),
        ("Content-Length: -1",),
        ("Content-Length : 0",),
        ("Transfer-Encoding: chunked, identity",),
        ("Transfer-Encoding: xchunked",),
        (" Content-Length: 0",),
    ],
)
def test_a_message_whose_end_can_be_read_in_two_ways_is_refused(port, heads):
    answer = said(port, message("/outer", *heads, body=INNER))
    assert answer.startswith("HTTP/1.1 400")
    assert "[/" not in answer
