"""Nobody links an answer without a name to an expert, nor a first answer to a second, by anything that he may read."""

import json
import re

from tests.office.committee import KEYS, do
from tests.office.conftest import Office
from tests.office.once import played_once
from tests.office.test_other_organisations import CHANCE
from tests.office.tiedcase import SLUG, archive, files

from guanzi.office.actions import perform
from guanzi.office.deciding.panels import panels_of
from guanzi.office.models import ActionRun, ExpertJudgement, OfficeCase
from guanzi.office.pages.records import record_of
from guanzi.record.ledger import RECORD

EXPERTS = ("expert", "analyst", "analyst2", "finance")
READERS = ("expert", "lead", "chair", "auditor")
QUESTIONS = {"ceiling": (1000.0, 3000.0, 9000.0), "share": (0.1, 0.2, 0.3)}
PAGES = (
    "/log/", "/log/?sort=entry&format=csv", "/log/?action=panel.judge", f"/log/?case={SLUG}", "/cases/", "/people/",
    *(f"/cases/{SLUG}/{part}" for part in ("", "timeline/", "panel/", "evidence/", "versions/", "streams/")),
)  # fmt: skip
API = (f"/api/cases/{SLUG}", "/api/log?limit=100", f"/api/log?case={SLUG}&limit=100")
COUNTED = re.compile(r"\d+ of \d+ (?:experts? )?ha(?:s|ve) answered[^<]*")


@played_once
def asked(office):
    Office.make("town")  # the size of a log of one organisation tells that something was entered
    perform(office.lead, "case.open", {"archive": archive(files(()))}, next(KEYS))
    for name in EXPERTS:
        do(office.lead, "case.give_seat", person=office.people[name].username, part="expert")
    do(office.lead, "panel.ask", question="ceiling", text="How many a quarter?", unit="vehicles", scale="log")
    do(office.lead, "panel.ask", question="share", text="Which share?", unit="ratio", least=0, most=1)
    office.tokens = {
        name: perform(office.people[name], "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
        for name in READERS
    }
    return office


def answer(office, name, factor=1.0, questions=tuple(QUESTIONS), reason="as others of its kind"):
    for question in questions:
        low, mode, high = (value * factor for value in QUESTIONS[question])
        given = {"low": low, "mode": mode, "high": high, "reason": reason}
        do(office.people[name], "panel.judge", panel="committee", question=question, **given)


def all_that_is_read(office, client):
    """Every page, file and answer of the interface of every reader, without what is drawn anew each time."""
    told = {}
    for name in READERS:
        client.force_login(office.people[name])
        for page in PAGES:
            read = CHANCE.sub(r"\1", client.get(page).content.decode())
            told[name, page] = COUNTED.sub("", read)
        for path in API:
            heads = {"Authorization": f"Bearer {office.tokens[name]}"}
            told[name, path] = CHANCE.sub(r"\1", client.get(path, headers=heads).content.decode())
    return told


def changed(before, after):
    return [place for place in before if before[place] != after[place]]


def test_what_an_expert_and_the_lead_read_is_the_same_whoever_answers_before_all_have(asked, client):
    answer(asked, "expert")
    before = all_that_is_read(asked, client)
    answer(asked, "analyst", 1.1)
    assert changed(before, all_that_is_read(asked, client)) == []
    answer(asked, "finance", 0.7, ("share",))
    assert changed(before, all_that_is_read(asked, client)) == []


def test_what_anybody_reads_is_the_same_whoever_answers_a_second_time(asked, client):
    for n, name in enumerate(EXPERTS):
        answer(asked, name, 1 + n / 10)
    before = all_that_is_read(asked, client)
    assert "as others of its kind" in before["expert", f"/cases/{SLUG}/panel/"]
    answer(asked, "analyst", 0.5, ("share",), "moved by the discussion")
    assert changed(before, all_that_is_read(asked, client)) == []


def test_answers_stand_where_their_values_put_them_whoever_gave_them(asked):
    """Two experts say the same with other reasons; it is not the seat that puts one first."""
    for name in EXPERTS:
        answer(asked, name, reason=f"{name[::-1]}")
    for name in EXPERTS:
        answer(asked, name, 1.2, reason=f"{name[::-1]} again")
    said, form = everything(asked)
    swap(1, "expert", "finance", asked)
    assert everything(asked) == (said, form)


def test_no_number_in_the_evidence_follows_an_expert_from_the_first_round_to_the_second(asked):
    for n, name in enumerate(EXPERTS):
        answer(asked, name, 1 + n / 10)
    for n, name in enumerate(EXPERTS):
        answer(asked, name, 2 - n / 7)
    said, form = everything(asked)
    for other in EXPERTS[1:]:
        swap(2, "expert", other, asked)
        assert everything(asked) == (said, form), other
    numbers = [answer.expert for entry in form.rounds for answer in entry.answers]
    assert set(numbers) == {f"e{n}" for n in range(1, len(EXPERTS) + 1)}


def everything(office):
    """What the page shows before the panel is closed, and the file that is written then."""
    (panel,) = panels_of(OfficeCase.objects.get(slug=SLUG))
    return {question: panel.first_round(question) for question in QUESTIONS}, panel.form()


def swap(round, one, other, office):
    """Let two experts have said in a round what the other said."""
    rows = list(ExpertJudgement.objects.filter(round=round, person__in=(office.people[one], office.people[other])))
    whose = {office.people[one].pk: office.people[other], office.people[other].pk: office.people[one]}
    people = [whose[row.person_id] for row in rows]
    ExpertJudgement.objects.filter(pk__in=[row.pk for row in rows]).update(round=round + 10)
    for row, person in zip(rows, people, strict=True):
        row.person, row.round = person, round
        row.save()


def test_the_auditors_record_opens_who_answered_what_once_the_case_is_closed_and_to_nobody_else(asked, client):
    for name in EXPERTS:
        answer(asked, name)
    answer(asked, "expert", 2.0, ("share",), "moved by the discussion")
    held = OfficeCase.objects.get(slug=SLUG)

    def lines(reader):
        read = record_of(held, reader)[RECORD].decode().splitlines()
        return [line for line in map(json.loads, read) if '"panel.judge"' in line["content"]]

    for reader in (asked.auditor, asked.lead):
        assert len(lines(reader)) == 2 * len(EXPERTS) + 1
        assert all(set(line["opened"].values()) == {None} for line in lines(reader))
        assert {tuple(json.loads(line["content"])["body"]["data"]) for line in lines(reader)} == {("panel", "rows")}
    OfficeCase.objects.update(state="closed")
    assert any("moved" in line["opened"]["said.judgement"]["words"] for line in lines(asked.auditor))
    assert all(set(line["opened"].values()) == {None} for line in lines(asked.lead))
    client.force_login(asked.auditor)
    assert "moved by the discussion" in client.get("/log/").content.decode()
    assert ActionRun.objects.filter(action="panel.judge").count() == 2 * len(EXPERTS) + 1
