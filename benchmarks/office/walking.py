"""People who walk through all pages of the office: a process of its own, a thread for each of them.

What to do is read from standard input as JSON, and what was found is written to standard output. Pages are found as a
browser finds them: by the links of pages that were read, from the routes without parameters on. So whatever page is
added later is walked, too, and a link that leads nowhere is told. Each of them takes one route after another, whichever
he has taken least often, and of it any address that he knows. Every twelfth time or so he sends a form that he has
seen.
"""

from __future__ import annotations

import json
import random
import re
import sys
import threading
import time
from collections import Counter, deque
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Any
from urllib.parse import quote, urljoin

from benchmarks.office.crowd import Visitor

FORMS = 12
"""A form is sent this often: once in so many steps."""
_KNOWN = 120
"""Addresses of a route that a visitor remembers."""
_SILENT = 3
"""So many requests without an answer in a row, and a visitor goes home."""
_LEFT_OUT = ("leave/", "do/")
"""Routes that are not read: what ends the session, and what only forms are sent to."""
_WRITTEN = re.compile(r"api/actions/|/check/$|/simulate/$")
"""Routes that take only what is sent."""
_GIVEN = {"file": ("case.yaml",), "lang": ("en", "zh")}
"""Parameters that no page links."""
_PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")
_FILLED: Mapping[str, Mapping[str, Sequence[str]]] = {
    "vote.cast": {"vote": ("back", "decline", "back_with_conditions"), "reason": ("Read, and found so.",)},
    "evidence.add_source": {"publisher": ("Bureau",), "title": ("Letter of the bureau",), "grade": ("B",)},
    "evidence.add_fact": {"name": ("orders", "patents"), "value": ("120", "340"), "period": ("2019", "2018")},
    "panel.judge": {"low": ("1000",), "mode": ("3000",), "high": ("9000",), "reason": ("By the orders.",)},
    "streams.begin": {},
    "streams.sign": {"opinion": ("Read and found sound on what is known.",)},
    "interest.declare": {"has_interest": ("false",)},
    "person.choose_language": {"language": ("en", "zh")},
    "warning.answer": {"words": ("It was looked into.",)},
    "watch.look": {},
    "milestone.report": {"words": ("It was reached.",)},
    "sheet.approve": {},
    "money.stake": {},
}
"""Forms that are sent where a page shows them, with what is filled in; a refusal is an answer like others."""


@dataclass
class FormSeen:
    """A form of a page: where it goes, and its fields as the page holds them."""

    target: str
    fields: dict[str, str] = field(default_factory=dict)


class PageRead(HTMLParser):
    """Links and forms of a page."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[FormSeen] = []
        self._select = self._text = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A link, a form or one of its fields."""
        held = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append(FormSeen(held.get("action", "")))
        for name in ("href", "hx-get", "src"):
            if name in held:
                self.links.append(held[name])
        name = held.get("name", "")
        if not self.forms or not (name or tag == "option"):
            return
        fields = self.forms[-1].fields
        if tag == "input" and held.get("type") not in ("file", "checkbox") and name not in fields:
            fields[name] = held.get("value", "")
        elif tag == "select":
            self._select = name
            fields[name] = ""
        elif tag == "option" and self._select and (not fields[self._select] or "selected" in held):
            fields[self._select] = held.get("value", "")
        elif tag == "textarea":
            self._text = name
            fields[name] = ""

    def handle_data(self, data: str) -> None:
        """What stands in a field of several lines."""
        if self._text and self.forms:
            self.forms[-1].fields[self._text] += data

    def handle_endtag(self, tag: str) -> None:
        """The end of a field."""
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._text = ""


class Routes:
    """The routes of the office, to which addresses belong."""

    def __init__(self, routes: Sequence[str]) -> None:
        self.read = [one for one in routes if one not in _LEFT_OUT and not one.startswith("do/")]
        self.read = [one for one in self.read if not _WRITTEN.search(one)]
        self._patterns = [(one, re.compile("/" + _pattern(one) + r"(\?.*)?")) for one in self.read]

    def of(self, address: str) -> str | None:
        """The route of an address; None: it is none of the office that is read."""
        return next((route for route, pattern in self._patterns if pattern.fullmatch(address)), None)


