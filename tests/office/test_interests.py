"""Whoever has an interest, declared or inferred, loses sight and seat at once, and the log says who and why."""

import itertools
import json

import pytest
from tests.office.opened_words import told_words
from tests.office.tiedcase import SLUG, archive, files

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.log import office_log
from guanzi.office.models import Declaration, Interest, OfficeCase
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import check_log, read_entry

KEYS = map(str, itertools.count())


def do(who, action, **asked):
    return perform(who, action, {"case": SLUG, **asked}, next(KEYS))


def call(person, name):
    person.name = name
    person.save()


def begin(office, ties=None):
    held = files() if ties is None else files(ties)
    perform(office.lead, "case.open", {"archive": archive(held)}, next(KEYS))
    return OfficeCase.objects.get(slug=SLUG)


@pytest.mark.parametrize(
    ("name", "ties"),
    [("Oswald Ownerman", 2), ("许董实", 1), ("Cornelia Colleaguer", 3)],
    ids=["owner of an owner", "director", "earlier on a board with a director"],
)
def test_whoever_is_tied_to_the_company_does_not_see_the_case(office, name, ties):
    call(office.finance, name)
    case = begin(office)
    interest = Interest.objects.get(person=office.finance)
    assert len(interest.path) == 1 + ties
    assert not Viewer(office.finance).cases.exists()
    do(office.lead, "case.give_seat", person=office.finance.username, part="member")
    assert case.pk not in Viewer(office.finance).parts
    with pytest.raises(NotThere):
        do(office.finance, "interest.declare", has_interest=False)


def test_a_name_without_a_tie_and_another_name_are_no_interest(office):
    call(office.finance, "Stefan Strangerson")
    call(office.auditor, "Oswin Otherman")
    begin(office)
    assert not Interest.objects.exists()


def test_the_log_says_who_is_recused_and_why_without_the_name_in_its_bytes(office):
    call(office.finance, "Oswald Ownerman")
    begin(office)
    log = office_log()
    content = list(log.contents())[-1][1]
    entry = read_entry(content)
    opened = told_words(entry)
    assert opened["who.recused.1"] == office.finance.username
    assert "holds 60 % of Holding" in opened["said.interest.1"]
    assert entry.body.data["recused"][0]["kind"] == "inferred"
    assert b"Ownerman" not in content
    assert office.finance.username.encode() not in content
    assert check_log(log) == ()


def test_somebody_is_looked_at_when_he_is_seated_and_when_the_ties_change(office):
    case = begin(office, ())
    call(office.finance, "Oswald Ownerman")
    from guanzi.office.cases.contents import new_version

    new_version(case, {"entities.ftm.json": files()["entities.ftm.json"].encode()}, office.lead)
    assert Interest.objects.filter(person=office.finance).count() == 1
    call(office.member, "Cornelia Colleaguer")
    do(office.lead, "case.give_seat", person=office.member.username, part="member")
    assert case.pk not in Viewer(office.member).parts


def test_the_chair_clears_with_reasons_and_the_same_chain_is_not_raised_again(office):
    call(office.member, "Cornelia Colleaguer")
    case = begin(office)
    do(office.lead, "case.give_seat", person=office.member.username, part="member")
    interest = Interest.objects.get(person=office.member)
    with pytest.raises(InvalidInput):
        do(office.chair, "interest.clear", interest=interest.pk, reasons=" ")
    with pytest.raises(Forbidden):
        do(office.lead, "interest.clear", interest=interest.pk, reasons="no")
    do(office.chair, "interest.clear", interest=interest.pk, reasons="another person of the same name")
    assert Viewer(office.member).parts[case.pk] == "member"
    do(office.lead, "case.give_seat", person=office.member.username, part="member")
    assert Interest.objects.filter(person=office.member).count() == 1


def test_a_chair_with_an_interest_sees_nothing_and_clears_nothing(office):
    call(office.chair, "Oswald Ownerman")
    begin(office)
    interest = Interest.objects.get(person=office.chair)
    with pytest.raises(NotThere):
        do(office.chair, "interest.clear", interest=interest.pk, reasons="it is mine")
    do(office.lead, "case.give_seat", person=office.member.username, part="chair")
    do(office.member, "interest.clear", interest=interest.pk, reasons="a namesake: born in another year")
    assert Viewer(office.chair).cases.exists()


def test_a_declared_interest_bars_at_once_and_needs_words(office):
    case = begin(office, ())
    do(office.lead, "case.give_seat", person=office.member.username, part="member")
    with pytest.raises(InvalidInput):
        do(office.member, "interest.declare", has_interest=True)
    do(office.member, "interest.declare", has_interest=True, words="my brother works there")
    assert case.pk not in Viewer(office.member).parts
    assert Declaration.objects.get(person=office.member).has_interest
    assert "brother" not in json.dumps([c.decode() for _, c in office_log().contents()])


def test_the_chair_of_another_organisation_clears_nothing(office):
    call(office.member, "Oswald Ownerman")
    begin(office)
    other = type(office).make("town")
    with pytest.raises(NotThere):
        do(other.chair, "interest.clear", interest=Interest.objects.get().pk, reasons="whatever")
