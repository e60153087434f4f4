"""Programs do what people do, with a token, and no more."""

import json

import pytest

from guanzi.office.actions import ACTIONS, perform
from guanzi.record.ledger import leaf_hash


def token(person, *scopes):
    return perform(person, "token.make", {"name": "t", "scopes": list(scopes)}, f"t{scopes}").answer["token"]


@pytest.fixture
def ask(client):
    def ask(method, path, held, body=None, **headers):
        headers = {"Authorization": f"Bearer {held}", **headers}
        if method == "get":
            return client.get(f"/api{path}", headers=headers)
        return client.post(f"/api{path}", json.dumps(body), content_type="application/json", headers=headers)

    return ask


def test_a_program_opens_a_case_and_reads_it(office, ask):
    held = token(office.lead, "read", "write")
    done = ask("post", "/actions/case.open", held, {"builtin": "nio-hefei-2020"}, **{"Idempotency-Key": "1"})
    assert done.status_code == 200, done.content
    again = ask("post", "/actions/case.open", held, {"builtin": "nio-hefei-2020"}, **{"Idempotency-Key": "1"})
    assert (again.json()["entry"], again.json()["repeated"]) == (done.json()["entry"], True)
    assert [c["case"] for c in ask("get", "/cases", held).json()["items"]] == ["nio-hefei-2020"]
    facts = ask("get", "/cases/nio-hefei-2020/facts?limit=5", held).json()
    assert len(facts["items"]) == 5 < facts["count"]
    saved = ask("get", "/cases/nio-hefei-2020/files/case.yaml", held)
    assert saved.headers["Content-Disposition"] == 'attachment; filename="case.yaml"'
    log = ask("get", "/log?case=nio-hefei-2020", held).json()
    assert log["items"][0]["entry"] == leaf_hash(log["items"][0]["content"].encode()).hex()


def test_a_token_does_only_what_it_may(office, ask, client):
    reader = token(office.lead, "read")
    refused = ask("post", "/actions/case.open", reader, {"builtin": "nio-hefei-2020"}, **{"Idempotency-Key": "1"})
    assert refused.status_code == 403
    writer = token(office.lead, "write")
    assert ask("get", "/cases", writer).status_code == 403
    assert ask("get", "/cases", "gz_wrong").status_code == 401
    assert client.get("/api/cases").status_code == 401
    assert ask("get", "/cases/none", reader).status_code == 404


def test_what_is_refused_is_said_in_the_language_asked_for(office, ask):
    held = token(office.lead, "read", "write")
    refused = ask(
        "post", "/actions/case.open", held, {"bultin": "x"}, **{"Idempotency-Key": "1", "Accept-Language": "zh"}
    )
    assert refused.status_code == 422
    assert "bultin" in refused.json()["problems"][0]["text"]
    assert ask("post", "/actions/case.open", held, {"builtin": "nio-hefei-2020"}).status_code == 422


def test_every_action_has_an_address_and_a_schema(office, client):
    paths = client.get("/api/openapi.json").json()["paths"]
    for what in ACTIONS:
        assert f"/api/actions/{what}" in paths


def test_account_people_and_log_are_pages_without_raw_ids(office, client):
    token(office.administrator, "read")
    client.force_login(office.administrator)
    for address in ("/account/", "/people/", "/log/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"office." not in answer.content.replace(b"office.css", b"")
    client.force_login(office.member)
    assert client.get("/people/").status_code == 403