def _pattern(route: str) -> str:
    parts = re.split(r"<[^>]+>", route)
    kinds = [
        ("[0-9]+" if "int:" in one else ".+" if "path:" in one else "[^/]+") for one in re.findall(r"<[^>]+>", route)
    ]
    return "".join(re.escape(part) + kind for part, kind in zip(parts, [*kinds, ""], strict=True))


@dataclass
class Walker:
    """Somebody who walks: what he knows of the office, and what he found."""

    visitor: Visitor
    routes: Routes
    token: str
    chance: random.Random
    known: dict[str, list[str]] = field(default_factory=dict)
    values: dict[str, set[str]] = field(default_factory=dict)
    taken: Counter[str] = field(default_factory=Counter)
    forms: dict[str, deque[FormSeen]] = field(default_factory=dict)
    sheet: tuple[str, str] | None = None
    rows: list[tuple[str, float, float, int, int]] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    @property
    def alone(self) -> bool:
        """Whether nobody answers any more."""
        return len(self.rows) >= _SILENT and all(row[3] == 0 for row in self.rows[-_SILENT:])

    def begin(self) -> None:
        """Know the routes without parameters."""
        self.values = {name: set(some) for name, some in _GIVEN.items()}
        for route in self.routes.read:
            if "<" not in route:
                self.known[route] = [f"/{route}"]

    def step(self) -> None:
        """Read a page, or send a form."""
        if self.chance.random() < 1 / FORMS and self._send():
            return
        route = min(self.known, key=lambda one: (self.taken[one], self.chance.random()))
        self.taken[route] += 1
        address = self.chance.choice(self.known[route])
        status, text = self._ask(route, address)
        if status == 200 and text[:1] in "[{":
            self._learn_data(json.loads(text))
        elif status == 200 and "<html" in text[:300]:
            self._learn(address, text)
        self._fill()

    def _ask(
        self, route: str, address: str, form: Mapping[str, str] | None = None, *, htmx: bool = False
    ) -> tuple[int, str]:
        begun = time.time()
        timer = time.monotonic()
        headers = {"Authorization": f"Bearer {self.token}"} if route.startswith("api/") else None
        status, text = self.visitor.ask(address, form, htmx=htmx, headers=headers)
        self.rows.append((route, begun, time.monotonic() - timer, status, len(text)))
        if (status == 0 or status >= 500) and len(self.failed) < 20:
            self.failed.append(f"{status} {address} ({self.visitor.name}): {' '.join(text[:200].split())}")
        return status, text

    def _learn(self, address: str, text: str) -> None:
        page = PageRead(text)
        for link in page.links:
            found = urljoin(address, link).partition("#")[0]
            if not found.startswith("/"):
                continue
            route = self.routes.of(found)
            if route is not None:
                self._know(route, found)
        for form in page.forms:
            action = form.target.removeprefix("/do/").rstrip("/")
            if action in _FILLED:
                self.forms.setdefault(action, deque(maxlen=5)).append(form)
            if action == "sheet.save":
                self.sheet = (address.partition("?")[0], form.fields.get("text", ""))

    def _learn_data(self, data: Any) -> None:
        """Values of data under names that are parameters of routes."""
        if isinstance(data, dict):
            for name, value in data.items():
                if name == "case" and isinstance(value, str):
                    self.values.setdefault(name, set()).add(value)
                self._learn_data(value)
        elif isinstance(data, list):
            for value in data:
                self._learn_data(value)

    def _know(self, route: str, address: str) -> None:
        if address.startswith("/cases/") and "<slug:slug>" in route:
            self.values.setdefault("slug", set()).add(address.split("/")[2])
        known = self.known.setdefault(route, [])
        if address in known:
            return
        if len(known) < _KNOWN:
            known.append(address)
        else:
            known[self.chance.randrange(_KNOWN)] = address

    def _fill(self) -> None:
        """Addresses of routes that no page links, where a value of each parameter is known."""
        for route in self.routes.read:
            names = _PARAMETER.findall(route)
            linked = route in self.known or len(names) > 1
            own = route.startswith("api/") or not linked
            if names and own and all(self.values.get(name) for name in names):
                text = re.sub(r"<[^>]+>", "{}", route)
                some = [quote(self.chance.choice(sorted(self.values[name]))) for name in names]
                self._know(route, "/" + text.format(*some))

    def _send(self) -> bool:
        """Send a form that was seen, or a changed text of a term sheet to be checked."""
        choices = [name for name, forms in self.forms.items() if forms]
        if self.sheet is not None and (not choices or self.chance.random() < 0.4):
            address, text = self.sheet
            what = "simulate/" if self.chance.random() < 0.1 else "check/"
            own = {"text": text + f"# {self.chance.random()}\n", "csrfmiddlewaretoken": self.visitor.token}
            _, part = self._ask(f"POST cases/<slug:slug>/terms/<str:name>/{what}", address + what, own, htmx=True)
            self._learn(address, part)
            return True
        if not choices:
            return False
        action = self.chance.choice(choices)
        form = self.forms[action].popleft()
        given = {name: self.chance.choice(some) for name, some in _FILLED[action].items()}
        self._ask(f"POST do/{action}/", form.target, form.fields | given)
        return True


