"""A committee's whole path in the browser: from the folder of a case to a broken covenant, in both languages."""

import base64
import os
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect
from tests.office.browsing import ALONE, CHROMIUM, Visitor, running
from tests.office.small import DOCUMENT, FILES, SHEET, archive
from tests.record.ledger.server import running as server
from tests.sampling import taken

playwright = pytest.importorskip("playwright.sync_api")
CASE = "/cases/riverton/"
DELIVERED = "1,200 vehicles were delivered in the third quarter of 2026."
MEMBERS = ("wu", "zheng", "wang", "feng", "chen")
SHOWN = ("case", "panel", "streams", "appraisal", "ballot", "void", "decision", "signed", "released", "warning",
         "timeline", "portfolio")  # fmt: skip
"""Pages that are looked at as pictures."""
OWNERS = ("zhao", "sun")
STREAMS = ("finance", "market", "technology", "chain", "legal", "fiscal")


@pytest.fixture
def folder(tmp_path):
    second = FILES[SHEET].replace("tier('headquarters')", "tier('headquarters') and units >= 1_000")
    (tmp_path / "riverton.zip").write_bytes(base64.b64decode(archive({**FILES, SHEET: second})))
    (tmp_path / "certificate.txt").write_bytes(DOCUMENT + f"\n{DELIVERED}\n".encode())
    return tmp_path


def waive_all(people):
    """Every condition of the decision, asked for by one and agreed to by another."""
    for name, action in (("lin", "condition.waive"), ("xu", "condition.agree")):
        person = people[name].go(f"{CASE}decisions/")
        found = person.page.locator(f"form[action='/do/{action}/'] input[name=condition]")
        ids = found.evaluate_all("all => all.map(i => i.value)")
        assert ids
        for id in ids:
            having = f"input[name=condition][value={id}]"
            said = {"reason": "It is met before the first payment."} if action == "condition.waive" else {}
            person.ask(action, having, **said)


def sign_off(person, having, opinion):
    """A work-stream is signed; where questions are open, with the reason."""
    open_ = person.page.locator(f"form[action='/do/streams.sign/']:has({having}) [name=left_open]").count()
    left = {"left_open": "The price allows for what is not known."} if open_ else {}
    person.ask("streams.sign", having, opinion=opinion, **left)


def of(stream):
    """A field of the forms of a work-stream."""
    return f"input[name=stream][value={stream}]"


def sign_all(people):
    lead = people["lin"].go(f"{CASE}streams/")
    for n, stream in enumerate(STREAMS):
        lead.ask("streams.assign", of(stream), person=OWNERS[n % 2])
    for n, name in enumerate(OWNERS):
        owner = people[name].go(f"{CASE}streams/")
        for stream in STREAMS[n::2]:
            owner.ask("streams.begin", of(stream))
            sign_off(owner, of(stream), f"{stream}: read and found sound")


def sign_again(people):
    """Whatever waits for being signed once more, since a fact was added."""
    for name in OWNERS:
        owner = people[name].go(f"{CASE}streams/")
        for stream in STREAMS:
            if owner.page.locator(f"form[action='/do/streams.sign/']:has({of(stream)})").count():
                sign_off(owner, of(stream), f"{stream}: the orders change nothing")


def advance(people, *stages):
    for stage in stages:
        people["lin"].go(f"{CASE}streams/").ask("case.advance", f"input[name=stage][value={stage}]")


def judge(people):
    lead = people["lin"].go(f"{CASE}panel/")
    lead.ask("panel.ask", question="orders", unit="vehicles", text="How many orders will stand in a year?")
    for name, values in {"qian": (500, 1500, 3000), "he": (400, 1200, 2500)}.items():
        fields = dict(zip(("low", "mode", "high"), values, strict=True))
        people[name].go(f"{CASE}panel/").ask("panel.judge", reason=f"{name}: as others of its size", **fields)
    lead.go(f"{CASE}panel/").ask("panel.close")


def appraise(people):
    lead = people["lin"].go(f"{CASE}findings/")
    lead.ask("appraisal.ask", paths=100)
    expect(lead.page.locator("#going-heading")).to_have_count(0, timeout=600_000)  # the page reads itself again
    state = lead.page.locator("section[aria-labelledby=all-heading] tbody tr .state").first
    assert "done" in state.get_attribute("class"), lead.reads()
    return lead


def vote(people, voters, word="back"):
    people["zhou"].go(f"{CASE}decisions/").ask("vote.open")
    for name in voters:
        people[name].go(f"{CASE}decisions/").ask("vote.cast", vote=word, reason=f"{name}: the money is bound to steps")


