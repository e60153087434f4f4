"""Programs do what people do, with a token, and no more."""

import json
from urllib.parse import quote

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.office.small import FILES, archive

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
    assert len(facts["items"]) == 5
    assert facts["next"]
    saved = ask("get", "/cases/nio-hefei-2020/files/case.yaml", held)
    assert saved.headers["Content-Disposition"] == 'attachment; filename="case.yaml"'
    log = ask("get", "/log?case=nio-hefei-2020", held).json()
    assert log["items"][0]["entry"] == leaf_hash(log["items"][0]["content"].encode()).hex()


@pytest.fixture
def busy(office):
    """Two cases, in one of which things were done by turns."""
    for name in ("riverton", "lakeside"):
        header = FILES["case.yaml"].replace("case: riverton", f"case: {name}")
        perform(office.lead, "case.open", {"archive": archive(FILES | {"case.yaml": header})}, name)
    for n in range(9):
        asked = {"case": "riverton", "person": office.analyst.username, "part": ("analyst", "reader")[n % 2]}
        perform(office.lead, "case.give_seat", asked, f"seat-{n}")
        asked = {"case": "riverton", "id": f"s{n}", "publisher": "P", "title": "T", "date": "2026-01-01", "grade": "B"}
        perform(office.lead, "evidence.add_source", asked, f"source-{n}")
    return office


LISTS = [
    ("/cases", lambda one: one["case"]),
    ("/cases/riverton/facts", lambda one: one["fact"]),
    ("/cases/riverton/versions", lambda one: one["number"]),
    ("/log", lambda one: one["entry"]),
    ("/log?case=riverton", lambda one: one["entry"]),
]


@pytest.mark.parametrize(("path", "of"), LISTS)
@pytest.mark.parametrize("limit", [1, 2])
def test_page_by_page_a_program_reads_a_list_whole_and_nothing_twice(busy, ask, path, of, limit):
    held = token(busy.lead, "read")
    sign = "&" if "?" in path else "?"
    whole = ask("get", path, held).json()
    assert whole["next"] is None
    found, after = [], ""
    while after is not None:
        page = ask("get", f"{path}{sign}limit={limit}&after={after}", held).json()
        assert 1 <= len(page["items"]) <= limit
        found += map(of, page["items"])
        after = page["next"]
    assert found == list(map(of, whole["items"]))
    assert len(found) == len(set(found)) > 1


def test_what_was_done_meanwhile_moves_no_page(busy, ask):
    held = token(busy.lead, "read")
    one = ask("get", "/log?limit=3", held).json()
    two = ask("get", f"/log?limit=3&after={one['next']}", held).json()
    perform(busy.lead, "case.give_seat", {"case": "riverton", "person": "city-expert", "part": "expert"}, "new")
    assert ask("get", f"/log?limit=3&after={one['next']}", held).json()["items"] == two["items"]


@pytest.mark.parametrize(("path", "of"), LISTS)
def test_no_list_is_counted_and_none_is_skipped_through(busy, ask, path, of):
    held = token(busy.lead, "read")
    after = ask("get", f"{path}{'&' if '?' in path else '?'}limit=1", held).json()["next"]
    with CaptureQueriesContext(connection) as done:
        ask("get", f"{path}{'&' if '?' in path else '?'}limit=1&after={after}", held)
    said = [query["sql"] for query in done if "office_apitoken" not in query["sql"]]
    assert not [sql for sql in said if "OFFSET" in sql]
    assert not [sql for sql in said if "COUNT(" in sql and "office_organisation" not in sql]


NOWHERE = ("-1", "x", "²", "MQ", "WyJhIl0", "WyJcdWQ4MDAiXQ", "WzFlOTldWQ", "gAAAAA", "9" * 40)


@pytest.mark.parametrize("path", [path for path, _ in LISTS])
def test_a_place_that_no_answer_told_is_refused_in_words(busy, ask, path):
    held = token(busy.lead, "read")
    for after in NOWHERE:
        answer = ask("get", f"{path}{'&' if '?' in path else '?'}after={quote(after)}", held)
        if "facts" in path and after == "WyJhIl0":  # ["a"]: a fact may be called so
            assert answer.status_code == 200
        else:
            assert (answer.status_code, answer.json()["problems"][0]["where"]) == (404, "after"), after


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
