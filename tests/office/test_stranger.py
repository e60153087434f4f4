"""The record of a played case lets a stranger answer, with nothing of the office at hand, what its people did."""

import json
import os
import zipfile
from datetime import date
from hashlib import sha256
from io import BytesIO

import pytest
from tests.office import stranger
from tests.office.committee import HEADLINE, MEMBERS, sign_streams
from tests.office.small import CASE, DOCUMENT, FILES, QUOTES, SHEET, act, approve, archive, proved, room_of, verified
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.jobs.decisions import bundles
from guanzi.office.actions import perform
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases import tasks
from guanzi.office.models import AppraisalRun, OfficeCase, Sitting
from guanzi.office.pages.records import record_of
from guanzi.office.paying.afterwards import watched_deal
from guanzi.office.paying.verifying import digests_of
from guanzi.record.ledger import RECORD, check_log
from guanzi.record.playbooks import load_playbook

FACT = {"name": "deliveries", "period": "2024", "value": "9000", "unit": "vehicles", "known_on": "2026-03-18"}
MEASURED = FILES[SHEET].replace("event('closing')", "event('closing') and units >= 5_000")
TIE = "My brother works for the company."
VOTES = dict.fromkeys(("member", "member2", "member4", "chair"), "back_with_conditions") | {"member5": "decline"}


@pytest.fixture
def played(office, monkeypatch, tmp_path):
    """A whole case by actions alone, from the opening to a warning, and its record on a disk."""
    names = ("appraisal.json", "dossier.en.html", "dossier.zh.html", "evidence.json")
    made = {name: f"{name} of a test".encode() for name in names} | {names[0]: b'{"demands": []}'}
    headline = HEADLINE | {"evidence": sha256(made["evidence.json"]).hexdigest()}
    monkeypatch.setattr(tasks, "_compute", lambda run: (made, headline))
    perform(office.lead, "case.open", {"archive": archive({**FILES, SHEET: MEASURED, **room_of()})}, "open")
    for name in MEMBERS:
        act(office.lead, "case.give_seat", person=office.people[name].username, part="member")
    chair = {"person": office.chair.username, "part": "chair", "weight": 2, "reasons": "the chair answers for it"}
    act(office.chair, "case.give_seat", **chair)
    judged(office)
    act(office.lead, "case.give_seat", person=office.manager.username, part="manager")
    act(office.lead, "case.give_seat", person=office.analyst2.username, part="analyst")
    act(office.member3, "interest.declare", has_interest=True, words=TIE)
    for name in VOTES:
        act(office.people[name], "interest.declare", has_interest=False)
    case = OfficeCase.objects.get()
    first = sitting(office, case)
    vote(office, first, {"member": "decline"})
    act(office.analyst2, "evidence.add_fact", source="release", **FACT)
    act(office.chair, "vote.void", sitting=first, reasons="The figure is what we voted on.")
    assert Sitting.objects.get(pk=first).state == "void"
    second = sitting(office, case)
    vote(office, second, VOTES)
    act(office.chair, "vote.close", sitting=second, reasons="The money waits for steps of the company.")
    approve(office)
    act(office.chair, "condition.waive", condition="reasons", reason="The sheet binds each payment to such a step.")
    act(office.finance, "condition.agree", condition="reasons")
    act(office.chair, "deal.sign", path=SHEET)
    verified(office)
    act(office.lead, "watch.report", quarter="2026Q3", deliveries=6000)
    proved(office.analyst2, "report-2026q3-deliveries", QUOTES["deliveries"])
    row = act(office.manager, "money.ask", tranche="t1", words="the figures are not due yet")["release"]
    act(office.finance, "money.release", release=row)
    assert check_log(office_log()) == ()
    folder = tmp_path / "record"
    folder.mkdir()
    for name, content in record_of(OfficeCase.objects.get(), office.auditor).items():
        (folder / name).write_bytes(content)
    return office, folder, tuple(Sitting.objects.get(pk=pk).number for pk in (first, second))


def sitting(office, case):
    case.refresh_from_db()
    for n, row in enumerate(case.streams.order_by("stream")):
        row.owner = office.people[("analyst", "analyst2")[n % 2]]
        row.save()
    sign_streams(case)
    number = act(office.lead, "appraisal.ask", paths=100)["appraisal"]
    tasks.appraise.func(number)
    return act(office.chair, "vote.open", appraisal=AppraisalRun.objects.get(pk=number).pk)["sitting"]


def judged(office):
    """A panel of two experts, asked, answered and closed."""
    experts = ("expert", "analyst")
    for name in experts:
        act(office.lead, "case.give_seat", person=office.people[name].username, part="expert")
    asked = {"panel": "p", "question": "chance"}
    act(office.lead, "panel.ask", **asked, text="Will it hold?", unit="ratio", least=0, most=1)
    for name in experts:
        given = {"low": 0.2, "mode": 0.4, "high": 0.7, "reason": "as others of its kind"}
        act(office.people[name], "panel.judge", **asked, **given)
    act(office.lead, "panel.close", panel="p")
    for name in experts:
        act(office.lead, "case.give_seat", person=office.people[name].username, part="reader")


