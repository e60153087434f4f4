"""Twenty people at once, each with a connection of his own: asks for pages, waits, asks again; a process of its own.

What to do is read from standard input as JSON, and what was found is written to standard output: seconds by page, what
failed, and the processor's time that the crowd itself took. It takes the pages as they come and looks at nothing but
their status; a browser would load the stylesheet once and keep it.
"""

from __future__ import annotations

import json
import random
import re
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urlencode

_TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="([^"]+)"')
ACTION = "a remark written"
"""What people do at times, among the pages."""
_ACTS = 0.15
"""How often after a page."""
_WAIT = 60.0
"""Seconds after which a page counts as failed."""


@dataclass
class Visitor:
    """Somebody with a connection that is kept, and his cookies."""

    port: int
    name: str
    cookies: dict[str, str] = field(default_factory=dict)
    connection: HTTPConnection | None = None
    token: str = ""
    acted: list[str] = field(default_factory=list)

    def ask(
        self,
        address: str,
        form: Mapping[str, str] | None = None,
        *,
        htmx: bool = False,
        headers: Mapping[str, str] | None = None,
    ) -> tuple[int, str]:
        """Ask for a page, or send a form: status and text; the newest token against forged forms is kept."""
        for last in (False, True):  # the server may have closed the connection that was kept
            if self.connection is None:
                self.connection = HTTPConnection("127.0.0.1", self.port, timeout=_WAIT)
            sent = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            sent |= dict(headers or {}) | ({"HX-Request": "true"} if htmx else {})
            body = None
            if form is not None:
                body = urlencode(form)
                sent |= {"Content-Type": "application/x-www-form-urlencoded"}
                sent |= {"Referer": f"http://127.0.0.1:{self.port}{address}"}
            try:
                self.connection.request("POST" if form is not None else "GET", address, body, sent)
                answer = self.connection.getresponse()
                text = answer.read().decode("utf-8", errors="replace")
            except (HTTPException, OSError):
                self.connection.close()
                self.connection = None
                if last:
                    return 0, ""
                continue
            for told in answer.headers.get_all("Set-Cookie") or ():
                name, _, value = told.partition(";")[0].partition("=")
                self.cookies[name] = value
            if found := _TOKEN.search(text):
                self.token = found.group(1)
            return answer.status, text
        return 0, ""

    def enter(self, address: str, password: str) -> None:
        """Enter by the form of the site.

        Raises:
            RuntimeError: It lets nobody in.
        """
        self.ask(address)
        form = {"csrfmiddlewaretoken": self.token, "username": self.name, "password": password}
        status, _ = self.ask(address, form)
        if status != 302:
            raise RuntimeError(f"{self.name} is not let in: {status}")


@dataclass(frozen=True, slots=True)
class Plan:
    """What a crowd does.

    Attributes:
        pages: Name, weight, addresses of which one is chosen, and the part of a page that is loaded after it.
        pause: Seconds between two pages of one person, on the average.
        seconds: How long it is measured, after ``warm`` seconds.
        acts: Begin of the keys of actions: at times somebody opens a discussion; empty: nobody acts.
    """

    port: int
    enter: str
    password: str
    people: Sequence[str]
    pages: Sequence[tuple[str, float, Sequence[str], str]]
    links: Mapping[str, Mapping[str, Sequence[str]]]
    pause: float
    warm: float
    seconds: float
    acts: str = ""


def run(plan: Plan) -> dict[str, object]:
    """Let everybody loose, and gather what was found."""
    visitors = [Visitor(plan.port, name) for name in plan.people]
    for one in visitors:
        one.enter(plan.enter, plan.password)
    begin = time.monotonic() + 0.2
    lists: list[list[tuple[str, float, int, float]]] = [[] for _ in visitors]
    threads = [threading.Thread(target=_live, args=(one, n, plan, begin, lists[n])) for n, one in enumerate(visitors)]
    for thread in threads:
        thread.start()
    time.sleep(max(0.0, begin + plan.warm - time.monotonic()))
    own = time.process_time()
    for thread in threads:
        thread.join()
    took: dict[str, list[float]] = {}
    failed: dict[str, int] = {}
    for name, asked, status, seconds in (row for rows in lists for row in rows):
        if asked < begin + plan.warm or asked + seconds > begin + plan.warm + plan.seconds:
            continue
        took.setdefault(name, []).append(seconds)
        if status != 200:
            failed[name] = failed.get(name, 0) + 1
    acted = [key for one in visitors for key in one.acted]
    return {
        "took": took,
        "failed": failed,
        "own_cpu": time.process_time() - own,
        "seconds": plan.seconds,
        "acted": acted,
    }


def _live(one: Visitor, n: int, plan: Plan, begin: float, rows: list[tuple[str, float, int, float]]) -> None:
    chance = random.Random(n)
    end = begin + plan.warm + plan.seconds
    own = plan.links.get(one.name, {})
    pages = [(name, weight, own.get(name, some), part) for name, weight, some, part in plan.pages]
    pages = [page for page in pages if page[2]]
    weights = [weight for _, weight, _, _ in pages]
    time.sleep(begin - time.monotonic() + chance.random() * plan.pause)
    while time.monotonic() < end:
        name, _, addresses, part = chance.choices(pages, weights)[0]
        rows.append((name, *_timed(one, chance.choice(addresses))))
        if part:
            rows.append((f"{name}: {part}", *_timed(one, part, htmx=True)))
        if plan.acts and chance.random() < _ACTS and own.get("case"):
            rows.append((ACTION, *_act(one, chance.choice(own["case"]), f"{plan.acts}-{one.name}-{len(rows)}")))
        if plan.pause:
            time.sleep(chance.uniform(0.5, 1.5) * plan.pause)


def _act(one: Visitor, case: str, key: str) -> tuple[float, int, float]:
    """Open a discussion in a case; the key is kept once the office has confirmed it."""
    asked, form = time.monotonic(), {"csrfmiddlewaretoken": one.token, "key": key, "text": "Asked in the crowd."}
    status, _ = one.ask("/do/discussion.open/", form | {"case": case.strip("/").rpartition("/")[2], "next": case})
    if status == 302:
        one.acted.append(key)
    return asked, 200 if status == 302 else status, time.monotonic() - asked


def _timed(one: Visitor, address: str, *, htmx: bool = False) -> tuple[float, int, float]:
    asked = time.monotonic()
    status, _ = one.ask(address, htmx=htmx)
    return asked, status, time.monotonic() - asked


if __name__ == "__main__":
    json.dump(run(Plan(**json.load(sys.stdin))), sys.stdout)
