"""People discuss beside case, finding, clause and question; whoever is recused or answers blind reads none of it."""

import json
import re

import pytest
from tests.office.committee import EXPERTS, HEADLINE, KEYS, appraised, do, prepared, quick
from tests.office.once import played_once
from tests.office.small import CASE, SHEET, act, archive, open_small, room_of
from tests.office.small import FILES as SMALL
from tests.office.test_every_seat import addresses
from tests.office.tiedcase import SLUG

from guanzi.base.core import InvalidInput, render
from guanzi.office.actions import Forbidden, NotThere, perform
from guanzi.office.auditlog.examining import wrong_rows
from guanzi.office.auditlog.log import account_for_office, office_log, signing_key
from guanzi.office.cases.subjects import reason_key
from guanzi.office.inbox.outbox import SET_UP, lay_in, words_of
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import (
    Discussion,
    DiscussionRemark,
    ExpertJudgement,
    Mention,
    OfficeCase,
    OutgoingNotice,
    Person,
)
from guanzi.office.people.visibility import Viewer, who_sees

WORDS = "The order book is thinner than it looks"
QUESTION = {"kind": "question", "about": "again/share"}


@played_once
def case(office):
    return open_small(office, SMALL | room_of())


def mentions(person):
    return [one for one in waiting_for(Viewer(person)) if one.kind == "mention"]


def page(client, person, of="", slug=CASE):
    client.force_login(person)
    return client.get(f"/cases/{slug}/discussion/", {"of": of} if of else {})


def asked_again(office):
    """A second panel whose first round is open."""
    for name in EXPERTS:
        do(office.lead, "case.give_seat", person=office.people[name].username, part="expert")
    asked = {"panel": "again", "question": "share", "text": "Which share?", "unit": "ratio", "least": 0, "most": 1}
    do(office.lead, "panel.ask", **asked)


def judge(person):
    given = {"low": 0.2, "mode": 0.4, "high": 0.7, "reason": "as its peers"}
    do(person, "panel.judge", panel="again", question="share", **given)


# Subjects


def test_a_discussion_stands_beside_case_finding_clause_and_question(office, monkeypatch, client):
    quick(monkeypatch)
    prepared(office)
    of = {"case": "", "question": "prepared/chance"}
    for kind, about in of.items():
        do(office.lead, "discussion.open", kind=kind, about=about, text=f"On the {kind}")
        answer = page(client, office.member, f"{kind}:{about}", SLUG).content.decode()
        assert f"On the {kind}" in answer
        others = [one for one in of if one != kind]
        assert not [one for one in others if f"On the {one}" in answer]
    assert "Will it hold?" in page(client, office.lead, slug=SLUG).content.decode()


def test_a_clause_and_a_finding_lead_to_their_discussion_with_the_number_that_is_open(office, case, client):
    client.force_login(office.lead)
    name = SHEET.removeprefix("terms/")
    sheet = client.get(f"/cases/{CASE}/terms/{name}/").content.decode()
    assert f"discussion/?of=clause%3A{name}%3Acovenant.volume" in sheet.replace("&amp;", "&")
    for about in (f"{name}:covenant.volume", f"{name}:GZ101"):
        kind = "clause" if "." in about.partition(":")[2] else "finding"
        act(office.lead, "discussion.open", kind=kind, about=about, text=WORDS)
        assert WORDS in page(client, office.manager, f"{kind}:{about}").content.decode()
    assert "Discuss (1 open)" in client.get(f"/cases/{CASE}/terms/{name}/").content.decode()


@pytest.mark.parametrize(
    ("kind", "about"),
    [("case", "x"), ("clause", "2026.yaml:nothing"), ("clause", "none.yaml:stake.t1"), ("finding", "none.yaml:GZ101"),
     ("finding", "2026.yaml:gz 1"), ("finding", "appraisal.none"), ("question", "none/none"), ("question", "")],
)  # fmt: skip
def test_nothing_that_a_case_has_not_is_discussed(office, case, kind, about):
    with pytest.raises(InvalidInput) as told:
        act(office.lead, "discussion.open", kind=kind, about=about, text=WORDS)
    assert told.value.problems[0].cause.id == "office.refused.no_subject"


