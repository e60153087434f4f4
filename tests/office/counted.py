"""People at browsers whose forms are counted, and the way of a case to the counted vote by few of them."""

import re
from collections import Counter

from tests.office.browsing import Visitor

STREAMS = ("finance", "market", "technology", "chain", "legal", "fiscal")
MEMBERS = ("wu", "zheng", "wang", "feng")
EXPERTS = {"qian": (510, 1530, 3060), "he": (420, 1260, 2520)}
SEATS = {"zhao": "analyst", "sun": "analyst", "qian": "expert", "he": "expert", "zhou": "chair", "yang": "manager"}
AT_WORK = ("zhao", "sun", *EXPERTS, "zhou", *MEMBERS)
"""Who acts between the opening of a case by its lead and the count."""


class Counted(Visitor):
    """A visitor whose forms, fields and typed words are counted; figures, days and names are kept."""

    def __init__(self, browser, base, lang, counts):
        super().__init__(browser, base, lang)
        self.counts = counts

    def enter(self, username, told):
        self.counts.add("enter", {})
        return super().enter(username, told)

    def ask(self, action, having="", refused=False, tick="", **fields):
        self.counts.add(action, fields)
        return super().ask(action, having, refused, tick, **fields)

    def send(self, path, action, **fields):
        """Send a form of a page of its own, which does several actions."""
        self.counts.add(action, fields)
        form = self.page.locator(f"form[action='{path}'][method=post]").first
        for _ in range(form.locator("xpath=ancestor::details[not(@open)]").count()):
            form.locator("xpath=ancestor::details[not(@open)]").first.locator("summary").first.click()
        for name, value in fields.items():
            field = form.locator(f"[name='{name}']")
            select = field.evaluate("e => e.tagName") == "SELECT"
            (field.select_option if select else field.fill)(value)
        with self.page.expect_event("load"):
            form.locator("button").last.click()
        assert self.page.locator(".refusal").count() == 0, self.reads()[:1500]
        return self


class Counts:
    """What people did, by stage."""

    CHOSEN = ("person", "part", "vote", "outcome", "document", "question")
    WORDS = ("reason", "reasons", "words", "text", "quote", "opinion", "left_open", "why")

    def __init__(self):
        self.stage, self.forms, self.fields, self.words, self.typed = "", Counter(), Counter(), Counter(), []
        self.written, self.waived = [], []

    def add(self, action, fields):
        self.forms[self.stage] += 1
        for name, value in fields.items():
            kind = name.partition(".")[0]
            self.fields[self.stage] += 1
            if kind in self.CHOSEN or kind in ("seat", "owner", "archive", "file"):
                continue
            self.words[self.stage] += len(re.findall(r"[一-鿿]|[^\s一-鿿]+", str(value)))
            if kind not in self.WORDS:
                self.typed.append(str(value))

    def upto(self, *stages):
        return tuple(sum(held[stage] for stage in stages) for held in (self.forms, self.fields, self.words))


def seat(lead, case):
    """Everybody has a seat, and every work-stream an owner, by one form."""
    seats = {f"seat.{who}": part for who, part in (SEATS | dict.fromkeys(MEMBERS, "member")).items()}
    owners = {f"owner.{stream}": ("zhao", "sun")[n % 2] for n, stream in enumerate(STREAMS)}
    lead.go(f"{case}seats/").send(f"{case}seats/", "seats", **seats, **owners)


def judge(people, case):
    """The panel is asked, answered and closed, and the version with its answers appraised."""
    lead = people["lin"]
    lead.go(f"{case}panel/").ask("panel.ask", question="orders", unit="vehicles", text="How many orders will stand?")
    for name, values in EXPERTS.items():
        fields = dict(zip(("low", "mode", "high"), values, strict=True))
        people[name].go(f"{case}panel/").ask("panel.judge", reason="As others of its size.", **fields)
    lead.go(f"{case}panel/").ask("panel.close", "[name=then]:checked")


def sign_streams(people, case):
    """Each analyst signs his three work-streams by one form."""
    for n, name in enumerate(("zhao", "sun")):
        page = people[name].go(f"{case}streams/").page
        words = {}
        for stream in STREAMS[n::2]:
            words[f"opinion.{stream}"] = "Read, and found sound on what is known."
            if page.locator(f"[name='left_open.{stream}']").count():
                words[f"left_open.{stream}"] = "The price allows for what is not known."
        people[name].send(f"{case}streams/", "streams.sign", **words)


def vote(people, case, word, reason, reasons):
    """The chair opens the sitting with a vote, members declare and vote, and the chair counts."""
    chair, voting = people["zhou"], {"vote": word, "reason": reason}
    chair.go(f"{case}decisions/").ask("case.advance", "[name=appraisal]", tick="[type=checkbox][name=then]", **voting)
    for name in MEMBERS:
        people[name].go(f"{case}decisions/").ask("interest.declare", "[name=then]", **voting)
    chair.go(f"{case}decisions/").ask("vote.close", reasons=reasons)


def appraised(lead, case):
    """Wait until the appraisal that was asked for last is done."""
    rows = "section[aria-labelledby=all-heading] tbody tr .state"
    for _ in range(1_200):
        kind = lead.go(f"{case}findings/").page.locator(rows).first.get_attribute("class")
        if "queued" not in kind and "running" not in kind:
            break
        lead.page.wait_for_timeout(500)
    assert "done" in kind, lead.reads()