def vote(office, number, ballots):
    for name, word in ballots.items():
        act(office.people[name], "vote.cast", sitting=number, vote=word, reason=f"{name} finds {word} right")


def test_a_stranger_answers_from_the_record_alone(played):
    office, folder, (first, second) = played
    name = {key: person.username for key, person in office.people.items()}
    found = bundles.verify_record(folder)
    assert not found.problems
    lines = found.lines
    method = load_playbook("hefei")
    id, version, hash, throughout = stranger.version_of_the_playbook(lines)
    assert (id, version, throughout) == ("hefei", method.version, True)
    assert hash == OfficeCase.objects.get().playbook_sha256
    opened = {x.entry.body.data["sitting"]: x.seq for x in lines if x.action == "vote.open"}
    assert "deliveries-2024" not in stranger.known_before(lines, opened[first])
    who, at, value = stranger.known_before(lines, opened[second])["deliveries-2024"]
    assert (who, value) == (name["analyst2"], "9000")
    assert at < next(x.at for x in lines if x.seq == opened[second])
    seats = stranger.who_could_see(lines, opened[first])
    assert name["member3"] not in seats
    assert (seats[name["lead"]], seats[name["chair"]]) == ("lead", "chair")
    ballots, results = stranger.votes(lines)
    weight = {"chair": 2.0}
    told = {name[key]: (word, f"{key} finds {word} right", weight.get(key, 1.0)) for key, word in VOTES.items()}
    assert ballots[second] == told
    assert ballots[first] == {name["member"]: (None, None, 1.0)}  # it was not counted: nobody ever reads it
    assert results == {second: "back_with_conditions"}
    assert f"sitting.{first}" in stranger.made_void(lines)["vote.void"]
    voted_on, appraisal = stranger.version_of_a_vote(lines, second)
    assert voted_on == next(x.entry.body.data["made"] for x in lines if x.action == "evidence.add_fact")
    assert appraisal == Sitting.objects.get(number=second).appraisal.sha256
    assert stranger.recused(lines) == {name["member3"]: TIE}
    (paid,) = stranger.money_out(lines, found.files)
    facts = {fact.id: fact for fact in watched_deal(OfficeCase.objects.get(), date(2099, 1, 1)).case.facts}
    assert paid[:4] == ("t1", 400.0, name["manager"], name["finance"])
    (milestone, figure) = sorted(paid[4], key=lambda id: "report" in id.partition("-")[0])
    assert facts[milestone].name == "milestone_reported"
    assert paid[4][milestone][1:] == (1, QUOTES["closing"], name["lead"], DOCUMENT)
    assert facts[figure].value == 6000
    assert paid[4][figure][1:] == (1, QUOTES["deliveries"], name["analyst2"], DOCUMENT)
    read = watched_deal(OfficeCase.objects.get(), date(2099, 1, 1)).case
    assert paid[4][figure][0] == digests_of(read, [facts[figure]])[figure]


def test_the_command_verifies_the_record_without_the_office(played):
    _, folder, _ = played
    answer = CliRunner().invoke(app, ["ledger", "verify", str(folder)])
    assert answer.exit_code == 0, answer.output
    assert TIE in answer.output
    (folder / RECORD).write_text((folder / RECORD).read_text("utf-8").replace(TIE, "No reason."), "utf-8")
    assert CliRunner().invoke(app, ["ledger", "verify", str(folder)]).exit_code == 1


@pytest.mark.parametrize("change", ["entry", "order", "file", "gone", "checkpoint", "pipe"])
def test_whatever_is_changed_in_a_record_is_found(played, change):
    _, folder, _ = played
    lines = (folder / RECORD).read_text("utf-8").splitlines()
    proof = next(path for path in folder.iterdir() if path.name.startswith("file-"))
    match change:
        case "entry":
            told = json.loads(lines[3])
            told["content"] = told["content"].replace("case.give_seat", "case.take_seat")
            lines[3] = json.dumps(told)
        case "order":
            lines[2], lines[3] = lines[3], lines[2]
        case "file":
            proof.write_bytes(b"another proof")
        case "gone":
            proof.unlink()
        case "pipe":
            os.mkfifo(folder / "more")
        case "checkpoint":
            note = (folder / "checkpoint.txt").read_text("utf-8")
            (folder / "checkpoint.txt").write_text(note.replace("\n", "\n1", 1), "utf-8")
    (folder / RECORD).write_text("\n".join(lines) + "\n", "utf-8")
    assert bundles.verify_record(folder).problems


def test_the_record_is_taken_from_the_page_by_who_sees_the_case(played, client):
    office, folder, _ = played
    client.force_login(office.auditor)
    assert f"/cases/{CASE}/record.zip".encode() in client.get(f"/log/?case={CASE}").content
    box = zipfile.ZipFile(BytesIO(client.get(f"/cases/{CASE}/record.zip").content))
    assert box.read(f"{CASE}-record/{RECORD}") == (folder / RECORD).read_bytes()
    client.force_login(office.member3)
    assert client.get(f"/cases/{CASE}/record.zip").status_code == 404
