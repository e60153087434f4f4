"""A company hands in at its own case and gets to nothing else; what it says is no fact until somebody verifies it."""

import base64
import re
import secrets
from datetime import timedelta
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.urls import URLResolver, get_resolver
from django.utils import timezone
from tests.office.small import CASE, DOCUMENT, act, sign_small

from guanzi.base.core import InvalidInput
from guanzi.office.actions import ACTIONS, Forbidden, NotThere, companies, perform
from guanzi.office.api.interface import api
from guanzi.office.auditlog.examining import wrong_rows
from guanzi.office.auditlog.log import account_for_office, office_log, signing_key
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import ApiToken, HandedIn, IndexedFact, MilestoneReport, OfficeCase, Person, WatchedFact
from guanzi.office.pages.middleware import _COMPANY
from guanzi.office.paying.afterwards import watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.office.people.visibility import Viewer

QUOTE = "6,000 vehicles were delivered in the third quarter of 2026."
OWN = {"company.report", "company.report_milestone", "company.hand_in", "person.change_password",
       "person.choose_language", "session.end", "device.begin", "device.confirm"}  # fmt: skip
"""Every action that somebody of a company may do."""


@pytest.fixture
def case(office):
    return sign_small(office)


@pytest.fixture
def company(office, case):
    """A person of the company who has chosen a password."""
    made = act(office.lead, "company.invite", name="Wei Ming")
    person = Person.objects.get(username=made["username"])
    person.must_change = False
    person.save()
    return person


def report(company, **figures):
    return act(company, "company.report", quarter="2026Q3", **figures)


def verify(person, name="deliveries", quote=QUOTE, **asked):
    row = HandedIn.objects.get(name=name, state="reported")
    where = {"document": "certificate", "page": 1, "quote": quote}
    return act(person, "company.verify", handed=row.pk, **(where | asked))


def facts():
    return {*IndexedFact.objects.values_list("fact", flat=True), *WatchedFact.objects.values_list("fact", flat=True)}


# Nothing else


GIVEN = {"slug": CASE, "case": CASE, "id": "certificate", "name": "2026.yaml", "lang": "en", "mark": "abc",
         "file": "case.yaml", "action:id": "vote.cast"}  # fmt: skip
"""What stands in addresses: name, or kind and name -> an example; a number is 1."""


def addresses(resolver=None, before="/"):
    """Every address of the configuration, with what it holds filled in."""
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(one, route)
        else:
            yield re.sub(r"<(\w+:(\w+))>", lambda part: GIVEN.get(part[1], GIVEN.get(part[2], "1")), route)


SHUT = (403, 404)
ANYBODY = ("/enter/", "/leave/", "/here/", "/language/", "/password/", "/look/en.css", "/health/", "/metrics/",
           "/enter/number/")  # fmt: skip
"""Addresses that are everybody's, and say nothing of a case."""


def test_whoever_sits_for_a_company_gets_to_no_address_but_his_own(office, case, company, client):
    found = sorted({*addresses()})
    assert {"/search/", f"/cases/{CASE}/discussion/", f"/cases/{CASE}/watch/", "/api/log", "/people/"} <= {*found}
    client.force_login(company)
    opened = {}
    for address in found:
        for method in ("get", "post"):
            answer = getattr(client, method)(address)
            if answer.status_code not in SHUT and address not in ANYBODY:
                opened[method, address] = answer.status_code
                assert client.session  # no address ends the session
            if address == "/leave/":
                client.force_login(company)
    own = {("get", "/"), ("post", "/"), ("get", "/company/"), ("post", "/company/"), ("get", "/account/"),
           ("post", "/account/")}  # fmt: skip
    wrong = {where: status for where, status in opened.items() if where not in own and status not in (401, 405, 422)}
    assert wrong == {}
    assert client.get("/")["Location"] == "/company/"


