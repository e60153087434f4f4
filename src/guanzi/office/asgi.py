"""The office for a server of ASGI: bodies are received here, so that no thread waits for one that comes slowly.

Django answers in threads of a fixed number (it is asked by WSGI). A thread begins with a request whose body has come
whole, in time and within what its address takes; anything else is refused by
:func:`guanzi.office.pages.guarding.guard`, which is told so, and nothing more of it is read.
"""

from __future__ import annotations

import asyncio
import sys
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from tempfile import SpooledTemporaryFile
from typing import IO, Any
from urllib.parse import unquote_to_bytes

from guanzi.office.wsgi import application as answer

from django.conf import settings  # isort: skip  -- the settings are chosen by the line above

from guanzi.office.bodies import RECEIVED, SMALL, TEXT, TOO_MANY, TOO_SLOW  # isort: skip
from guanzi.office.pages.receiving import length_of, refusal_of  # isort: skip

THREADS = 8
LARGE_AT_ONCE = 2
"""Bodies beyond a text that are worked on at once; more wait on the disk."""
LARGE_COMING = 16
"""Bodies beyond a small one that may be on their way at once."""
LARGE_OF_ONE = 4
"""Of these, bodies of one person."""
PATIENCE = 10.0
"""Seconds that a small body may take."""
SLOWEST = 50_000
"""Bytes a second at which a larger one must come, on the average from its first byte to any other."""
ALONE = "/health/"
"""What has a thread of its own: it answers while all others are busy."""

type Receive = Callable[[], Awaitable[Mapping[str, Any]]]
type Send = Callable[[dict[str, Any]], Awaitable[None]]

_threads = ThreadPoolExecutor(THREADS, "office")
_alone = ThreadPoolExecutor(1, "health")
_large = asyncio.Semaphore(LARGE_AT_ONCE)
_coming = asyncio.Semaphore(LARGE_COMING)
_sending: Counter[int | None] = Counter()
"""Person -> larger bodies of his that are on their way."""


class Gone(Exception):
    """Whoever asked has left before all of it came."""


async def application(scope: Mapping[str, Any], receive: Receive, send: Send) -> None:
    """Answer one request."""
    loop = asyncio.get_running_loop()
    environ = environ_of(scope)
    threads = _alone if scope["path"] == ALONE else _threads
    length = (length_of(environ) or 0) if scope["method"] == "POST" else 0
    with SpooledTemporaryFile(max_size=SMALL, dir=str(settings.DATA)) as body:
        environ["wsgi.input"] = body
        if 0 < length <= SMALL:
            environ[RECEIVED] = await _received(receive, length, body)
        elif length:
            environ[RECEIVED] = await _received_large(receive, environ, body)
        if environ.get(RECEIVED) is Gone:
            return
        body.seek(0)
        if length > TEXT:
            async with _large:
                status, headers, content = await loop.run_in_executor(threads, _answered, environ)
        else:
            status, headers, content = await loop.run_in_executor(threads, _answered, environ)
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": content})


async def _received_large(receive: Receive, environ: Mapping[str, Any], body: IO[bytes]) -> object:
    """Receive a body beyond a small one from somebody who may send it; see :func:`_received`."""
    try:
        why, whose = await asyncio.get_running_loop().run_in_executor(_threads, refusal_of, environ)
    except Exception as error:  # e.g. the database is lost: told by the page of errors
        return error
    if why or _coming.locked() or _sending[whose] >= LARGE_OF_ONE:
        return why or TOO_MANY
    _sending[whose] += 1
    try:
        async with _coming:
            return await _received(receive, length_of(environ) or 0, body)
    finally:
        _sending[whose] -= 1


async def _received(receive: Receive, length: int, body: IO[bytes]) -> object:
    """Receive a body into a file.

    Returns:
        Empty: all of it came; else why not: a word, :class:`Gone`, or the error of a disk that took no more.
    """
    begun = asyncio.get_running_loop().time()
    try:
        async with asyncio.timeout(PATIENCE) as patience:
            more = True
            while more:
                message = await receive()
                if message["type"] != "http.request":
                    return Gone
                body.write(message.get("body", b""))
                patience.reschedule(begun + PATIENCE + body.tell() / SLOWEST)
                more = message.get("more_body", False)
    except TimeoutError:
        return TOO_SLOW
    except OSError as error:
        return error
    return "" if body.tell() >= length else Gone


def _answered(environ: dict[str, Any]) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Status, headers and body of what Django answers."""
    told: list[tuple[str, list[tuple[str, str]]]] = []

    written: list[bytes] = []

    def start(status: str, headers: list[tuple[str, str]], error: object = None, /) -> Callable[[bytes], object]:
        told.append((status, headers))
        return written.append

    found: Iterable[bytes] = answer(environ, start)
    try:
        written += found
    finally:
        if hasattr(found, "close"):
            found.close()
    status, headers = told[-1]
    plain = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers]
    return int(status[:3]), plain, b"".join(written)


def environ_of(scope: Mapping[str, Any]) -> dict[str, Any]:
    """A request as WSGI tells it, without its body.

    A header with an underscore in its name is left out: it would pass for another one, e.g. ``X_Forwarded_For``.
    """
    environ: dict[str, Any] = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": _path_of(scope),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": (scope.get("client") or ("",))[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    host, port = (scope.get("server") or ("localhost", 80))[:2]
    environ |= {"SERVER_NAME": host, "SERVER_PORT": str(port or 0)}
    for raw, value in scope["headers"]:
        name = raw.decode("latin-1").upper()
        if "_" in name:
            continue
        key = name.replace("-", "_")
        key = key if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else f"HTTP_{key}"
        text = value.decode("latin-1")
        environ[key] = f"{environ[key]}{'; ' if key == 'HTTP_COOKIE' else ','}{text}" if key in environ else text
    return environ


def _path_of(scope: Mapping[str, Any]) -> str:
    raw = scope.get("raw_path")
    return (unquote_to_bytes(raw) if raw else scope["path"].encode("utf-8", "surrogateescape")).decode("latin-1")
