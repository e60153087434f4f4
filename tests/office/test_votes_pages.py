"""The pages of findings and decisions: what they show to whom, and what they never show."""

import re
from datetime import timedelta
from html import escape

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone
from tests.office.committee import MEMBERS, appraised, declare, do, prepared, quick, sit, vote
from tests.office.once import played_once
from tests.office.tiedcase import SLUG, TIES

from guanzi.base.core import Message, render
from guanzi.jobs.shared.documents.words import day as day_words
from guanzi.office.cases.contents import new_version
from guanzi.office.cases.demanded import demands_of
from guanzi.office.deciding.plans import question_of
from guanzi.office.inbox.committeetasks import committee_waiting
from guanzi.office.inbox.opened import CasesInProgress
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import AppraisalRun, OfficeCase
from guanzi.office.people.visibility import Viewer

BASE = f"/cases/{SLUG}/"


@played_once
def tied(office):
    office.finance.name = "Oswald Ownerman"
    office.finance.save()
    prepared(office, TIES)
    return office


@pytest.fixture
def room(tied, monkeypatch):
    quick(monkeypatch)
    return tied


def read(client, person, address, status=200):
    client.force_login(person)
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_pages_of_a_case_that_is_decided_say_whole_sentences(room, client, language):
    for person in (room.chair, room.member):
        person.language = language
        person.save()
    assert "vote.open" not in read(client, room.member, f"{BASE}decisions/")
    assert read(client, room.chair, f"{BASE}decisions/").count("<li>") >= 3
    declare(room)
    do(room.lead, "appraisal.ask", paths=200)
    sitting = sit(room)
    page = read(client, room.member, f"{BASE}decisions/")
    assert 'name="vote"' in page
    assert 'value="veto"' not in page
    told = [render(one, language) for one in demands_of(AppraisalRun.objects.get(state="done"))]
    assert told
    assert all(f"<li>{escape(one)}</li>" in page for one in told)
    case = OfficeCase.objects.get(slug=SLUG)
    assert escape(question_of(case, language)) in page
    assert render(Message.of("office.case.due", day=case.due.isoformat()), language) in page
    day = day_words(case.due, language)
    assert all(day in read(client, room.chair, address) for address in ("/", "/cases/"))
    vote(room, sitting, **dict.fromkeys(MEMBERS, "back_with_conditions"), chair="decline")
    hidden = read(client, room.lead, f"{BASE}decisions/")
    assert "finds decline right" not in hidden
    do(room.chair, "vote.close", sitting=sitting, reasons="its plan is sound")
    assert not any(day in read(client, room.chair, address) for address in ("/", "/cases/")), "it is decided"
    run = AppraisalRun.objects.filter(state="done").first()
    for address in ("", "streams/", "decisions/"):
        page = read(client, room.member, BASE + address)
        assert render(Message.of("office.case.due", day=case.due.isoformat()), language) not in page
        assert render(Message.of("office.case.decided", day=case.decided_on().isoformat()), language) in page
    days = (case.due - timezone.localdate(case.opened_at)).days
    assert render(Message.of("office.clock.stopped", day=0, days=days), language) in read(
        client, room.member, f"{BASE}streams/"
    )
    for address in ("decisions/", f"decisions/{sitting}/record/", "findings/", f"appraisals/{run.pk}/progress/"):
        page = read(client, room.chair, BASE + address)
        assert "office." not in re.sub(r'href="[^"]*"', "", page.replace("office.css", ""))
    record = read(client, room.auditor, f"{BASE}decisions/{sitting}/record/")
    assert "chair finds decline right" in record
    assert "Oswald Ownerman holds 60 % of Holding" in record
    case = OfficeCase.objects.get(slug=SLUG)
    new_version(case, {"README.md": b"more"}, room.lead)
    do(room.member, "interest.declare", has_interest=True, words="a post was offered to me")
    assert "Member" in read(client, room.chair, f"{BASE}decisions/")


def test_whoever_is_recused_and_a_stranger_see_nothing(room, client):
    run = appraised(room)
    declare(room)
    sitting = sit(room)
    stranger = type(room).make("town").chair
    for person in (room.finance, stranger):
        for address in (
            "decisions/",
            "findings/",
            f"appraisals/{run.pk}/dossier.en.html",
            f"decisions/{sitting}/record/",
        ):
            read(client, person, BASE + address, 404)


def test_the_dossier_stands_alone_without_script_or_session(room, client):
    run = appraised(room)
    client.force_login(room.lead)
    answer = client.get(f"{BASE}appraisals/{run.pk}/dossier.en.html")
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "script-src" not in policy
    assert "default-src 'none'" in policy
    assert client.get(f"{BASE}appraisals/{run.pk}/dossier.fr.html").status_code == 404


def test_a_page_that_follows_an_appraisal_is_told_when_it_has_ended(room, client):
    number = do(room.lead, "appraisal.ask")["appraisal"]
    client.force_login(room.lead)
    answer = client.get(f"{BASE}appraisals/{number}/progress/")
    assert b"every 2s" in answer.content
    assert "HX-Refresh" not in answer
    assert b"seconds left" not in answer.content
    AppraisalRun.objects.filter(pk=number).update(
        state="running", progress=0.25, paths=400, asked_at=timezone.now() - timedelta(seconds=1_000)
    )
    going = client.get(f"{BASE}appraisals/{number}/progress/").content.decode()
    assert re.search(r"About 0\.1 futures a second .* 3,00\d seconds left", going), going
    do(room.lead, "appraisal.cancel", appraisal=number)
    assert client.get(f"{BASE}appraisals/{number}/progress/")["HX-Refresh"] == "true"


def test_what_waits_for_members_chair_and_whoever_asked(room):
    def waits(person):
        return [what.id.rpartition(".")[2] for what, *_ in committee_waiting(CasesInProgress(Viewer(person)))]

    assert waits(room.member) == ["declare"]
    declare(room)
    assert waits(room.member) == []
    run = appraised(room)
    assert waits(room.lead) == ["appraisal"]
    sitting = do(room.chair, "vote.open", appraisal=run.pk)["sitting"]
    assert (waits(room.lead), waits(room.member), waits(room.chair)) == ([], ["vote"], ["vote"])
    vote(room, sitting, **dict.fromkeys([*MEMBERS, "chair"], "back"))
    assert (waits(room.member), waits(room.chair)) == ([], ["close"])
    assert waits(room.finance) == []
    assert "office.waiting.close" in [item.what.id for item in waiting_for(Viewer(room.chair))]


def test_the_scripts_that_a_page_names_are_there(room, client):
    page = read(client, room.lead, f"{BASE}findings/")
    for name in re.findall(r'<script src="/static/([^"]+)"', page):
        assert finders.find(name), name


def test_the_chair_reads_what_is_new_in_an_open_sitting_and_decides_on_its_page(room, client):
    declare(room)
    sitting = sit(room)
    vote(room, sitting, **dict.fromkeys(MEMBERS, "back"))
    new_version(OfficeCase.objects.get(slug=SLUG), {"notes.md": b"a line more"}, room.lead)
    for person, acts in ((room.chair, True), (room.member, False)):
        page = read(client, person, f"{BASE}decisions/")
        assert "notes.md" in page
        assert [f"/do/{act}/" in page for act in ("vote.uphold", "vote.void", "vote.close")] == [acts, acts, False]
    read(client, room.finance, f"{BASE}decisions/", 404)