def test_not_even_a_token_opens_an_address_of_the_interface(office, case, company, client):
    """No action makes such a token: it is put into the database by hand."""
    token, now = secrets.token_hex(8), timezone.now()
    ApiToken.objects.create(
        person=company, name="t", sha256=sha256(token.encode()).hexdigest(), made_at=now,
        scopes=["read", "write", "decide", "money", "tokens"], expires_at=now + timedelta(days=1),
    )  # fmt: skip
    paths = api.get_openapi_schema()["paths"]
    assert len(paths) > 60
    headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k"}
    told = {}
    for path, methods in paths.items():
        for method in methods:
            address = path.replace("{case}", CASE).replace("{file}", "case.yaml")
            answer = client.generic(method.upper(), address, "{}", content_type="application/json", headers=headers)
            told[method, path] = answer.status_code
    assert set(told.values()) == {403}, {where: status for where, status in told.items() if status != 403}


def test_of_all_actions_only_his_own_are_his(office, case, company):
    open_to = set()
    for id, what in ACTIONS.items():
        try:
            perform(company, id, {"case": CASE} if what.of_case else {}, secrets.token_hex(8))
        except (Forbidden, NotThere):
            continue
        except (InvalidInput, ValidationError):
            pass
        open_to.add(id)
    assert open_to == OWN
    assert not Viewer(company).cases.exists()
    assert waiting_for(Viewer(company)) == ()
    assert all(path in _COMPANY for path in ("/company/", "/account/"))


def test_the_pages_of_a_company_name_nobody_and_nothing_of_the_case(office, case, company, client):
    act(office.lead, "discussion.open", text="The order book is thin")
    act(office.manager, "milestone.report", milestone="closing", reached_on="2026-07-20", words="seen on site")
    report(company, deliveries=6000)
    client.force_login(company)
    hidden = ("order book", "seen on site", "city-lead", "Manager", "Certificate", "24%", "/log/", "/cases/")
    for address in ("/company/", "/account/", "/nowhere/"):
        text = client.get(address).content.decode()
        assert [word for word in hidden if word in text] == [], address


def test_another_case_is_not_there_for_it(office, case, company):
    with pytest.raises(NotThere):
        perform(company, "company.report", {"case": "lakeside", "quarter": "2026Q3", "deliveries": 1}, "k")
    with pytest.raises(NotThere):
        act(office.lead, "company.report", quarter="2026Q3", deliveries=1)


def test_nobody_of_the_office_is_shown_it_as_a_colleague(office, case, company, client):
    client.force_login(office.administrator)
    assert company.username not in client.get("/people/").content.decode()
    for action, asked in (("case.give_seat", {"person": company.username, "part": "reader"}),
                          ("discussion.open", {"text": f"@{company.username}"})):  # fmt: skip
        with pytest.raises(InvalidInput):
            act(office.lead, action, **asked)
    with pytest.raises(InvalidInput):
        perform(office.administrator, "person.set_roles", {"username": company.username, "roles": ["chair"]}, "k")


# Figures


def test_a_figure_is_no_fact_and_moves_nothing_before_it_is_verified(office, case, company):
    before, tree = facts(), dict(OfficeCase.objects.get().head.tree)
    report(company, deliveries=4000, insolvency_opened=True)
    assert facts() == before
    assert OfficeCase.objects.get().head.tree == tree
    assert not case.warnings.filter(kind="covenant").exists()


def test_a_verified_figure_is_a_fact_with_its_day_and_document_and_reaches_covenants(office, case, company):
    report(company, deliveries=6000)
    told = verify(office.manager)
    case.refresh_from_db()
    watched = watched_deal(case, timezone.localdate())
    (fact,) = (one for one in watched.case.facts if one.id == told["fact"])
    told_of = (fact.name, fact.value, str(fact.period), fact.known_on)
    assert told_of == ("deliveries", 6000, "2026Q3", timezone.localdate())
    given = {id: row for (id, _), row in DealNow(case).standing.items()}[told["fact"]]
    assert (given.document, given.page, given.person) == ("certificate", 1, office.manager)
    row = HandedIn.objects.get()
    assert (row.state, row.became, row.answered_by) == ("accepted", told["fact"], office.manager)
    assert set(case.versions.order_by("-number").values_list("made_by__username", flat=True)[:2]) == {
        "city-manager", company.username,
    }  # fmt: skip