# Resolving


def test_a_discussion_is_answered_while_it_is_open_and_opened_again(office, case):
    number = act(office.lead, "discussion.open", text=WORDS)["discussion"]
    act(office.manager, "discussion.answer", discussion=number, text="It is.")
    with pytest.raises(InvalidInput):
        act(office.manager, "discussion.reopen", discussion=number)
    act(office.manager, "discussion.resolve", discussion=number)
    for action, more in (("answer", {"text": "More"}), ("resolve", {})):
        with pytest.raises(InvalidInput):
            act(office.lead, f"discussion.{action}", discussion=number, **more)
    act(office.lead, "discussion.reopen", discussion=number)
    act(office.lead, "discussion.answer", discussion=number, text="More")
    assert DiscussionRemark.objects.filter(discussion=number).count() == 3


def test_a_discussion_of_another_case_is_none(office, case):
    header = SMALL["case.yaml"].replace(f"case: {CASE}", "case: lakeside")
    perform(office.lead, "case.open", {"archive": archive(SMALL | {"case.yaml": header})}, next(KEYS))
    number = act(office.lead, "discussion.open", text=WORDS)["discussion"]
    with pytest.raises(InvalidInput) as told:
        perform(office.lead, "discussion.answer", {"case": "lakeside", "discussion": number, "text": "x"}, next(KEYS))
    assert told.value.problems[0].cause.id == "office.refused.no_discussion"


# Mentions


def test_whoever_is_mentioned_learns_that_something_waits_and_nothing_of_it(office, case, client):
    perform(office.manager, "notices.add_channel", {"kind": "webhook", "address": "https://a.example/b"}, next(KEYS))
    number = act(office.lead, "discussion.open", text=f"{WORDS}, @city-manager: see @city-manager.")["discussion"]
    (item,) = mentions(office.manager)
    client.force_login(office.manager)
    assert WORDS in client.get(item.address.partition("#")[0]).content.decode()
    lay_in(OutgoingNotice.objects.get(kind=SET_UP).made_at)
    (notice,) = OutgoingNotice.objects.filter(kind="mention")
    told = json.dumps(words_of([notice], "en"))
    assert not [word for word in (WORDS, CASE, "city-lead", "Lead", "Motors", str(number)) if word in told]
    assert render(item.what, "zh")


@pytest.mark.parametrize("how", ["answer", "read", "resolve"])
def test_a_mention_waits_until_it_is_answered_read_or_resolved(office, case, how):
    number = act(office.lead, "discussion.open", text="@city-manager?")["discussion"]
    act(office.lead, "discussion.answer", discussion=number, text="And @city-manager again")
    assert len(mentions(office.manager)) == 1
    act(office.manager, f"discussion.{how}", discussion=number, **({"text": "Yes"} if how == "answer" else {}))
    assert not mentions(office.manager)
    assert not Mention.objects.filter(done_at=None).exists()


@pytest.mark.parametrize("name", ["city-expert", "nobody", "city-member5"])
def test_nobody_is_mentioned_who_does_not_see_the_case(office, case, name):
    with pytest.raises(InvalidInput) as told:
        act(office.lead, "discussion.open", text=f"@{name}")
    assert told.value.problems[0].cause.id == "office.refused.mention"
    assert not Discussion.objects.exists()


def test_an_address_of_mail_and_a_sign_alone_mention_nobody(office, case):
    text = "Write to ada@city-expert.example, at 3 @ 5, or @ Expert"
    assert act(office.lead, "discussion.open", text=text)["mentioned"] == []
    assert act(office.lead, "discussion.open", text="请@city-manager看一下。")["mentioned"] == ["city-manager"]


