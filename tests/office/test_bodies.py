"""How much an address takes, and from whom: of anybody unknown a small body, and nothing beyond it is read."""

import io

import pytest
from django.test import Client
from tests.office.every_page import routes
from tests.office.evidence_of import open_small

from guanzi.office.actions import ACTIONS, load_actions, perform
from guanzi.office.bodies import FILE, SMALL, TEXT

LARGE = SMALL + 1
MULTI = "multipart/form-data; boundary=x"


class Unread(io.BytesIO):
    """A body of which nothing may be read."""

    def read(self, *given):
        raise AssertionError("it was read")

    readline = readinto = read


@pytest.fixture
def unread(monkeypatch):
    """Requests whose body must stay unread."""

    def send(client, path, length=LARGE, kind=MULTI, **heads):
        environ = {"wsgi.input": Unread(), "CONTENT_LENGTH": str(length), "CONTENT_TYPE": kind}
        return client.generic("POST", path, headers=heads, **environ)

    return send


@pytest.mark.parametrize("route", sorted(routes()))
def test_nobody_unknown_sends_more_than_a_small_body_anywhere(office, client, unread, route):
    address = "/" + route.replace("<action:id>", "evidence.upload")
    for part in ("slug", "str", "number"):
        while f"<{part}:" in address:
            head, _, rest = address.partition(f"<{part}:")
            address = head + "1" + rest.partition(">")[2]
    assert unread(client, address).status_code in (302, 413)
    assert unread(client, address, kind="application/x-www-form-urlencoded").status_code == 413
    assert unread(client, address, length=FILE + 1).status_code == 413


@pytest.mark.parametrize("id", ["evidence.upload", "case.open", "sheet.save", "vote.close"])
def test_a_large_body_of_nobody_known_is_not_read_and_the_sender_is_sent_to_enter(office, client, unread, id):
    answer = unread(client, f"/do/{id}/")
    assert (answer.status_code, answer["Location"]) == (302, "/enter/")
    for token in ("", "Bearer gz_wrong", "Basic x"):
        answer = unread(client, f"/api/actions/{id}", kind="application/json", authorization=token)
        assert (answer.status_code, answer["WWW-Authenticate"]) == (401, "Bearer")


def test_a_session_whose_time_is_over_sends_nothing_large(office, client, unread):
    client.force_login(office.lead)
    session = client.session
    session["entered"], session["seen"] = 0.0, 0.0
    session.save()
    assert unread(client, "/do/case.open/").status_code == 302


def test_who_is_known_sends_files_to_actions_that_take_them_and_nowhere_else(office, client, unread):
    client.force_login(office.lead)
    for path in ("/do/person.invite/", "/enter/", "/health/", "/language/", "/api/actions/person.invite", "/nothing/"):
        assert unread(client, path).status_code == 413
    assert unread(client, "/do/case.open/", length=FILE + 1).status_code == 413
    assert unread(client, "/do/sheet.save/", length=TEXT + 1).status_code == 413
    with pytest.raises(AssertionError, match="it was read"):
        unread(client, "/do/case.open/")
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["write"]}, "t").answer["token"]
    with pytest.raises(AssertionError, match="it was read"):
        unread(Client(), "/api/actions/case.open", kind="application/json", authorization=f"Bearer {token}")


def test_a_form_that_is_not_sent_in_parts_is_small_whoever_sends_it(office, client, unread):
    client.force_login(office.lead)
    assert unread(client, "/do/case.open/", kind="application/x-www-form-urlencoded").status_code == 413


@pytest.mark.parametrize("heads", [{"transfer-encoding": "chunked"}, {}])
@pytest.mark.parametrize("length", ["", "1,2", "-1", "+5", "0x10", "9" * 5_000, "٣"])
def test_a_body_must_say_how_long_it_is(office, client, unread, heads, length):
    if heads or length:
        assert unread(client, "/enter/", length=length, **heads).status_code == 411


def test_every_action_says_that_it_takes_what_its_fields_may_hold():
    load_actions()
    for what in ACTIONS.values():
        fields = what.asks.model_fields.values()
        if any("bytes" in str(field.annotation) for field in fields):
            assert what.most_bytes > SMALL, what.id
        letters = sum(getattr(one, "max_length", 0) for field in fields for one in field.metadata)
        assert what.most_bytes >= 3 * letters, what.id


def test_a_long_term_sheet_passes(office, client):
    open_small(office)
    client.force_login(office.lead)
    text = "# " + "资" * 400_000
    answer = client.post("/cases/small/terms/x.yaml/check/", {"text": text}, headers={"HX-Request": "true"})
    assert answer.status_code == 200