def test_a_breach_that_a_company_reports_is_warned_of_once_it_is_verified(office, case, company):
    text = DOCUMENT.replace(b"6,000 vehicles", b"4,000 vehicles")
    file = {"file": base64.b64encode(text).decode(), "filename": "quarter.txt"}
    number = act(company, "company.hand_in", **file, milestone="")["handed"]
    document = act(office.manager, "company.take", handed=number)["document"]
    report(company, deliveries=4000)
    assert not case.warnings.filter(kind="covenant").exists()
    told = verify(office.manager, quote=QUOTE.replace("6,000", "4,000"), document=document)
    assert told["warnings"] == ["volume"]
    assert case.warnings.filter(kind="covenant", rule="volume", gone_at=None).exists()


def test_whoever_invited_the_company_verifies_nothing_of_it(office, case, company):
    report(company, deliveries=6000)
    with pytest.raises(InvalidInput) as told:
        verify(office.lead)
    assert told.value.problems[0].cause.id == "office.refused.own_company"
    act(company, "company.report_milestone", milestone="closing", reached_on="2026-07-20")
    where = {"document": "certificate", "page": 1, "quote": "The conditions of the closing are met."}
    with pytest.raises(InvalidInput):
        act(office.lead, "milestone.verify", milestone="closing", **where)
    act(office.manager, "milestone.verify", milestone="closing", **where)
    assert MilestoneReport.objects.get().reported_by == company
    assert MilestoneReport.objects.get().verified_by == office.manager


@pytest.mark.parametrize(
    "quote", ["The headquarters stands in Riverton.", "7,000 vehicles", "6,000 vehicles somewhere"]
)
def test_a_document_that_does_not_hold_the_figure_verifies_nothing(office, case, company, quote):
    report(company, deliveries=6000)
    before = facts()
    with pytest.raises(InvalidInput):
        verify(office.manager, quote=quote)
    assert facts() == before
    assert HandedIn.objects.get().state == "reported"


def test_a_figure_handed_in_again_takes_the_place_of_the_last_one_until_it_is_verified(office, case, company):
    report(company, deliveries=5000, revenue=900)
    report(company, deliveries=6000)
    assert sorted(HandedIn.objects.filter(state="reported").values_list("name", "value")) == [
        ("deliveries", 6000), ("revenue", 900),
    ]  # fmt: skip
    verify(office.manager)
    with pytest.raises(InvalidInput) as told:
        report(company, deliveries=7000)
    assert told.value.problems[0].cause.id == "office.refused.handed_verified"


def test_the_company_reads_why_something_is_returned_and_hands_it_in_anew(office, case, company, client):
    report(company, deliveries=6000)
    act(office.manager, "company.return", handed=HandedIn.objects.get().pk, words="Without exports, please.")
    client.force_login(company)
    assert "Without exports, please." in client.get("/company/").content.decode()
    report(company, deliveries=5000)
    with pytest.raises(InvalidInput):
        act(office.manager, "company.return", handed=HandedIn.objects.filter(state="returned").get().pk, words="x")


def test_a_figure_that_the_platform_reported_already_is_not_verified_beside_it(office, case, company):
    report(company, deliveries=6000)
    act(office.manager, "watch.report", quarter="2026Q3", deliveries=5900)
    with pytest.raises(InvalidInput) as told:
        verify(office.finance)
    assert told.value.problems[0].cause.id == "office.refused.reported_twice"


@pytest.mark.parametrize(
    "asked", [{"quarter": "2027Q4", "revenue": 1}, {"quarter": "2026Q3"}, {"quarter": "2026Q3", "deliveries": -1}]
)
def test_what_no_quarter_can_hold_is_refused_as_of_anybody(office, case, company, asked):
    with pytest.raises(InvalidInput):
        act(company, "company.report", **asked)


