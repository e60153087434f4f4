"""A token that a token made may no more, ends no later and falls with it; pages go on within the office alone."""

import ast
import secrets
from datetime import timedelta
from pathlib import Path

import pytest
from tests.office.conftest import PASSWORD

from guanzi.office import pages
from guanzi.office.actions import perform
from guanzi.office.models import ApiToken
from guanzi.office.pages.returning import local_path

ELSEWHERE = [
    "///evil.example",
    "////evil.example/",
    "//evil.example",
    "/\\evil.example",
    "/\t/evil.example",
    "https://evil.example/",
    "http:///evil.example",
    "javascript:alert(1)",
    "\x00/account/",
    "/account/\r\nSet-Cookie: a=b",
    "evil.example",
    "",
]


@pytest.fixture
def ask(client):
    """Make a token with a token."""

    def make(own, **asked):
        heads = {"Authorization": f"Bearer {own}", "Idempotency-Key": secrets.token_hex(4)}
        asked = {"name": "u", "scopes": ["read"], "days": 1} | asked
        return client.post("/api/actions/token.make", asked, content_type="application/json", headers=heads)

    return make


def made(person, days, *scopes):
    asked = {"name": "t", "scopes": list(scopes), "days": days}
    return perform(person, "token.make", asked, secrets.token_hex(4)).answer["token"]


def holds(client, token):
    return client.get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 200


def test_a_token_for_a_day_makes_none_for_a_year(office, client, ask):
    own = made(office.lead, 1, "read", "write", "tokens")
    refused = ask(own, days=365)
    assert refused.status_code == 409
    assert refused.json()["problems"][0]["id"] == "office.refused.token_outlives"
    assert ApiToken.objects.count() == 1


def test_a_token_that_a_token_made_falls_with_it(office, client, ask):
    own = made(office.lead, 30, "read", "write", "tokens")
    child = ask(own, days=20, scopes=["read", "tokens"]).json()["answer"]["token"]
    grandchild = ask(child, days=10).json()["answer"]["token"]
    assert ask(child, days=10, scopes=["read", "write"]).status_code == 403
    assert [holds(client, one) for one in (own, child, grandchild)] == [True] * 3
    ends = list(ApiToken.objects.order_by("made_at").values_list("expires_at", flat=True))
    assert ends == sorted(ends, reverse=True)
    perform(office.lead, "token.revoke", {"id": ApiToken.objects.earliest("made_at").pk}, "r")
    assert [holds(client, one) for one in (own, child, grandchild)] == [False] * 3


def test_a_token_that_ended_makes_none_even_where_it_was_let_in_before(office, client, ask):
    own = made(office.lead, 30, "read", "tokens")
    ApiToken.objects.update(expires_at=ApiToken.objects.get().made_at - timedelta(days=1))
    assert ask(own).status_code == 401


def test_a_token_makes_tokens_if_it_was_made_for_that_alone(office, ask):
    assert ask(made(office.lead, 30, "read", "write", "decide", "money")).status_code == 403
    assert ask(made(office.lead, 30, "read", "tokens")).status_code == 200


@pytest.mark.parametrize("next", ELSEWHERE)
def test_nothing_that_a_form_or_an_address_names_leads_out_of_the_office(office, client, next):
    entered = client.post("/enter/", {"username": "city-lead", "password": PASSWORD, "next": next})
    done = client.post("/do/person.choose_language/", {"language": "en", "next": next})
    by_script = client.post(
        "/do/person.choose_language/", {"language": "en", "next": next}, headers={"HX-Request": "true"}
    )
    refused = client.post("/do/person.choose_language/", {"language": "no", "next": next}).content.decode()
    assert (entered.url, done.url, by_script["HX-Redirect"]) == ("/", "/", "/")
    assert "evil.example" not in refused
    client.post("/leave/")
    assert "evil.example" not in client.get("/enter/", {"next": next.replace("\x00", "")}).content.decode()


@pytest.mark.parametrize("path", ["/account/", "/cases/?q=a&b=c", "/cases/x/#fact-1"])
def test_a_path_of_the_office_is_gone_on_to(path):
    assert local_path(path) == path


def test_where_to_go_on_is_read_in_one_file():
    reading = set()
    for file in Path(pages.__file__).parent.glob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            given = node.args if isinstance(node, ast.Call) else [getattr(node, "slice", None)]
            words = {str(one.value) for one in given if isinstance(one, ast.Constant)}
            if words & {"next", "HTTP_REFERER", "Referer", "referer"}:
                reading.add(file.name)
    assert reading == {"returning.py"}
