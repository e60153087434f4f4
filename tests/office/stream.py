"""A stream of actions of all kinds, drawn by dice from what stands in an office that has three cases."""

import base64
from datetime import date, timedelta

from tests.office import committee, evidence_of, small, tiedcase

from guanzi.office.deciding.workflow import workflow
from guanzi.office.models import (
    AppraisalRun,
    IndexedFact,
    MilestoneReport,
    Person,
    Scene,
    Sitting,
    TrancheRelease,
    Workstream,
)

TRANCHES = [f"q{n}" for n in range(400)]
OPEN, SIGNED, VOTED = "small", small.CASE, tiedcase.SLUG
STREAM = workflow().streams[0].id


class Patch:
    """What ``quick`` needs of a monkeypatch; the process ends with what it patched."""

    setattr = staticmethod(setattr)


def prepare_cases(office):
    """One case in the open, one that is signed and has many instalments, and one before its committee."""
    lines = "".join(f"      - {{id: {id}, amount: 2, due: 2026-07-31, if: \"event('closing')\"}}\n" for id in TRANCHES)
    text = small.TERMS.replace("    tranches:\n", f"    tranches:\n{lines}")
    small.sign_small(office, {**small.FILES, small.SHEET: text})
    small.verified(office)
    evidence_of.open_small(office)
    committee.quick(Patch)
    committee.prepared(office)
    committee.declare(office)
    committee.appraised(office)


class Stream:
    """Draws what somebody asks for next: name of the person, id of the action, what is asked."""

    def __init__(self, dice):
        self.dice = dice
        self.word = f"w{dice.getrandbits(48):012x}"

    def draw(self):
        """Something that can be done as things stand."""
        while True:
            asked = getattr(self, self.dice.choice(KINDS))()
            if asked is not None:
                return asked

    def opened(self):
        header = evidence_of.CASE.replace("case: small", f"case: {self.word}")
        files = evidence_of.FILES | {"case.yaml": header.encode()}
        return "lead", "case.open", {"archive": evidence_of.zipped(files)}

    def uploaded(self):
        words = f"{self.word}\n" * self.dice.randint(1, 3_000)
        asked = {"file": base64.b64encode(words.encode()).decode(), "filename": f"{self.word}.txt"}
        return "lead", "evidence.upload", {"case": OPEN, "known_on": "2026-05-01", **asked}

    def sourced(self):
        asked = {"id": self.word, "publisher": "Maker", "title": "Report", "grade": "B"}
        return "lead", "evidence.add_source", {"case": OPEN, **asked}

    def stated(self):
        asked = {"name": "deliveries", "subject": self.word, "period": "2025", "value": "7", "unit": "vehicles"}
        return "analyst", "evidence.add_fact", {"case": OPEN, "known_on": "2026-05-01", "source": "report", **asked}

    def corrected(self):
        old = IndexedFact.objects.filter(case__slug=OPEN, name="deliveries", superseded_by="").first()
        asked = {"value": str(self.dice.randint(1, 9_999)), "unit": "vehicles", "known_on": "2026-05-01"}
        return "analyst", "evidence.correct_fact", {"case": OPEN, "fact": old.fact, "source": "report", **asked}

    def worked(self):
        row = Workstream.objects.get(case__slug=OPEN, stream=STREAM)
        asked = {"case": OPEN, "stream": STREAM}
        if row.owner is None:
            return "lead", "streams.assign", asked | {"person": "city-analyst"}
        if row.state == "waiting":
            return "analyst", "streams.begin", asked
        if row.state == "signed":
            return None
        return (
            "analyst",
            "streams.sign",
            asked | {"opinion": "sound", "left_open": "sound", "version": row.case.head.number},
        )

    def seated(self):
        part = self.dice.choice(("analyst", "expert", "lead"))
        return "lead", "case.give_seat", {"case": OPEN, "person": "city-analyst2", "part": part}

    def invited(self):
        return "administrator", "person.invite", {"username": self.word, "name": "New", "roles": ["analyst"]}

    def chosen(self):
        now = Person.objects.get(username="city-auditor").language
        return "auditor", "person.choose_language", {"language": "zh" if now == "en" else "en"}

    def offered(self):
        scene = Scene.objects.filter(state="offered").first()
        if scene is not None and self.dice.random() < 0.5:
            return "lead", "scene.withdraw", {"scene": scene.pk}
        asked = {"title": self.word, "owner": "Roads", "place": "Ring", "need": "Counting", "opens": "2026-01-01"}
        return "lead", "scene.offer", asked

    def reported(self):
        day = date(2026, 9, 1) + timedelta(days=self.dice.randint(0, 20))
        row = MilestoneReport.objects.filter(milestone="headquarters").first()
        asked = {"case": SIGNED, "milestone": "headquarters"}
        if row is None:
            return "manager", "milestone.report", asked | {"reached_on": day.isoformat(), "words": self.word}
        if row.verified_by is not None:
            return None
        if self.dice.random() < 0.8:
            return "lead", "milestone.return", asked | {"words": self.word}
        return "lead", "milestone.verify", asked | {
            "document": "certificate", "page": 1, "quote": small.QUOTES["headquarters"],
        }  # fmt: skip

    def measured(self):
        """Figures of the one quarter that has ended since signing, reported or corrected."""
        asked = {"case": SIGNED, "quarter": "2026Q3", "deliveries": self.dice.randint(1_000, 9_000)}
        if IndexedFact.objects.filter(case__slug=SIGNED, fact__startswith="report-2026q3").exists():
            return "manager", "watch.correct", asked | {"why": self.word}
        return "manager", "watch.report", asked

    def paid(self):
        row = TrancheRelease.objects.filter(state="asked").first()
        if row is None:
            gone = set(TrancheRelease.objects.filter(state="released").values_list("tranche", flat=True))
            id = next(id for id in TRANCHES if id not in gone)
            return "manager", "money.ask", {"case": SIGNED, "tranche": id, "words": self.word}
        if self.dice.random() < 0.8:
            return "finance", "money.release", {"case": SIGNED, "release": row.pk}
        return "chair", "money.refuse", {"case": SIGNED, "release": row.pk, "words": self.word}

    def voted(self):
        sitting = Sitting.objects.filter(case__slug=VOTED, state="open").first()
        if sitting is None:
            run = AppraisalRun.objects.filter(case__slug=VOTED, state="done").last()
            return "chair", "vote.open", {"case": VOTED, "appraisal": run.pk}
        asked = {"case": VOTED, "sitting": sitting.pk}
        if sitting.ballots.count() > len(committee.MEMBERS) and self.dice.random() < 0.5:
            return "chair", "vote.close", asked | {"reasons": self.word}
        name = self.dice.choice((*committee.MEMBERS, "chair"))
        return name, "vote.cast", asked | {"vote": self.dice.choice(("back", "abstain")), "reason": self.word}


KINDS = (
    "opened", "uploaded", "uploaded", "sourced", "stated", "corrected", "worked", "worked", "seated", "invited",
    "chosen", "offered", "reported", "measured", "paid", "paid", "paid", "voted", "voted", "voted",
)  # fmt: skip