def test_who_sees_a_case_is_who_finds_it_among_his_own(office, case):
    act(office.member, "interest.declare", has_interest=True, words="my brother works there")
    seen = {person.pk for person in Person.objects.all() if Viewer(person).cases.filter(pk=case.pk).exists()}
    assert {person.pk for person in who_sees(case)} == seen
    assert office.member.pk not in seen
    assert office.lead.pk in seen


# Who is kept out


def test_an_interest_closes_every_discussion_of_the_case(office, case, client):
    number = act(office.lead, "discussion.open", text=f"{WORDS} @city-member")["discussion"]
    assert page(client, office.member).status_code == 200
    act(office.member, "interest.declare", has_interest=True, words="my brother works there")
    assert page(client, office.member).status_code == 404
    assert not mentions(office.member)
    for action, more in (("open", {"text": "x"}), ("answer", {"discussion": number, "text": "x"}),
                         ("resolve", {"discussion": number}), ("read", {"discussion": number})):  # fmt: skip
        with pytest.raises(NotThere):
            act(office.member, f"discussion.{action}", **more)
    assert WORDS not in client.get("/log/").content.decode()


@pytest.fixture
def blind(office, monkeypatch):
    """A case whose second panel answers blind; a remark on the whole case is older."""
    quick(monkeypatch)
    prepared(office)
    do(office.lead, "discussion.open", text=WORDS)
    asked_again(office)
    return OfficeCase.objects.get(slug=SLUG)


def test_no_remark_on_a_question_is_written_while_its_round_is_blind(office, blind, client):
    judge(office.expert)
    for name in ("lead", "expert", "chair", "auditor"):
        with pytest.raises(InvalidInput) as told:
            do(office.people[name], "discussion.open", **QUESTION, text="Half")
        assert told.value.problems[0].cause.id == "office.refused.question_blind"
        client.force_login(office.people[name])
        assert "question%3Aagain" not in client.get(f"/cases/{SLUG}/panel/").content.decode()
    judge(office.analyst2)
    number = do(office.expert, "discussion.open", **QUESTION, text="Half")["discussion"]
    assert "question%3Aagain" in client.get(f"/cases/{SLUG}/panel/").content.decode()
    do(office.analyst2, "discussion.answer", discussion=number, text="A third")


def test_a_round_that_is_blind_again_hides_what_was_said_before(office, blind, client):
    for name in EXPERTS:
        judge(office.people[name])
    number = do(office.expert, "discussion.open", **QUESTION, text="Half of it")["discussion"]
    do(office.lead, "panel.ask", panel="third", question="share", text="Which?", unit="ratio", least=0, most=1)
    assert "Half of it" in page(client, office.lead, slug=SLUG).content.decode()
    ExpertJudgement.objects.filter(question="again/share", person=office.analyst2).delete()
    assert "Half of it" not in page(client, office.lead, slug=SLUG).content.decode()
    with pytest.raises(InvalidInput):
        do(office.lead, "discussion.answer", discussion=number, text="x")


def test_an_expert_reads_no_discussion_of_the_case_before_he_has_answered(office, blind, client):
    mine, timeline = page(client, office.expert, slug=SLUG).content.decode(), f"/cases/{SLUG}/timeline/"
    assert WORDS not in mine
    assert WORDS not in client.get(timeline).content.decode()
    assert WORDS not in client.get("/log/").content.decode()
    with pytest.raises(InvalidInput) as told:
        do(office.expert, "discussion.open", text="I think half")
    assert told.value.problems[0].cause.id == "office.refused.answer_first"
    judge(office.expert)
    assert WORDS in page(client, office.expert, slug=SLUG).content.decode()


def test_an_expert_who_answers_blind_reads_the_words_of_a_discussion_at_no_address(office, blind, client):
    token = perform(office.expert, "token.make", {"name": "t", "scopes": ["read"]}, next(KEYS)).answer["token"]

    def told():
        client.force_login(office.expert)
        for address in {*addresses({}, SLUG), f"/search/?q={WORDS.split()[1]}"} - {"/leave/"}:
            answer = client.get(address, headers={"Authorization": f"Bearer {token}"} if "/api/" in address else {})
            if WORDS in answer.content.decode("utf-8", "replace"):
                yield address

    assert set(told()) == set()
    judge(office.expert)
    assert set(told()) == {f"/cases/{SLUG}/discussion/", f"/api/cases/{SLUG}/discussions"}