def walk(plan: Mapping[str, Any]) -> dict[str, Any]:
    """Let everybody walk, and gather what was found."""
    routes = Routes(plan["routes"])
    walkers = [
        Walker(Visitor(plan["port"], name), routes, token, random.Random(name))
        for name, token in plan["tokens"].items()
    ]
    for one in walkers:
        one.visitor.enter("/enter/", plan["password"])
        one.begin()
    end = time.monotonic() + plan["seconds"]
    threads = [threading.Thread(target=_walk, args=(one, plan["pause"], end)) for one in walkers]
    threads.append(threading.Thread(target=_appraise, args=(plan, end)))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {
        "rows": [row for one in walkers for row in one.rows],
        "failed": [text for one in walkers for text in one.failed][:40],
        "unread": sorted(set(routes.read) - {row[0] for one in walkers for row in one.rows}),
        "asked": ASKED,
    }


ASKED: list[int] = []
"""How requests for appraisals were answered."""


def _walk(one: Walker, pause: float, end: float) -> None:
    time.sleep(one.chance.random() * pause)
    while time.monotonic() < end and not one.alone:
        one.step()
        time.sleep(min(one.chance.uniform(0.5, 1.5) * pause, max(0.0, end - time.monotonic())))


def _appraise(plan: Mapping[str, Any], end: float) -> None:
    """Somebody asks for an appraisal at a steady rate."""
    one, chance = Visitor(plan["port"], plan["appraiser"]), random.Random(0)
    one.enter("/enter/", plan["password"])
    slugs: list[str] = []
    while time.monotonic() < end:
        begun = time.monotonic()
        if not slugs:
            _, text = one.ask("/cases/")
            slugs = sorted(set(re.findall(r'href="/cases/([a-z0-9-]+)/"', text)))
            chance.shuffle(slugs)
        status = 0
        if slugs:
            slug = slugs.pop()
            address = f"/cases/{slug}/findings/"
            _, text = one.ask(address)
            form = {"csrfmiddlewaretoken": one.token, "case": slug, "paths": str(plan["paths"]), "next": address}
            status, _ = one.ask("/do/appraisal.ask/", form)
        ASKED.append(status)
        time.sleep(max(0.0, min(begun + plan["every"], end) - time.monotonic()))


if __name__ == "__main__":
    json.dump(walk(json.load(sys.stdin)), sys.stdout)
