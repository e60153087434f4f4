"""What nobody with a name can do to the office: hostile requests of many kinds at once, on this machine alone.

Run it with ``python -m benchmarks.office.hostile``; it rewrites the first part of
``benchmarks/results/office-hostile.md``. A new office
is started as its users start it; every request is bounded in bytes and seconds, and all end by themselves.
"""

from __future__ import annotations

import argparse
import gzip
import os
import platform
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from socket import create_connection, create_server, socket
from tempfile import TemporaryDirectory

from benchmarks.office.serving import Server, office, serving

RESULTS = Path(__file__).parents[1] / "results" / "office-hostile.md"
BY_HAND = "\n# Surfaces attacked one by one\n"
"""Where the part of the page begins that a run leaves as it stands."""
LARGE = 78_000_000
"""Bytes of a body that says that it is large; no more than :data:`SENT` of it are sent to a server that takes them."""
SENT = 80_000_000
PART = 65_536
WAIT = 15.0
"""Seconds after which an answer is waited for no longer."""
AT_ONCE = 24
TOKEN = "a" * 32
"""A key of a form that anybody can make, since it is its own proof."""
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
MULTI = "multipart/form-data; boundary=x"

type Bytes = Iterator[bytes | float]
"""What is sent, part by part; a number: so many seconds are waited before the next."""


def head(method: str, path: str, *lines: str) -> bytes:
    """The head of a request."""
    return "\r\n".join((f"{method} {path} HTTP/1.1", "Host: localhost", *lines, "", "")).encode("latin-1")


def body(path: str, kind: str, content: bytes, *lines: str, method: str = "POST") -> bytes:
    """A request with a body that comes whole."""
    return head(method, path, f"Content-Type: {kind}", f"Content-Length: {len(content)}", *lines) + content


