"""An action is done whole and once, by whoever may, and stands in the log."""

import json

import pytest

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.log import office_log
from guanzi.office.models import ActionRun, OfficeCase
from guanzi.record.ledger import check_log, read_entry


@pytest.fixture
def opened(office):
    perform(office.lead, "case.open", {"builtin": "nio-hefei-2020"}, "open")
    return office


def test_a_case_is_opened_with_its_facts_and_streams_and_an_entry_in_the_log(opened):
    case = OfficeCase.objects.get(slug="nio-hefei-2020")
    assert case.facts.count() > 100
    assert case.streams.count() == 6
    log = office_log()
    (_, content), *_ = list(log.contents())[-1:]
    entry = read_entry(content)
    assert (entry.body.action, entry.body.case or entry.body.data["case"]) == ("case.open", case.slug)
    assert check_log(log) == ()


def test_the_same_key_does_a_thing_once(opened):
    again = perform(opened.lead, "case.open", {"builtin": "nio-hefei-2020"}, "open")
    assert again.repeated
    assert OfficeCase.objects.count() == 1
    with pytest.raises(InvalidInput):
        perform(opened.lead, "case.open", {"builtin": "boe-hefei-2008"}, "open")


def test_who_may_not_leaves_nothing(opened):
    before = office_log().size
    with pytest.raises(Forbidden):
        perform(opened.member, "case.open", {"builtin": "boe-hefei-2008"}, "x")
    assert (office_log().size, ActionRun.objects.filter(person=opened.member).count()) == (before, 0)


def test_who_has_no_seat_does_not_learn_that_there_is_a_case(opened):
    with pytest.raises(NotThere):
        perform(opened.analyst, "case.give_seat", {"case": "nio-hefei-2020", "person": "x", "part": "lead"}, "x")


def test_no_password_stands_in_the_log_or_the_answers(office):
    done = perform(office.administrator, "person.invite", {"username": "new", "name": "New", "roles": ["analyst"]}, "i")
    told = done.answer["one_time"]
    kept = json.dumps([run.answer for run in ActionRun.objects.all()]) + repr(list(office_log().contents()))
    assert told not in kept


def test_pages_open_and_say_whole_sentences(opened, client):
    client.force_login(opened.lead)
    for address in ("/", "/cases/", "/cases/nio-hefei-2020/", "/password/"):
        answer = client.get(address)
        assert answer.status_code == 200, address
        assert b"office." not in answer.content.replace(b"office.css", b"")
    client.force_login(opened.analyst)
    assert client.get("/cases/nio-hefei-2020/").status_code == 404
