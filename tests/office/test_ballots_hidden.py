"""A ballot of a sitting that was not counted is read by nobody but its voter, however the sitting ended, for ever."""

import json

import pytest
from django.utils import timezone
from tests.office.committee import MEMBERS, declare, do, prepared, quick, sign_streams, sit, vote
from tests.office.once import played_once
from tests.office.small import FILES, SHEET
from tests.office.tiedcase import SLUG, TIES

from guanzi.base.core import InvalidInput, Message, render
from guanzi.office.actions import perform
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases.contents import new_version
from guanzi.office.inbox.committeetasks import committee_waiting
from guanzi.office.inbox.opened import CasesInProgress
from guanzi.office.models import ActionRun, Interest, OfficeCase, Sitting, Workstream
from guanzi.office.pages.log_lines import lines_of
from guanzi.office.pages.records import record_of
from guanzi.office.people.disclosure import Disclosure
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import RECORD

WORD, REASON = "abstain", "I know the founder too well"
READERS = ("chair", "lead", "member2", "auditor", "administrator", "analyst")
SHOWN = render(Message.of(f"office.vote.{WORD}"), "en")
PAGES = (
    "/", "/log/", "/log/?action=vote.cast&format=csv", f"/log/?case={SLUG}", "/search/?q=founder", "/people/",
    *(f"/cases/{SLUG}/{part}" for part in ("", "decisions/", "timeline/", "findings/", "streams/", "terms/")),
)  # fmt: skip


@played_once
def declared(office):
    case = prepared(office)
    for part in ("lead", "analyst"):
        do(office.lead, "case.give_seat", person=office.people[part].username, part=part)
    Workstream.objects.filter(case=case, stream="finance").update(signed_by=office.analyst2)
    declare(office)
    return office


@pytest.fixture
def room(declared, monkeypatch):
    quick(monkeypatch)
    return declared


def case():
    return OfficeCase.objects.get(slug=SLUG)


def cast(room):
    """A sitting with one ballot."""
    sitting = sit(room)
    do(room.member, "vote.cast", sitting=sitting, vote=WORD, reason=REASON)
    return sitting


def goes_on(room, sitting):
    """It stays open."""


def new_evidence(room, sitting):
    new_version(case(), {"notes.md": b"a line"}, room.lead)


def another_sheet(room, sitting):
    new_version(case(), {"terms/other.yaml": FILES[SHEET].replace("release", "register").encode()}, room.lead)


def void_by_the_chair(room, sitting):
    new_evidence(room, sitting)
    do(room.chair, "vote.void", sitting=sitting, reasons="it changes the question")


def abandoned(room, sitting):
    do(room.chair, "vote.abandon", sitting=sitting, reasons="nobody comes")


def a_voter_has_an_interest(room, sitting):
    do(room.member3, "vote.cast", sitting=sitting, vote="back", reason="so")
    do(room.member3, "interest.declare", has_interest=True, words="a cousin")


def a_signer_has_an_interest(room, sitting):
    do(room.analyst2, "interest.declare", has_interest=True, words="a stake")


def closed_in_an_older_office(room, sitting):
    """As it was done before: counted without its quorum."""
    held = Sitting.objects.get(pk=sitting)
    held.state, held.result, held.closed_at = "closed", "no_quorum", timezone.now()
    held.tally |= {"weights": {WORD: 1.0}, "present": 1, "needed": 5, "majority": 0.6, "share": 0.0, "veto": False}
    held.save()


ENDS = (
    goes_on, new_evidence, another_sheet, void_by_the_chair, abandoned, a_voter_has_an_interest,
    a_signer_has_an_interest, closed_in_an_older_office,
)  # fmt: skip


@pytest.mark.parametrize("end", ENDS, ids=lambda end: end.__name__)
def test_whatever_ends_a_sitting_before_the_count_tells_nobody_a_vote(room, client, end):
    sitting = cast(room)
    end(room, sitting)
    tokens = {}
    for name in READERS:
        made = perform(room.people[name], "token.make", {"name": "t", "scopes": ["read"]}, "t")
        tokens[name] = {"Authorization": f"Bearer {made.answer['token']}"}
    entries = list(ActionRun.objects.filter(action="vote.cast").values_list("entry", flat=True))
    for name in READERS:
        client.force_login(room.people[name])
        for page in (*PAGES, f"/cases/{SLUG}/decisions/{sitting}/record/"):
            told = client.get(page).content.decode()
            assert REASON not in told, (name, page)
            assert page == f"/cases/{SLUG}/decisions/" or f">{SHOWN}<" not in told, (name, page)
        for path in (f"/api/cases/{SLUG}", "/api/log?limit=100"):
            answer = client.get(path, headers=tokens[name]).content.decode()
            assert WORD not in answer, (name, path)
            assert REASON not in answer, (name, path)
        for line in lines_of(entries, room.people[name]):
            assert not {"vote", "reason"} & {*line.words, *line.data}, name
    record = record_of(case(), room.auditor)[RECORD].decode()
    assert REASON not in record
    assert f'"{WORD}"' not in record
    cast_lines = [line for line in map(json.loads, record.splitlines()) if '"vote.cast"' in line["content"]]
    assert cast_lines
    assert all(line["opened"]["said.vote"] is None for line in cast_lines)


