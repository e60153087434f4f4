"""Every address of the office, asked for from every seat: who does not see a case learns nothing of it, anywhere."""

import base64
import re
import secrets
from dataclasses import asdict
from typing import Any

import pytest
from django.test import Client
from django.urls import URLResolver, get_resolver
from tests.office.committee import HEADLINE
from tests.office.conftest import Office
from tests.office.once import played_once
from tests.office.small import CASE, act, sign_small
from tests.sampling import taken

from guanzi.office.actions import ACTIONS, NotThere, load_actions, perform
from guanzi.office.api.interface import api
from guanzi.office.deciding.tally import count
from guanzi.office.models import ActionRun, AppraisalRun, HandedIn, OfficeCase, Person, Sitting

NOWHERE = "nowhere"
"""Id of a case that is not there."""
REMARK = "The order book is thinner than it looks"
OF_THE_CASE = ("Example Motors", "示例汽车", "Certificate", "order book", "in every quarter", "20565", "7825")
"""What stands in files, documents, discussions and names of the case, and nowhere else in the office."""
HELD = {word: re.compile(rf"(?<![\d.]){word}(?!\.?\d)" if word.isdigit() else re.escape(word)) for word in OF_THE_CASE}
"""How each is looked for: a number is no part of another, such as a coordinate of a chart."""
CHANCE = re.compile(r'((?:csrfmiddlewaretoken|name="key)" value="|"X-CSRFToken": "|after=)[A-Za-z0-9_=-]+')
"""What is drawn anew for every answer."""
ASKED = ("/search/?q=Example", "/search/?q=certificate", f"/log/?case={CASE}", "/cases/?format=csv",
         "/portfolio/?format=csv", f"/cases/{CASE}/discussion/?of=case", "/api/cases?limit=5")  # fmt: skip
"""Addresses with a question."""
ANYBODY = {"/enter/", "/here/", "/look/en.css", "/health/", "/metrics/", "/enter/number/", "/api/openapi.json"}
"""Addresses that a stranger may ask for by GET."""
BACK = "/enter/by/x/back/"
"""Where the page of a provider sends its form: it cannot have a token of the office."""


def addresses(numbers, case=CASE, resolver=None, before="/"):
    """Every address of the configuration with what it holds filled in; those of the interface, too."""
    given = {"slug:slug": case, "slug:case": case, "case": case, "slug:id": "x", "slug:mark": "abc",
             "slug:city": "hefei", "slug:name": "hefei", "str:name": "2026.yaml", "str:lang": "en",
             "path:file": "case.yaml", "action:id": "vote.cast"}  # fmt: skip
    for one in (resolver or get_resolver()).url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from addresses(numbers, case, one, route)
            continue
        route = route.replace("<str:id>", "d-2025" if "/facts/" in route else "certificate")
        for start, number in numbers.items():
            route = re.sub(rf"(?<=/{start}/)<number:\w+>", str(number), route)
        yield re.sub(r"<([\w:]+)>", lambda part: str(given.get(part[1], 1)), route)


@played_once
def played(office):
    """A signed case with a document, a discussion, and something that its company handed in."""
    case = sign_small(office)
    AppraisalRun.objects.update(advice="back", headline=HEADLINE)
    Sitting.objects.update(tally=asdict(count([], [], 1, 0.5)))
    act(office.lead, "discussion.open", text=REMARK)
    made = act(office.lead, "company.invite", name="Wei Ming")
    seat = Person.objects.get(username=made["username"])
    Person.objects.filter(pk=seat.pk).update(must_change=False)
    file = {"file": base64.b64encode(b"Register of the company").decode(), "filename": "register.txt"}
    act(Person.objects.get(pk=seat.pk), "company.hand_in", **file)
    return case


@pytest.fixture
def numbers(played):
    return {"appraisals": AppraisalRun.objects.get().pk, "decisions": Sitting.objects.get().pk,
            "company": HandedIn.objects.get().pk, "versions": 1}  # fmt: skip


@pytest.fixture
def asked(played, numbers):
    return sorted({*addresses(numbers), *ASKED})