def large(path: str, kind: str, piece: bytes, *lines: str) -> Bytes:
    """A request with a body of :data:`LARGE` bytes."""
    yield head("POST", path, f"Content-Type: {kind}", f"Content-Length: {LARGE}", *lines)
    part = piece * (PART // len(piece))
    for _ in range(LARGE // len(part) + 1):
        yield part


def endless(path: str) -> Bytes:
    """Chunks without an end."""
    yield head("POST", path, f"Content-Type: {FORM}", "Transfer-Encoding: chunked")
    for _ in range(SENT // PART):
        yield b"%x\r\n%s\r\n" % (PART, b"a" * PART)


def slowly(first: bytes, times: int, seconds: float) -> Bytes:
    """A beginning, then a byte now and then."""
    yield first
    for _ in range(times):
        yield seconds
        yield b"a"


def parts(number: int, heads: str = "", *, files: bool = False) -> bytes:
    """A body of so many parts."""
    name = 'name="f"; filename="f.txt"' if files else 'name="f"'
    return f"--x\r\nContent-Disposition: form-data; {name}\r\n{heads}\r\n\r\n".encode() * number + b"--x--\r\n"


def once(*requests: bytes) -> Bytes:
    """Requests that are sent as they are."""
    yield from requests


KINDS: Mapping[str, Callable[[int], Bytes]] = {
    "a form of 78 MB, all of it escaped": lambda n: large(PAGES[n % len(PAGES)], FORM, b"%41"),
    "a form of 78 MB in millions of fields": lambda n: large(PAGES[n % len(PAGES)], FORM, b"a=&"),
    "a small form of 20,000 fields": lambda n: once(body("/enter/", FORM, b"a=&" * 20_000)),
    "a form of 78 MB in parts": lambda n: large("/do/evidence.upload/", MULTI, parts(1)),
    "a small form of a thousand parts": lambda n: once(body("/language/", MULTI, parts(1_000))),
    "a small form of a thousand files": lambda n: once(body("/enter/", MULTI, parts(900, files=True))),
    "parts with heads without an end": lambda n: once(body("/enter/", MULTI, parts(1, "X: " + "a" * 60_000))),
    "chunks without an end": lambda n: endless(PAGES[n % len(PAGES)]),
    "JSON 30,000 levels deep": lambda n: once(body("/api/actions/case.open", JSON, b"[" * 30_000 + b"]" * 30_000)),
    "JSON of 78 MB": lambda n: large("/api/actions/evidence.upload", JSON, b"[],", "Authorization: Bearer gz_x"),
    "a head of a megabyte": lambda n: once(head("GET", "/enter/", *("X-A: " + "a" * 10_000,) * 100)),
    "a cookie of 60 kB": lambda n: once(head("GET", "/", f"Cookie: {'; '.join(f'c{i}=xxxxx' for i in range(4_500))}")),
    "a question of 60 kB": lambda n: once(head("GET", "/enter/?" + "a=1&" * 15_000)),
    "a compressed body that swells": lambda n: once(
        body("/enter/", FORM, gzip.compress(b"a" * 10_000_000), "Content-Encoding: gzip")
    ),
    "a body that is half sent": lambda n: slowly(head("POST", "/enter/", "Content-Length: 5000") + b"a", 1, 5.0),
    "asks first, then sends 78 MB": lambda n: large("/leave/", FORM, b"a=b", "Expect: 100-continue"),
    "HTTP/2": lambda n: once(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + b"\0\0\0\4\0\0\0\0\0" * 1_000),
    "a thousand ranges of a file": lambda n: once(
        head("GET", "/static/django_htmx/htmx-2.min.js", "Range: bytes=" + ",".join(f"{i}-" for i in range(1_000)))
    ),
    "other methods with a body": lambda n: once(
        body("/enter/", FORM, b"a" * 50_000, method=("HEAD", "OPTIONS", "TRACE", "PUT", "PATCH", "DELETE")[n % 6])
    ),
    "a path of 8 kB": lambda n: once(head("GET", "/cases/" + "a/" * 4_000)),
    "bytes that are no text": lambda n: once(
        body("/enter/?next=%00%ff", FORM, b"username=%00\xff\xed\xa0\x80&password=\0"), head("GET", "/%00%ff%c0%ae/")
    ),
    "a body a byte at a time": lambda n: slowly(head("POST", PAGES[n % len(PAGES)], "Content-Length: 60000"), 24, 0.5),
    "a head a byte at a time": lambda n: slowly(b"GET / HTTP/1.1\r\nHost: ", 24, 0.5),
    "a hundred requests at once": lambda n: once(head("GET", "/enter/") * 100),
    "wrong passwords": lambda n: once(
        body("/enter/", FORM, f"username=u{n}&password={'p' * 900}".encode(),
             f"Cookie: csrftoken={TOKEN}", f"X-CSRFToken: {TOKEN}")
    ),
    "two lengths": lambda n: once(head("POST", "/enter/", "Content-Length: 5", "Content-Length: 50000") + b"hello"),
}  # fmt: skip
"""Kind -> what is sent the n-th time."""
PAGES: tuple[str, ...] = ("/enter/", "/leave/", "/language/", "/health/", "/do/case.open/", "/nothing/", "/api/me")


@dataclass
class Watch:
    """What was seen while the requests came: megabytes, and seconds until ``/health/`` answered."""

    memory: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    failed: int = 0


def send(port: int, what: Bytes) -> str:
    """Send a request as it is: the status of the answer, or how it ended."""
    with create_connection(("127.0.0.1", port), timeout=WAIT) as to:
        with suppress(OSError):
            for part in what:
                if isinstance(part, bytes):
                    to.sendall(part)
                else:
                    time.sleep(part)
        return _answer(to)


def _answer(to: socket) -> str:
    held = b""
    with suppress(OSError):
        while len(held) < 12 and (part := to.recv(PART)):
            held += part
    return held[9:12].decode("latin-1") if held.startswith(b"HTTP/") else "closed"


@contextmanager
def watching(server: Server) -> Iterator[Watch]:
    """Look at memory five times a second, and ask for ``/health/`` twice a second."""
    watch, over = Watch(), threading.Event()

    def look() -> None:
        while not over.wait(0.2):
            watch.memory.append(server.memory())

    def ask() -> None:
        while not over.wait(0.5):
            begun = time.monotonic()
            try:
                connection = HTTPConnection("127.0.0.1", server.port, timeout=60)
                connection.request("GET", "/health/")
                watch.failed += connection.getresponse().status != 200
                connection.close()
            except (OSError, HTTPException):
                watch.failed += 1
            watch.health.append(time.monotonic() - begun)

    threads = [threading.Thread(target=one) for one in (look, ask)]
    for thread in threads:
        thread.start()
    try:
        yield watch
    finally:
        over.set()
        for thread in threads:
            thread.join()


def storm(server: Server, number: int) -> tuple[Watch, dict[str, Counter[str]]]:
    """So many requests, of all kinds in turn, many at once: what was seen, and the answers by kind."""
    kinds = list(KINDS.items())
    asked = [kinds[n % len(kinds)][0] for n in range(number)]
    with watching(server) as watch, ThreadPoolExecutor(AT_ONCE) as crowd:
        answers = list(crowd.map(lambda n: send(server.port, KINDS[asked[n]](n // len(kinds))), range(number)))
    found: dict[str, Counter[str]] = {name: Counter() for name in dict.fromkeys(asked)}
    for name, answer in zip(asked, answers, strict=True):
        found[name][answer] += 1
    return watch, found


def half_sent(server: Server, number: int, seconds: float) -> Watch:
    """So many bodies that are begun and not ended."""
    opened = [create_connection(("127.0.0.1", server.port)) for _ in range(number)]
    try:
        for to in opened:
            to.sendall(head("POST", "/enter/", f"Content-Type: {FORM}", "Content-Length: 5000") + b"a=")
        with watching(server) as watch:
            time.sleep(seconds)
        return watch
    finally:
        for to in opened:
            to.close()


def main() -> None:
    """Measure, and write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--requests", type=int, default=520)
    asked = parser.parse_args()
    with TemporaryDirectory() as folder:
        words = ["begin", "city", "--name", "City", "--admin", "ada", "--data", folder]
        subprocess.run([sys.executable, "-m", "guanzi", "office", *words], check=True, stdout=subprocess.DEVNULL)
        with create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        command, env = office(Path(folder), port)
        with serving(command, port, env, "/health/") as server:
            time.sleep(10)
            before, load = server.memory(), os.getloadavg()[0]
            begun = time.monotonic()
            watch, found = storm(server, asked.requests)
            took = time.monotonic() - begun
            bodies = {number: half_sent(server, number, 9.0) for number in (8, 200)}
            time.sleep(5)
            after = server.memory()
    written = RESULTS.read_text("utf-8").partition(BY_HAND) if RESULTS.exists() else ("", "", "")
    RESULTS.write_text(report((before, after, took, load), watch, found, bodies) + "".join(written[1:]), "utf-8")
    print(RESULTS.read_text("utf-8"))


def report(
    measured: tuple[float, float, float, float],
    watch: Watch,
    found: Mapping[str, Counter[str]],
    bodies: Mapping[int, Watch],
) -> str:
    """What was found, as a page."""
    before, after, took, load = measured
    number = sum(sum(one.values()) for one in found.values())
    failed = sum(n for one in found.values() for status, n in one.items() if status.startswith("5"))
    lines = [
        "# Hostile requests by nobody known",
        "",
        f"{number} requests of {len(found)} kinds, {AT_ONCE} at once, to one office on this machine, in {took:.0f} s "
        f"(`python -m benchmarks.office.hostile`; {os.cpu_count()} processors, Python {platform.python_version()}, "
        f"load when it began {load:.1f}). Memory is that of the launcher, the server and the worker together.",
        "",
        "| what | measured |",
        "|---|---|",
        f"| memory before | {before:.0f} MB |",
        f"| memory at most | {max(watch.memory):.0f} MB |",
        f"| memory afterwards | {after:.0f} MB |",
        f"| `/health/` asked | {len(watch.health)} times, {watch.failed} without 200 |",
        f"| `/health/`, median | {sorted(watch.health)[len(watch.health) // 2] * 1000:.0f} ms |",
        f"| `/health/`, slowest | {max(watch.health) * 1000:.0f} ms |",
        f"| answers of 5xx | {failed} |",
        *(
            f"| `/health/` while {n} bodies are half sent, slowest | {max(one.health) * 1000:.0f} ms |"
            for n, one in bodies.items()
        ),
        "",
        "| kind | answers |",
        "|---|---|",
        *(
            f"| {name} | {', '.join(f'{status}: {n}' for status, n in sorted(counted.items()))} |"
            for name, counted in found.items()
        ),
        "",
        "*closed*: the server ended the connection, or did so before its answer could be read.",
        "",
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