def test_a_voter_reads_his_own_ballot_of_a_void_sitting(room):
    void_by_the_chair(room, cast(room))
    (entry,) = ActionRun.objects.filter(action="vote.cast").values_list("entry", flat=True)
    assert lines_of([entry], room.member)[0].words["vote"] == WORD


def test_the_ballots_that_were_counted_are_told_also_once_the_sitting_is_void_and_no_earlier_ones(room):
    sitting = cast(room)
    vote(room, sitting, **dict.fromkeys((*MEMBERS, "chair"), "back"))
    do(room.chair, "vote.close", sitting=sitting, reasons="all for it")
    new_evidence(room, sitting)
    held = Sitting.objects.get(pk=sitting)
    assert (held.state, len(held.told_entries)) == ("void", 6)
    runs = ActionRun.objects.filter(action="vote.cast").order_by("entry").values_list("entry", flat=True)
    assert [line.words.get("vote") for line in lines_of(runs, room.auditor)] == [None, *["back"] * 6]


def test_the_count_can_be_made_anew_from_the_log_and_the_words_that_open_it(room):
    sitting = cast(room)
    vote(room, sitting, **dict.fromkeys((*MEMBERS, "chair"), "back"))
    do(room.chair, "vote.close", sitting=sitting, reasons="all for it")
    held, log = Sitting.objects.get(pk=sitting), office_log()
    weights = {}
    for entry in held.told_entries:
        body = json.loads(log.content(entry))["body"]
        opened = log.opened(body["said"]["vote"])
        assert opened is not None
        word = opened[1]
        weights[word] = weights.get(word, 0.0) + body["data"]["weight"]
    assert weights == {word: weight for word, weight in held.tally["weights"].items() if weight}


def test_an_upheld_sitting_is_counted_once_the_streams_are_signed_again_and_decides_on_the_newest_version(room):
    sitting = sit(room)
    vote(room, sitting, **dict.fromkeys(MEMBERS, "back"))
    held = case()
    new_version(held, {"documents/note.txt": b"a letter"}, room.lead)
    assert held.streams.filter(state="void").exists()
    assert case().stage == "deciding"
    with pytest.raises(InvalidInput):
        do(room.chair, "vote.close", sitting=sitting, reasons="counted")
    do(room.chair, "vote.uphold", sitting=sitting, reasons="the letter repeats what we know")
    with pytest.raises(InvalidInput) as refused:
        do(room.chair, "vote.close", sitting=sitting, reasons="counted")
    assert [one.place.file for one in refused.value.problems] == ["streams_signed"]
    sign_streams(case())
    assert do(room.chair, "vote.close", sitting=sitting, reasons="counted")["result"] == "back"
    assert case().stage == "signing"
    new_version(case(), {"notes.md": b"later"}, room.lead)
    assert Sitting.objects.get(pk=sitting).state == "void"


def test_another_term_sheet_and_the_vote_of_somebody_with_an_interest_are_not_upheld(room):
    sitting = cast(room)
    another_sheet(room, sitting)
    with pytest.raises(InvalidInput) as refused:
        do(room.chair, "vote.uphold", sitting=sitting, reasons="it is the same")
    assert [one.place.file for one in refused.value.problems] == ["sitting"]
    new_version(case(), {"terms/other.yaml": None}, room.lead)
    do(room.chair, "vote.uphold", sitting=sitting, reasons="the old text is back")
    assert Sitting.objects.get(pk=sitting).evidence_since == []
    with pytest.raises(InvalidInput):
        do(room.chair, "vote.void", sitting=sitting, reasons="I would lose")


def test_a_tie_that_somebody_brings_in_does_not_make_an_open_sitting_void_by_itself(office, monkeypatch):
    quick(monkeypatch)
    held = prepared(office)
    declare(office)
    office.member.name = "Xu Dongshi"
    office.member.save()
    sitting = cast(office)
    new_version(held, {"entities.ftm.json": "\n".join((*TIES, "")).encode()}, office.lead)
    interest = Interest.objects.get(person=office.member)
    row = Sitting.objects.get(pk=sitting)
    assert (row.state, f"interest.{interest.pk}" in row.evidence_since) == ("open", True)
    assert [what.id for what, *_ in committee_waiting(CasesInProgress(Viewer(office.chair)))][:1] == [
        "office.waiting.settle"
    ]
    with pytest.raises(InvalidInput) as refused:
        do(office.chair, "vote.uphold", sitting=sitting, reasons="another of his name")
    assert [one.place.file for one in refused.value.problems] == ["interest"]
    do(office.chair, "interest.clear", interest=interest.pk, reasons="another of his name")
    do(office.chair, "vote.uphold", sitting=sitting, reasons="another of his name")
    assert not Sitting.objects.get(pk=sitting).evidence_since


def test_the_bytes_of_older_entries_that_hold_more_than_commitments_are_told_to_nobody():
    about = {"organisation": "city", "case": SLUG, "who": {}, "said": {}}
    count = about | {"action": "vote.close", "data": {"sitting": 1, "result": "no_quorum", "weights": {"decline": 1.0}}}
    answer = about | {"action": "panel.judge", "data": {"panel": "p", "question": "share", "round": 2}}
    nothing = Disclosure(frozenset(), frozenset())
    assert not nothing.tells(1, count)
    assert not nothing.tells(1, answer)
    assert nothing.tells(1, answer | {"data": {"panel": "p"}})
    assert Disclosure(frozenset(), frozenset({("city", SLUG)})).tells(1, answer)
