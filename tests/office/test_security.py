"""What docs/reference/security.md says of the office, where no other test shows it."""

import json
import logging
import re
import runpy
import time
from collections import Counter
from pathlib import Path

import pytest
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from tests.office import evidence_of
from tests.office.conftest import PASSWORD

from guanzi.base.core import InvalidInput
from guanzi.office import settings as written
from guanzi.office.actions import perform
from guanzi.office.databases import database_from, secured
from guanzi.office.people.opensessions import mark_of
from guanzi.office.people.origins import place_of
from guanzi.office.people.passwords import ContextWords
from guanzi.office.people.sessions import FRESH, IDLE, LONGEST
from guanzi.office.serving.checking import is_bare

REPO = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def nobody_guessed():
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def behind_https(monkeypatch):
    monkeypatch.setenv("GUANZI_HTTPS", "1")
    return runpy.run_path(written.__file__)


def enter(client, username, password=PASSWORD, **more):
    return client.post("/enter/", {"username": username, "password": password}, **more)


def wait(client, **since):
    """Let so many seconds go by since the person entered or was seen."""
    session = client.session
    for name, seconds in since.items():
        session[name] = time.time() - seconds
    session.save()


def test_behind_https_cookies_are_bound_to_host_and_https(behind_https):
    names = [behind_https[f"{kind}_COOKIE_NAME"] for kind in ("SESSION", "CSRF")] + [behind_https["LANGUAGE_COOKIE"]]
    assert all(name.startswith("__Host-") for name in names)
    assert behind_https["SESSION_COOKIE_SECURE"]
    assert behind_https["CSRF_COOKIE_SECURE"]
    assert behind_https["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert behind_https["SECURE_HSTS_INCLUDE_SUBDOMAINS"]
    assert behind_https["SECOND_FACTOR"]


def test_no_cookie_is_read_by_scripts(client, office):
    client.get("/enter/")
    enter(client, "city-lead")
    client.post("/language/", {"language": "zh"})
    assert len(client.cookies) == 4
    assert all(cookie["httponly"] and cookie["samesite"] == "Lax" for cookie in client.cookies.values())


@pytest.mark.parametrize("address", ["/", "/enter/", "/account/", "/nothing/", "/api/me"])
def test_answers_are_kept_nowhere_and_framed_and_scripted_by_nobody(client, office, address):
    client.force_login(office.lead)
    headers = client.get(address).headers
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert headers["Referrer-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    for part in ("script-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'self'"):
        assert part in policy


def test_files_of_the_look_carry_the_policy_and_are_for_no_other_site(client, office):
    headers = client.get("/static/django_htmx/htmx-2.min.js").headers
    assert "script-src 'self'" in headers["Content-Security-Policy"]
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(("since", "ends"), [({"seen": IDLE + 1}, True), ({"entered": LONGEST + 1}, True), ({}, False)])
def test_a_session_ends_after_an_idle_hour_and_after_eight_in_all(client, office, since, ends):
    enter(client, "city-lead")
    wait(client, **since)
    assert (client.get("/account/").status_code == 302) is ends
    assert (SESSION_KEY not in client.session) is ends


def test_what_a_page_asks_by_itself_keeps_no_session_alive(client, office):
    enter(client, "city-lead")
    wait(client, seen=IDLE - 60)
    client.get("/account/", headers={"HX-Request": "true"})
    assert client.session["seen"] < time.time() - IDLE + 120
    client.get("/account/")
    assert client.session["seen"] > time.time() - 60


def test_entering_gives_a_new_session_and_leaving_ends_it_on_the_server(client, office):
    enter(client, "city-lead")
    first = client.session.session_key
    enter(client, "city-lead")
    assert client.session.session_key != first
    client.post("/leave/")
    assert not Session.objects.exists()


def test_a_new_password_ends_every_other_session(client, office):
    other = Client()
    for one in (client, other):
        enter(one, "city-lead")
    client.post("/do/person.change_password/", {"old": PASSWORD, "new": "quite another set of words"})
    assert client.get("/account/").status_code == 200
    assert other.get("/account/").status_code == 302


@pytest.mark.parametrize("action", ["person.set_active", "person.reset_password"])
def test_whoever_is_shut_out_or_gets_a_new_password_has_no_session_and_no_token(client, office, action):
    enter(client, "city-lead")
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
    asked = {"username": "city-lead"} | ({"active": False} if action == "person.set_active" else {})
    done = perform(office.administrator, action, asked, "a").answer
    if action == "person.reset_password":
        assert client.get("/account/").status_code == 200
        perform(office.auditor, "person.confirm_change", {"change": done["change"]}, "b")
    assert client.get("/account/").status_code == 302
    assert Client().get("/api/me", headers={"Authorization": f"Bearer {token}"}).status_code == 401


def test_a_password_is_taken_letter_by_letter_and_may_be_long(client, office):
    new = "  Ω words with spaces at both ends, " + "x" * 200 + "  "
    perform(office.lead, "person.change_password", {"old": PASSWORD, "new": new}, "p")
    assert enter(client, "city-lead", new.strip()).status_code == 401
    assert enter(client, "city-lead", new).status_code == 302


@pytest.mark.parametrize("password", ["guanzi-office-2026", "city-lead-city", "Committee1234", "hefei投资hefei"])
def test_words_of_the_office_make_no_password(office, password):
    with pytest.raises(ValidationError):
        ContextWords().validate(password, office.lead)
    ContextWords().validate("seven herons at dusk", office.lead)


def test_a_password_of_the_list_of_the_house_is_refused(office, folder):
    listed, free = "Seven Herons at Dusk", "eight herons at dawn"
    (folder / "passwords.txt").write_text(f"correct horse battery\n{listed.upper()}\n", "utf-8")
    asked = {"old": PASSWORD, "new": listed}
    with pytest.raises(InvalidInput):
        perform(office.lead, "person.change_password", asked, "listed")
    perform(office.lead, "person.change_password", asked | {"new": free}, "free")


def test_what_is_grave_asks_for_somebody_who_entered_a_short_while_ago(client, office):
    enter(client, "city-lead")
    wait(client, entered=FRESH + 1)
    refused = client.post("/do/token.make/", {"name": "t", "scopes": "read", "days": "1", "next": "/account/"})
    assert refused.status_code == 403
    assert b"/enter/?next=/account/" in refused.content
    enter(client, "city-lead")
    assert client.post("/do/token.make/", {"name": "t", "scopes": "read", "days": "1"}).status_code == 200


@pytest.mark.parametrize(
    ("action", "asked"),
    [
        ("token.make", {"name": "more", "scopes": ["read", "money"]}),
        ("device.begin", {"name": "mine"}),
        ("device.confirm", {"token": "123456"}),
    ],
)
def test_a_stolen_token_makes_no_mightier_one_and_no_device(client, office, action, asked):
    token = perform(office.lead, "token.make", {"name": "t", "scopes": ["read", "write"]}, "t").answer["token"]
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "1"}
    refused = client.post(f"/api/actions/{action}", asked, content_type="application/json", headers=headers)
    assert refused.status_code == 403
    assert not office.lead.totpdevice_set.exists()
    assert office.lead.tokens.count() == 1


@pytest.mark.parametrize("id", ["money.ask", "money.release", "deal.sign"])
def test_money_asks_for_somebody_who_entered_a_short_while_ago(client, office, id):
    client.force_login(office.chair)
    wait(client, entered=FRESH + 1)
    assert b"quarter of an hour" in client.post(f"/do/{id}/", {"case": "none"}).content


def test_behind_https_nobody_works_without_a_second_factor(client, office, settings):
    settings.SECOND_FACTOR = True
    enter(client, "city-lead")
    assert client.get("/cases/").url == "/account/"
    client.post("/do/device.begin/", {"name": "phone"})
    assert client.get("/cases/").url == "/account/"
    device = office.lead.totpdevice_set.get()
    from django_otp.oath import totp

    client.post("/do/device.confirm/", {"token": f"{totp(device.bin_key):06d}"})
    assert client.get("/cases/").status_code == 200
    assert enter(Client(), "city-lead").status_code == 401


def test_a_name_is_stopped_where_it_was_guessed_and_open_elsewhere(client, office):
    for _ in range(10):
        assert enter(client, "city-lead", "wrong").status_code == 401
    assert enter(client, "city-lead").status_code == 429
    assert enter(client, "city-lead", REMOTE_ADDR="10.0.0.9").status_code == 302


def test_behind_a_server_the_place_is_what_the_server_saw(rf, settings):
    request = rf.get("/", headers={"X-Forwarded-For": "1.1.1.1, 10.0.0.9"})
    assert place_of(request) == "127.0.0.1"
    settings.NINJA_NUM_PROXIES = 1
    assert place_of(request) == "10.0.0.9"


def test_entering_refusing_and_leaving_are_logged_without_what_was_typed(client, office, caplog):
    caplog.set_level(logging.INFO, "guanzi.office")
    enter(client, "city-lead", "not this one")
    enter(client, "typed-in-the-wrong-field", "not this one")
    enter(client, "city-lead")
    client.post("/do/person.invite/", {"username": "x1", "name": "X", "roles": "analyst"})
    client.post("/leave/")
    told = [record.getMessage() for record in caplog.records if record.name == "guanzi.office"]
    told = [line for line in told if "held the transaction" not in line]  # a slow machine is told of, too
    who = f"person {office.lead.pk}"
    assert [line.split(" from ")[0] for line in told] == [
        f"entering refused for {who}",
        "entering refused for nobody known",
        f"{who} entered",
        f"person.invite refused to {who}: office.refused.role",
        f"{who} left",
    ]
    assert not any(word in line for line in told for word in ("not this", "typed", PASSWORD))


def test_tracing_is_not_answered(client, office):
    client.force_login(office.lead)
    assert client.trace("/").status_code == 405


def test_nobody_asks_more_often_than_a_person_can(client, office, monkeypatch):
    monkeypatch.setattr("guanzi.office.people.ratelimit.MOST_REQUESTS", 2)
    client.force_login(office.lead)
    assert [client.get("/account/").status_code for _ in range(3)] == [200, 200, 429]


def test_an_error_tells_nothing_of_the_inside(client, office, monkeypatch):
    def fail(*given, **named):
        raise RuntimeError("postgresql://user:hunter2@inside")

    monkeypatch.setattr("guanzi.office.pages.account.show", fail)
    client.raise_request_exception = False
    client.force_login(office.lead)
    answer = client.get("/account/")
    assert answer.status_code == 500
    assert b"hunter2" not in answer.content
    assert b"Traceback" not in answer.content


def test_a_form_from_elsewhere_does_nothing(office):
    client = Client(enforce_csrf_checks=True)
    client.force_login(office.lead)
    assert client.post("/do/person.choose_language/", {"language": "zh"}).status_code == 403
    assert client.get("/do/person.choose_language/").status_code == 405


@pytest.mark.parametrize("next", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"])
def test_nobody_is_sent_to_another_host(client, office, next):
    enter_there = client.post("/enter/", {"username": "city-lead", "password": PASSWORD, "next": next})
    done = client.post("/do/person.choose_language/", {"language": "en", "next": next})
    assert (enter_there.url, done.url) == ("/", "/")


def test_an_address_that_is_no_page_of_the_web_is_no_link(client, office):
    text = (Path(written.__file__).parent / "templates" / "evidence.html.j2").read_text("utf-8")
    before = text.partition('href="{{ one.link }}"')[0].rpartition("{% if ")[2]
    assert before.startswith("one.link.startswith(('http://', 'https://'))")
    assert text.count("one.link }}") == 1


ITEM = re.compile(
    r"^\| (\d+\.\d+\.\d+) \| ([12]) \| [^|]+ \| (met|\*\*not met\*\*|not applicable) \| ([^|]+) \|$", re.MULTILINE
)


def test_the_checklist_counts_right_and_names_tests_that_are_there():
    text = (REPO / "docs" / "reference" / "security.md").read_text("utf-8")
    items = ITEM.findall(text)
    assert len({number for number, *_ in items}) == len(items) == 253
    counted = Counter(verdict.strip("*") for *_, verdict, _ in items)
    head = f"{counted['met']} are met, {counted['not met']} are not met, {counted['not applicable']} are not applicable"
    assert head in text
    tests = "\n".join(path.read_text("utf-8") for path in REPO.glob("tests/**/test_*.py"))
    named = set(re.findall(r"`(test_\w+)`", text))
    assert len(named) > 50
    assert not {name for name in named if f"def {name}(" not in tests}
    assert not [number for number, _, verdict, why in items if "not met" in verdict and not why.strip()]


def test_a_person_sees_where_he_is_in_and_ends_what_is_not_his_doing(office):
    mine, other, stranger = Client(), Client(headers={"user-agent": "A stranger's browser"}), Client()
    for browser in (mine, other):
        browser.post("/enter/", {"username": "city-lead", "password": PASSWORD})
    stranger.post("/enter/", {"username": "city-member", "password": PASSWORD})
    page = mine.get("/account/").content.decode()
    assert "A stranger&#39;s browser" in page
    assert page.count("127.0.0.1") == 2
    assert mine.session.session_key not in page
    own, foreign = mark_of(mine.session.session_key), mark_of(stranger.session.session_key)
    (mark,) = set(re.findall(r'name="marks" value="(\w+)"', page))
    assert mark not in (own, foreign)
    assert mine.post("/do/session.end/", {"marks": foreign}).status_code == 422
    assert mine.post("/do/session.end/", {"marks": mark, "next": "/account/"}).status_code == 302
    assert [one.get("/account/").status_code for one in (mine, other, stranger)] == [200, 302, 200]
    assert "End all others" not in mine.get("/account/").content.decode()


def test_a_page_whose_session_is_over_leaves_the_screen_and_the_browser_forgets(client, office):
    client.post("/enter/", {"username": "city-lead", "password": PASSWORD})
    assert 'hx-get="/here/"' in client.get("/").content.decode()
    here = client.get("/here/", headers={"HX-Request": "true"})
    assert (here.status_code, "HX-Redirect" in here) == (204, False)
    session = client.session
    session["seen"] -= 2 * 3_600
    session.save()
    over = client.get("/here/", headers={"HX-Request": "true"})
    assert (over["HX-Redirect"], over["Clear-Site-Data"]) == ("/enter/", '"cache", "storage"')
    client.post("/enter/", {"username": "city-lead", "password": PASSWORD})
    assert client.post("/leave/")["Clear-Site-Data"] == '"cache", "storage"'


@pytest.mark.parametrize(
    ("name", "content", "taken"),
    [
        ("documents/a.pdf", b"MZ\x90\0\3\0\0\0", False),
        ("documents/a.pdf", b"plain words", False),
        ("documents/a.png", b"%PDF-1.7 ...", False),
        ("notes.exe", b"MZ\x90\0\3\0\0\0\4\0", False),
        ("README.md", b"\x7fELF\2\1\1\0\0\0", False),
        ("documents/a.txt", "Words, 字".encode(), True),
        ("README.md", b"# A case", True),
        ("documents/a.png", b"\x89PNG\r\n\x1a\n" + b"\0" * 20, True),
    ],
)
def test_a_file_of_a_case_is_what_its_name_says(office, name, content, taken):
    files = evidence_of.FILES | {name: content}
    if taken:
        perform(office.lead, "case.open", {"archive": evidence_of.zipped(files)}, "k")
        return
    with pytest.raises(InvalidInput) as refused:
        perform(office.lead, "case.open", {"archive": evidence_of.zipped(files)}, "k")
    assert [problem.place.file for problem in refused.value.problems] == [name]


@pytest.mark.parametrize(
    ("address", "mode", "bare"),
    [
        ("postgresql://u:p@db.example/office", "verify-full", False),
        ("postgresql://u:p@db.example/office?sslrootcert=/etc/own.pem", "verify-full", False),
        ("postgresql://u:p@db.example/office?sslmode=require", "require", True),
        ("postgresql://u:p@db.example/office?sslmode=disable", "disable", True),
        ("postgresql://u:p@localhost/office", None, False),
        ("postgresql://u:p@127.0.0.1:5432/office", None, False),
        ("postgresql:///office?host=/run/postgresql", None, False),
        ("postgresql:///office?host=db.example", "verify-full", False),
    ],
)
def test_a_database_on_another_machine_is_asked_by_tls_that_names_it(address, mode, bare):
    settings = database_from(address, Path("x"))
    assert settings["OPTIONS"].get("sslmode") == mode
    assert settings["PASSWORD"] in ("p", "")
    assert is_bare(settings) == bare
    assert ("sslmode" in secured(address)) == (mode is not None)
    root = settings["OPTIONS"].get("sslrootcert")
    assert root == ("/etc/own.pem" if "own.pem" in address else "system" if mode == "verify-full" else None)


def extra_of(part):
    """The extra to which a part of the bill belongs; None for the base."""
    return next((one["value"] for one in part.get("properties", ()) if one["name"] == "guanzi:extra"), None)


def test_every_library_and_model_has_a_licence_that_permits():
    parts = json.loads((REPO / "deploy" / "sbom.cdx.json").read_text("utf-8"))["components"]
    said = {}
    for part in parts:
        (licence,) = part["licenses"]
        said[part["name"]] = licence.get("expression") or licence["license"]["name"]
    assert not [name for name, licence in said.items() if re.search(r"\bA?L?GPL|Commercial|Proprietary", licence)]
    models = {part["name"]: part["hashes"][0]["content"] for part in parts if part["type"] == "machine-learning-model"}
    assert len(models) == 3
    assert {extra_of(part) for part in parts} == {None, "ocr"}


def test_the_licences_are_those_of_what_is_installed():
    pytest.importorskip("rapidocr")
    recorded = runpy.run_path(str(REPO / "scripts" / "sbom.py"))["record"]()
    assert recorded == (REPO / "deploy" / "licences.json").read_text("utf-8")


def test_the_bill_of_materials_is_that_of_the_lock():
    bill = runpy.run_path(str(REPO / "scripts" / "sbom.py"))["bill"]()
    assert bill == (REPO / "deploy" / "sbom.cdx.json").read_text("utf-8")
    parts = [part for part in json.loads(bill)["components"] if extra_of(part) is None]
    named = {f"{part['name']}=={part['version']}" for part in parts}
    locked = set(re.findall(r"^[^ #]+==[^ ;\\\n]+", (REPO / "requirements.lock").read_text("utf-8"), re.MULTILINE))
    assert named == locked
