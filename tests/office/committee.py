"""A case brought to the door of the committee: seats given, streams signed, interests declared, appraisal done."""

import itertools
import json
from hashlib import sha256

from tests.office.small import room_of
from tests.office.tiedcase import SLUG, archive, files

from guanzi.office.actions import perform
from guanzi.office.cases import tasks
from guanzi.office.models import AppraisalRun, OfficeCase

KEYS = (f"k{n}" for n in itertools.count())
MEMBERS = ("member", "member2", "member3", "member4", "member5")
EXPERTS = ("expert", "analyst2")
HEADLINE = {
    "advice": "back_with_conditions",
    "headline": {"id": "office.appraisal.broke", "params": {}},
    "figures": [{"label": {"id": "office.appraisal.broke", "params": {}}, "en": "1 bn yuan", "zh": "10亿元"}],
    "reasons": [{"id": "office.appraisal.broke", "params": {}}],
    "method": "2" * 64,
    "playbook": "hefei",
    "seed": 1,
    "guanzi": "0",
}


def do(who, action, **asked):
    """Do an action of the case, under a key of its own."""
    return perform(who, action, {"case": SLUG, **asked}, next(KEYS)).answer


def quick(monkeypatch):
    """Let appraisals be done at once, with invented content."""
    names = ("appraisal.json", "dossier.en.html", "dossier.zh.html", "evidence.json")
    made = {name: f"{name} of a test".encode() for name in names}
    demand = {"id": "see-clauses", "because": [], "text": {"id": "playbooks.demand.see_clauses", "params": {}}}
    made["appraisal.json"] = json.dumps({"demands": [demand]}).encode()
    headline = HEADLINE | {"evidence": sha256(made["evidence.json"]).hexdigest()}
    monkeypatch.setattr(tasks, "_compute", lambda run: (made, headline))


def appraised(office):
    """An appraisal of the newest version, done."""
    number = do(office.lead, "appraisal.ask", paths=100)["appraisal"]
    tasks.appraise.func(number)
    return AppraisalRun.objects.get(pk=number)


def sign_streams(case):
    """Every stream signed, as its own actions would leave it, and the case before the committee."""
    case.streams.update(state="signed", signed_version=case.head, void_because=[])
    case.stage = "deciding"
    case.save(update_fields=["stage"])


def prepared(office, ties=()):
    """The case with its committee, ready for a sitting but for the appraisal."""
    perform(office.lead, "case.open", {"archive": archive(files(ties) | room_of())}, next(KEYS))
    for name in MEMBERS:
        do(office.lead, "case.give_seat", person=office.people[name].username, part="member")
    do(
        office.chair,
        "case.give_seat",
        person=office.chair.username,
        part="chair",
        weight=2,
        reasons="the chair answers for it",
    )
    judged(office)
    case = OfficeCase.objects.get(slug=SLUG)
    for n, row in enumerate(case.streams.order_by("stream")):
        row.owner = office.people[("analyst", "analyst2")[n % 2]]
        row.save()
    sign_streams(case)
    return case


def judged(office, panel="prepared"):
    """A panel asked, answered by two experts and closed, whose seats are taken back afterwards."""
    for name in EXPERTS:
        do(office.lead, "case.give_seat", person=office.people[name].username, part="expert")
    do(office.lead, "panel.ask", panel=panel, question="chance", text="Will it hold?", unit="ratio", least=0, most=1)
    for name in EXPERTS:
        given = {"low": 0.2, "mode": 0.4, "high": 0.7, "reason": "as others of its kind"}
        do(office.people[name], "panel.judge", panel=panel, question="chance", **given)
    do(office.lead, "panel.close", panel=panel)
    for name in EXPERTS:
        do(office.lead, "case.give_seat", person=office.people[name].username, part="reader")


def declare(office, *names):
    """Members and chair declare that they have no interest."""
    for name in names or (*MEMBERS, "chair"):
        do(office.people[name], "interest.declare", has_interest=False)


def sit(office):
    """A sitting, opened."""
    return do(office.chair, "vote.open", appraisal=appraised(office).pk)["sitting"]


def vote(office, sitting, **votes):
    """Ballots by name."""
    for name, word in votes.items():
        do(office.people[name], "vote.cast", sitting=sitting, vote=word, reason=f"{name} finds {word} right")