# The log


def test_every_remark_stands_in_the_log_and_its_words_are_told_to_the_auditor(office, case, client):
    number = act(office.lead, "discussion.open", text=WORDS)["discussion"]
    act(office.manager, "discussion.answer", discussion=number, text="It is.")
    said = [entry for _, entry in office_log().contents() if b"discussion." in entry]
    assert len(said) == 2
    assert not [entry for entry in said if WORDS.encode() in entry]
    told = {}
    for name in ("auditor", "chair", "lead", "manager"):
        client.force_login(office.people[name])
        told[name] = WORDS in client.get(f"/cases/{CASE}/timeline/").content.decode()
    assert told == {"auditor": True, "chair": False, "lead": True, "manager": False}  # one's own words are told


def test_the_log_accounts_for_discussions(office, case):
    account_for_office()
    number = act(office.lead, "discussion.open", text="@city-manager?")["discussion"]
    act(office.manager, "discussion.resolve", discussion=number)
    assert list(wrong_rows(office_log(), signing_key())) == []
    DiscussionRemark.objects.update(text="Something else")
    assert [row.table for row in wrong_rows(office_log(), signing_key())] == ["office.discussionremark"]


def test_a_closed_case_is_discussed_no_more(office, case):
    number = act(office.lead, "discussion.open", text="@city-manager?")["discussion"]
    OfficeCase.objects.update(state="closed")
    with pytest.raises(Forbidden):
        act(office.lead, "discussion.answer", discussion=number, text="x")
    act(office.manager, "discussion.read", discussion=number)


# Programs


def test_a_program_reads_what_its_person_may_read(office, case, client):
    act(office.lead, "discussion.open", text=f"{WORDS} @city-manager")
    told = {}
    for name in ("manager", "expert"):
        token = perform(office.people[name], "token.make", {"name": "t", "scopes": ["read"]}, next(KEYS)).answer[
            "token"
        ]
        told[name] = client.get(f"/api/cases/{CASE}/discussions", headers={"Authorization": f"Bearer {token}"})
    assert told["expert"].status_code == 404
    (one,) = told["manager"].json()["items"]
    assert (one["kind"], one["open"], one["remarks"][0]["text"]) == ("case", True, f"{WORDS} @city-manager")
    assert one["remarks"][0]["mentioned"] == ["city-manager"]


def reason(check, value, needs=("revenue",)):
    because = {"check": {"id": f"diligence.check.{check}", "params": {}}, "value": value, "needs": list(needs)}
    return {"id": "office.appraisal.broke", "params": {"because": {"id": "diligence.no_facts", "params": because}}}


def test_each_reason_of_an_appraisal_is_discussed_by_itself_while_its_figures_change():
    keys = {reason_key(reason(check, 1.0)) for check in ("going-concern", "unit-margin")}
    assert len(keys) == 2, "two reasons with one id are two subjects"
    assert reason_key(reason("unit-margin", 2.0, ("margin", "cost"))) in keys


def test_each_reason_of_the_page_opens_a_discussion_of_its_own(office, client, monkeypatch):
    monkeypatch.setitem(HEADLINE, "reasons", [reason("going-concern", 1.0), reason("unit-margin", 1.0)])
    quick(monkeypatch)
    prepared(office)
    appraised(office)
    client.force_login(office.lead)
    page = client.get(f"/cases/{SLUG}/findings/").content.decode()
    subjects = re.findall(r'class="discuss" href="([^"]+finding%3A[^"]+)"', page)
    assert len(set(subjects)) == 2, subjects
    for address in subjects:
        assert client.get(address).status_code == 200