def with_token(person):
    made = perform(person, "token.make", {"name": "t", "scopes": ["read"]}, secrets.token_hex(8))
    return {"Authorization": f"Bearer {made.answer['token']}"}


class Asking(Client):
    """A browser, or a program with its token."""

    def __init__(self, head: dict[str, str] | None = None, **asked: Any) -> None:
        super().__init__(**asked)
        self.bearer = head or {}


def entered(person, head=None, **session):
    client = Asking()
    client.force_login(person)
    if session:
        held = client.session
        held.update(session)
        held.save()
    client.bearer = head or {}
    return client


def said(client, address, method="get"):
    """Status, place and content of an answer, without what is drawn anew, and its head."""
    answer = getattr(client, method)(address, headers=client.bearer if address.startswith("/api/") else {})
    text = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return answer, CHANCE.sub(r"\1", text.decode("utf-8", "replace"))


def as_if_nowhere(client, address, method, answer, text):
    """Whether the answer is letter by letter that of the same address of a case that is not there."""
    other, as_nowhere = said(client, address.replace(CASE, NOWHERE), method)
    place = answer.headers.get("Location", "").replace(CASE, NOWHERE) == other.headers.get("Location", "")
    return place and (answer.status_code, text.replace(CASE, NOWHERE)) == (other.status_code, as_nowhere)


# Who sees the case: the same addresses answer, so that what is silent below is silent because of who asks

SILENT = {"progress", "appraisal.json", "dossier.en.html", "changes.en.html", "read", "1.png", "check", "fields",
          "simulate", "difference", "1"}  # fmt: skip
"""Ends of addresses of a case that have nothing to show here: it was not appraised, and its sheet was not run."""


def test_whoever_sees_the_case_is_answered_at_its_addresses(office, asked):
    client = entered(office.lead, with_token(office.lead))
    found, told = {}, ""
    for address in asked:
        if address.startswith((f"/cases/{CASE}/", f"/api/cases/{CASE}")):
            answer, text = said(client, address)
            found[address] = answer.status_code
            told += text
    wrong = {one for one, status in found.items() if status != 200 and one.rstrip("/").rpartition("/")[2] not in SILENT}
    assert wrong == {f"/cases/{CASE}/record.zip"}  # of the auditor
    assert sum(status == 200 for status in found.values()) > 25
    assert [word for word, form in HELD.items() if not form.search(told)] == []


# Who does not


def stranger(office):
    return Asking()


def without_a_seat(office):
    return entered(office.member5, with_token(office.member5))


def recused(office):
    head = with_token(office.manager)
    act(office.manager, "interest.declare", has_interest=True, words="my brother works there")
    return entered(office.manager, head)


def of_another_organisation(office):
    chair = Office.make("town").chair
    return entered(chair, with_token(chair))


def with_a_seat_and_no_longer_in(office):
    head, client = with_token(office.manager), entered(office.manager)
    perform(office.administrator, "person.set_active", {"username": office.manager.username, "active": False}, "shut")
    client.bearer = head
    return client


def whose_session_is_over(office):
    client = entered(office.lead, entered=1.0)
    client.bearer = {}
    return client


def with_a_password_for_one_time(office):
    Person.objects.filter(pk=office.lead.pk).update(must_change=True)
    return entered(office.lead)


def without_the_second_factor(office):
    return entered(office.lead)


def of_the_company(office):
    return entered(Person.objects.get(organisation=None))


SEATS = [
    stranger,
    without_a_seat,
    recused,
    of_another_organisation,
    with_a_seat_and_no_longer_in,
    whose_session_is_over,
    with_a_password_for_one_time,
    without_the_second_factor,
    of_the_company,
]