# Files


def test_a_file_is_no_document_until_somebody_takes_it_in(office, case, company, client):
    content = b"<script>alert(1)</script> 6,000 vehicles"
    file = {"file": base64.b64encode(content).decode(), "filename": "report.html"}
    number = act(company, "company.hand_in", **file, milestone="closing")["handed"]
    address = f"/cases/{CASE}/company/{number}/"
    for name, status in (("manager", 200), ("expert", 404)):
        client.force_login(office.people[name])
        answer = client.get(address)
        assert answer.status_code == status
    client.force_login(office.manager)
    answer = client.get(address)
    assert (answer.content, answer["Content-Type"]) == (content, "application/octet-stream")
    assert answer["Content-Disposition"].startswith("attachment")
    assert HandedIn.objects.get().sha256 not in OfficeCase.objects.get().head.tree.values()
    made = act(office.manager, "company.take", handed=number, title="Report")
    assert HandedIn.objects.get().became == made["document"]
    assert HandedIn.objects.get().sha256 in OfficeCase.objects.get().head.tree.values()


def test_files_that_wait_are_counted_and_a_strange_milestone_is_none(office, case, company, monkeypatch):
    monkeypatch.setattr(companies, "MOST_FILES", 1)
    file = {"file": base64.b64encode(b"a").decode(), "filename": "a.txt"}
    with pytest.raises(InvalidInput):
        act(company, "company.hand_in", **file, milestone="none")
    act(company, "company.hand_in", **file)
    with pytest.raises(InvalidInput):
        act(company, "company.hand_in", **file)


# The seat


def test_only_the_lead_invites_and_an_ended_seat_opens_nothing(office, case, company, client):
    for name in ("manager", "chair", "administrator"):
        with pytest.raises((Forbidden, NotThere)):
            act(office.people[name], "company.invite", name="X")
    client.force_login(company)
    assert client.get("/company/").status_code == 200
    act(office.lead, "company.end", username=company.username)
    assert client.get("/company/").status_code in (302, 404)
    with pytest.raises(Forbidden):
        perform(Person.objects.get(pk=company.pk), "person.choose_language", {"language": "zh"}, "k")
    with pytest.raises(NotThere):
        report(Person.objects.get(pk=company.pk), deliveries=1)


def test_a_company_enters_with_its_first_password_and_chooses_its_own(office, case, client):
    made = act(office.lead, "company.invite", name="Wei Ming", name_zh="魏明")
    asked = {"username": made["username"], "password": made["one_time"]}
    assert client.post("/enter/", asked).status_code == 302
    assert client.get("/company/")["Location"] == "/password/"
    person = Person.objects.get(username=made["username"])
    new = {"old": made["one_time"], "new": "entirely another phrase 7"}
    perform(person, "person.change_password", new, "k")
    assert not Person.objects.get(pk=person.pk).must_change


def test_the_same_key_hands_in_once(office, case, company):
    asked = {"case": CASE, "quarter": "2026Q3", "deliveries": 6000}
    first = perform(company, "company.report", asked, "same")
    again = perform(company, "company.report", asked, "same")
    assert (again.repeated, again.answer) == (True, first.answer)
    assert HandedIn.objects.count() == 1


def test_what_it_hands_in_stands_in_the_log_of_the_case_and_waits_for_those_who_verify(office, case, company, client):
    account_for_office()
    report(company, deliveries=6000)
    kinds = {name: [one.kind for one in waiting_for(Viewer(office.people[name]))] for name in ("manager", "lead")}
    assert {name for name, found in kinds.items() if "handed" in found} == {"manager"}
    client.force_login(office.manager)
    assert company.username in client.get(f"/cases/{CASE}/timeline/").content.decode()
    own = {"office.handedin", "office.companyseat"}
    assert not own & {row.table for row in wrong_rows(office_log(), signing_key())}
    HandedIn.objects.update(value=1)
    assert own & {row.table for row in wrong_rows(office_log(), signing_key())} == {"office.handedin"}