def walk(folder, shots, database, lang, cases):
    looked_at = SHOWN if "GUANZI_SHOTS" in os.environ else taken(SHOWN, 4)
    with running(folder / "office", database, cases) as (base, told), playwright.sync_playwright() as pw:
        browser = pw.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        names = ("lin", "zhao", "sun", "qian", "he", "zhou", "xu", "yang", *MEMBERS)
        people = {name: Visitor(browser, base, lang).enter(name, told[name]) for name in names}
        lead, chair = people["lin"], people["zhou"]

        def shot(visitor, name):
            if name in looked_at:
                visitor.shoot(shots / f"{name}-{lang}.png")

        lead.go("/cases/").ask("case.open", "[name=archive]", archive=str(folder / "riverton.zip"))
        assert lead.page.url.endswith(CASE)
        seats = {
            "zhao": "analyst",
            "sun": "analyst",
            "qian": "expert",
            "he": "expert",
            "zhou": "chair",
            "yang": "manager",
        }
        for name, part in {**seats, **dict.fromkeys(MEMBERS, "member")}.items():
            lead.ask("case.give_seat", person=name, part=part)
        shot(lead, "case")
        lead.go(f"{CASE}evidence/add/").ask(
            "evidence.upload", file=str(folder / "certificate.txt"), title="Certificate", known_on="2026-07-01"
        )
        sign_all(people)
        advance(people, "opened")
        judge(people)
        shot(lead.go(f"{CASE}panel/"), "panel")
        shot(lead.go(f"{CASE}streams/"), "streams")

        people["feng"].go(f"{CASE}decisions/").ask(
            "interest.declare", "input[value=true]", words="my brother sells seats to the company"
        )
        people["feng"].go(CASE)
        assert people["feng"].page.locator("h1").inner_text()
        assert "riverton" not in people["feng"].go("/cases/").reads().lower()
        voters = ("zhou", *(name for name in MEMBERS if name != "feng"))
        for name in voters:
            people[name].go(f"{CASE}decisions/").ask("interest.declare", "input[value=false]")
        shot(appraise(people), "appraisal")
        advance(people, "judging")

        vote(people, voters)
        shot(people["wu"].go(f"{CASE}decisions/"), "ballot")
        people["zhao"].go(f"{CASE}evidence/add/").ask(
            "evidence.add_fact", name="orders", period="2026-05-31", value="1200", unit="vehicles",
            known_on="2026-06-15", source="release",
        )  # fmt: skip
        assert people["wu"].go(f"{CASE}decisions/").page.locator("form[action='/do/vote.cast/']").count() == 1
        chair.go(f"{CASE}decisions/").ask("vote.void", reasons="The orders are examined first.")
        assert people["wu"].go(f"{CASE}decisions/").page.locator("form[action='/do/vote.cast/']").count() == 0
        shot(people["wu"], "void")
        sign_again(people)
        advance(people, "examining")
        appraise(people)
        advance(people, "judging")
        vote(people, voters, "back_with_conditions")
        chair.go(f"{CASE}decisions/").ask("vote.close", reasons="The first money waits for the closing.")
        shot(chair.go(f"{CASE}decisions/"), "decision")

        for name in ("lin", "xu"):
            page = people[name].go(f"{CASE}terms/").page
            page.locator("table a").first.click()
            people[name].ask("sheet.approve")
        waive_all(people)
        chair.go(f"{CASE}terms/").ask("deal.sign")
        shot(people["lin"].go(f"{CASE}terms/"), "signed")

        watch = f"{CASE}watch/"
        closing = "input[name=milestone][value=closing]"
        people["yang"].go(watch).ask("milestone.report", closing, reached_on="2026-07-20")
        lead.go(watch).ask("milestone.verify", closing, page=1, quote="The conditions of the closing are met.")
        people["yang"].go(watch).ask("money.ask", "input[value=t1]", words="the figures are not due yet")
        people["xu"].go(watch).ask("money.release")
        shot(people["xu"].go(watch), "released")
        people["yang"].go(watch).ask("watch.report", quarter="2026Q3", deliveries=1200)
        assert "2026" in people["xu"].go("/").page.locator("tbody").first.inner_text()
        figure = "input[value=report-2026q3-deliveries]"
        people["xu"].go(watch).ask("figure.verify", figure, page=1, quote=DELIVERED)
        assert DELIVERED in people["xu"].reads()
        lead.go(watch).ask("watch.look")
        shot(lead.go(watch), "warning")
        assert re.search(r"1,?200|5,?000", lead.reads())
        assert lead.page.locator("form[action='/do/warning.answer/']").count() > 0
        shot(lead.go(f"{CASE}timeline/"), "timeline")
        shot(chair.go("/portfolio/"), "portfolio")
        browser.close()


def go(folder, lang, database="", cases=True):
    shots = Path(os.environ.get("GUANZI_SHOTS", folder / "shots"))
    shots.mkdir(exist_ok=True)
    walk(folder, shots, database, lang, cases)
    assert {shot.name for shot in shots.iterdir()} >= {f"{name}-{lang}.png" for name in taken(SHOWN, 4)}


@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
def test_a_committee_goes_the_whole_way(folder, tables):
    tables.into(folder / "office")
    go(folder, "en", cases=False)


@pytest.mark.prove
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_committee_goes_the_whole_way_beside_the_cases_of_the_demonstration(folder, lang):
    go(folder, lang)


@pytest.mark.prove
@pytest.mark.skipif(not Path(CHROMIUM).exists(), reason="Chromium is not installed")
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_committee_goes_the_whole_way_on_postgresql(folder, lang):
    with server() as address:
        go(folder, lang, address)