@pytest.mark.parametrize("seat", SEATS)
def test_whoever_does_not_see_a_case_learns_nothing_of_it_at_any_address(office, asked, numbers, settings, seat):
    client = seat(office)
    settings.SECOND_FACTOR = seat is without_the_second_factor
    wrong, entries = {}, ActionRun.objects.count()
    tried = {one for _, one in taken([(seat.__name__, one) for one in asked], 4)}
    for address in sorted(tried):
        for method in ("get", "post"):
            if address in ("/leave/", "/metrics/"):  # ends the session; counts seconds
                continue
            answer, text = said(client, address, method)
            own = seat is of_the_company and address == "/company/"
            told = [word for word, form in HELD.items() if form.search(text) and not own]
            silent = CASE not in address or as_if_nowhere(client, address, method, answer, text)
            if told or not silent or answer.status_code >= 500:
                wrong[method, address] = (answer.status_code, told)
    assert wrong == {}
    assert ActionRun.objects.count() == entries
    assert OfficeCase.objects.get().state == "signed"


def test_a_stranger_gets_to_no_address_that_is_not_everybodys(office, asked):
    client = stranger(office)
    for address in asked:
        answer, _ = said(client, address)
        if address in ANYBODY:
            continue
        led = answer.status_code == 302 and answer["Location"].startswith("/enter/")
        assert led or answer.status_code in (401, 404, 405), address


@pytest.mark.parametrize("seat", ["member5", "manager", "town", "company"])
def test_no_action_tells_whether_a_case_is_there(office, played, seat):
    load_actions()
    if seat == "manager":
        act(office.manager, "interest.declare", has_interest=True, words="my brother works there")
    people = {"town": lambda: Office.make("town").chair, "company": lambda: Person.objects.get(organisation=None)}
    person = people.get(seat, lambda: office.people[seat])()
    for id, what in ACTIONS.items():
        if not what.of_case or (seat == "company" and what.rule.company):
            continue
        told = []
        for case in (CASE, NOWHERE):
            with pytest.raises(NotThere) as refused:
                perform(person, id, {"case": case}, secrets.token_hex(8))
            (problem,) = refused.value.problems
            told.append(str((problem.cause.as_dict(), problem.place)).replace(case, ""))
        assert told[0] == told[1], id


# What every answer carries, whoever asks


@pytest.mark.parametrize("name", ["", "lead", "auditor"])
def test_no_answer_is_kept_or_can_be_asked_about_by_its_mark(office, asked, name):
    """A mark (ETag, Last-Modified) would tell whether a page that nobody may read has changed."""
    client = entered(office.people[name], with_token(office.people[name])) if name else stranger(office)
    for address in asked:
        if address == "/leave/":
            continue
        answer, _ = said(client, address)
        marks = {"ETag", "Last-Modified"} & {*answer.headers}
        if address != "/look/en.css":
            assert answer["Cache-Control"] == "no-store", address
        assert not marks, address
        assert answer["X-Content-Type-Options"] == "nosniff", address
        assert "Access-Control-Allow-Origin" not in answer.headers, address


def test_no_form_of_another_site_is_taken_at_any_address(office, asked):
    client = Asking(enforce_csrf_checks=True)
    client.force_login(office.lead)
    client.bearer = {}
    entries = ActionRun.objects.count()
    for id in ACTIONS:
        answer, _ = said(client, f"/do/{id}/", "post")
        assert answer.status_code == 403, id
    for address in asked:
        if address.startswith("/api/") or address == BACK:
            continue
        answer, _ = said(client, address, "post")
        assert answer.status_code in (403, 404, 405), address
    assert ActionRun.objects.count() == entries


def test_what_is_only_asked_for_changes_nothing(office, asked):
    client = entered(office.lead, with_token(office.lead))
    entries, people = ActionRun.objects.count(), list(Person.objects.order_by("pk").values())
    for address in asked:
        for method in ("get", "head", "options"):
            said(client, address, method)
    for id in ACTIONS:
        answer, _ = said(client, f"/do/{id}/")
        assert answer.status_code == 405, id
    assert ActionRun.objects.count() == entries
    assert list(Person.objects.order_by("pk").values()) == people


def test_the_interface_knows_no_cookie(office, asked):
    client = entered(office.chair)
    paths = [address for address in asked if address.startswith("/api/")]
    assert len(paths) > len(api.get_openapi_schema()["paths"]) // 2
    for address in paths:
        for method in ("get", "post"):
            answer, _ = said(client, address, method)
            open_to_all = address in ("/api/openapi.json",)
            assert answer.status_code in ((200, 405) if open_to_all else (401, 403, 404, 405)), address
