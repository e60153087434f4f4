"""Whatever stands in an address is answered, or there is no such page: never an error of the server."""

import math
import re
from itertools import product
from pathlib import Path
from typing import get_args

import pytest
from django.urls import URLPattern, get_resolver
from pydantic import ValidationError
from tests.office.every_page import routes
from tests.office.evidence_of import open_small
from tests.sampling import taken

from guanzi import office as package
from guanzi.office.actions import ACTIONS, load_actions, perform

SOURCES = [*Path(package.__file__).parent.glob("pages/*.py"), *Path(package.__file__).parent.glob("api/*.py")]
NUMBERS = ("0", "1", "999999999999999999", "9223372036854775807", "9223372036854775808", "9" * 5_000, "%D9%A3")
TEXTS = ("%00", "%FF", "%ED%A0%80", "%2E%2E", "x" * 5_000, "-1", "%F0%9F%92%A9", "%E2%80%AE", "a%0Ab", "%25", "'\"")
VALUES = {"number": NUMBERS, "str": TEXTS, "slug": ("x" * 5_000,), "action": ("x.y", "case.open", "x" * 3_000 + ".y")}
SOUND = {200, 204, 302, 400, 401, 403, 404, 405, 413, 414, 422, 429}


@pytest.fixture
def everything(office, client, monkeypatch):
    """A client of somebody who holds every role, at an office with a case; errors are answers."""
    monkeypatch.setattr("ninja.throttling.SimpleRateThrottle.allow_request", lambda self, request: True)
    monkeypatch.setattr("guanzi.office.people.ratelimit.MOST_REQUESTS", 1_000_000)
    open_small(office)
    for role in ("analyst", "chair", "finance", "manager", "auditor", "administrator"):
        office.lead.held.get_or_create(role=role)
    client.force_login(office.lead)
    client.raise_request_exception = False
    return client


def examples(route):
    """Addresses of a route, with one odd value in turn in the place of each of its parts."""
    parts = re.findall(r"<(\w+):(\w+)>", route)
    usual = {"slug": "small", "name": "x.yaml", "id": "x", "lang": "en"}
    for odd in range(len(parts)):
        for value in VALUES[parts[odd][0]]:
            address = route
            for n, (kind, name) in enumerate(parts):
                address = address.replace(f"<{kind}:{name}>", value if n == odd else usual.get(name, "1"), 1)
            yield f"/{address}"


def test_every_kind_of_part_of_an_address_is_tried():
    kinds = {kind for route in routes() for kind, _ in re.findall(r"<(\w+):(\w+)>", route)}
    assert kinds == VALUES.keys()


def test_odd_parts_of_addresses_are_no_errors_of_the_server(everything):
    wrong = {}
    for address in (address for route in taken(routes(), 4) for address in examples(route)):
        for ask in (everything.get, everything.post):
            status = ask(address).status_code
            if status not in SOUND:
                wrong[address[:120]] = status
    assert not wrong


def names_of_questions():
    """Every parameter of a query that a page reads."""
    found = set()
    for source in SOURCES:
        found |= set(re.findall(r'GET\.get\("(\w+)"', source.read_text("utf-8")))
        for names in re.findall(r"table_asked\(request, \(([^)]*)\)", source.read_text("utf-8")):
            found |= set(re.findall(r'"(\w+)"', names))
    return sorted(found)


def test_odd_values_of_questions_are_no_errors_of_the_server(everything):
    names = names_of_questions()
    assert {"version", "page", "q", "a", "b", "run", "sort"} <= set(names)
    usual = {"slug": "small", "name": "x.yaml", "id": "x", "lang": "en"}
    wrong = {}
    for route in taken(routes(), 4):
        address = "/" + re.sub(r"<\w+:(\w+)>", lambda part: usual.get(part[1], "1"), route)
        for value in (*NUMBERS[3:6], *TEXTS):
            query = "&".join(f"{name}={value}" for name in names)
            for one in (f"{address}?{query}", f"{address}?{query}".replace("format=", "x=").replace("sort=", "y=")):
                status = everything.get(one).status_code
                if status not in SOUND:
                    wrong[f"{address} {value[:30]}"] = status
    assert not wrong


def test_odd_questions_to_the_interface_are_no_errors_of_the_server(office, everything):
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
    asked = {"Authorization": f"Bearer {token}"}
    found = {str(one.pattern) for one in get_resolver().url_patterns if not isinstance(one, URLPattern)}
    assert "api/" in found
    wrong = {}
    paths = ["/api/cases", "/api/cases/small", "/api/cases/small/facts", "/api/cases/small/versions", "/api/log"]
    for path, name, value in product(paths, ("after", "limit", "state", "name", "case"), (*NUMBERS, *TEXTS)):
        status = everything.get(f"{path}?{name}={value}", headers=asked).status_code
        if status not in SOUND:
            wrong[f"{path} {name} {value[:30]}"] = status
    for value in (*NUMBERS, *TEXTS):
        for path in (f"/api/cases/{value}", f"/api/cases/small/files/{value}", f"/api/{value}"):
            status = everything.get(path, headers=asked).status_code
            if status not in SOUND:
                wrong[path[:60]] = status
    assert not wrong


def str_of(number):
    return str(number)[:12]


@pytest.mark.parametrize("number", [2**63, -(2**63) - 1, 10**4_000, math.inf, math.nan], ids=str_of)
def test_no_action_takes_a_number_that_no_row_can_have(number):
    load_actions()
    for what in ACTIONS.values():
        for name, field in what.asks.model_fields.items():
            kinds = {field.annotation, *get_args(field.annotation)} & {int, float}
            if kinds == {int} or (kinds and isinstance(number, float)):
                with pytest.raises(ValidationError) as caught:
                    what.asks.model_validate({name: number})
                assert any(told["loc"] == (name,) for told in caught.value.errors()), (what.id, name)


@pytest.mark.parametrize("levels", [52, 900, 5_000, 30_000])
@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ('{"a":', "}")])
def test_json_of_many_levels_is_no_error_of_the_server(office, everything, begin, end, levels):
    deep = f"{begin * levels}1{end * levels}"[:60_000]
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["write", "tokens"]}, "t").answer["token"]
    heads = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    load_actions()
    wrong = {}
    for id in ACTIONS:
        for field in ACTIONS[id].asks.model_fields:
            answers = [everything.post(f"/do/{id}/", {field: deep})]
            body = f'{{"{field}": {deep}}}'
            address = f"/api/actions/{id}"
            answers.append(everything.post(address, body, content_type="application/json", headers=heads))
            if not {answer.status_code for answer in answers} <= SOUND:
                wrong[f"{id} {field}"] = [answer.status_code for answer in answers]
    assert not wrong


@pytest.mark.parametrize("name", ["rot13", "hex", "idna", "utf-16", "unicode_escape", "latin-1", "bogus"])
@pytest.mark.parametrize("kind", ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"])
def test_a_body_in_any_writing_but_utf_8_is_no_error_of_the_server(everything, kind, name):
    part = 'Content-Disposition: form-data; name="username"\r\nContent-Type: text/plain; charset=rot13'
    for body in (f"--x\r\n{part}\r\n\r\nabc\r\n--x--\r\n", "username=a"):
        for path in ("/enter/", "/language/", "/do/case.open/", "/api/actions/case.open", "/"):
            answer = everything.generic("POST", path, body, content_type=f"{kind}; charset={name}")
            assert answer.status_code in SOUND, path
            assert name == "bogus" or answer.status_code == 400
