"""Every state of a case in an office with its demonstration: ``python -m tests.office.played DATA`` plays them.

What it prints is read by the tests of pages: keys of sessions by user, and numbers of what pages are addressed by.
"""

import base64
import json
import secrets
import sys
from pathlib import Path

SIGNED, VOIDED, DECLINED, EMPTY = "riverton", "hillside", "lakeside", "meadow"
VOTERS = ("zhou", "wu", "zheng", "wang", "feng", "chen")
SEATS = {
    "zhao": "analyst", "sun": "analyst", "qian": "expert", "he": "expert", "zhou": "chair", "yang": "manager",
    **dict.fromkeys(("wu", "zheng", "wang", "feng", "chen"), "member"),
}  # fmt: skip
STREAMS = ("finance", "market", "technology", "chain", "legal", "fiscal")
SCENE = {"owner": "Transit office", "opens": "2026-01-01", "need": "Night service on the ring road without drivers"}


def play():
    """Bring one case to every state, and one thing to every page."""
    from tests.office.small import DOCUMENT, FILES, SHEET, archive

    from guanzi.office.actions import load_actions, perform
    from guanzi.office.cases.demanded import conditions_of
    from guanzi.office.cases.tasks import appraise
    from guanzi.office.models import HandedIn, OfficeCase, Person, Scene, Sitting, WarningSeen

    load_actions()
    people = {person.username: person for person in Person.objects.select_related("organisation")}

    def do(who, action, slug=None, **asked):
        whole = {"case": slug, **asked} if slug else asked
        return perform(people[who], action, whole, secrets.token_hex(8)).answer

    def head(slug):
        return OfficeCase.objects.select_related("head").get(slug=slug).head

    def opened(slug, title):
        names = {"case: riverton": f"case: {slug}", "Riverton": title, "河城": f"{title}市"}
        files = dict(FILES)
        for old, new in names.items():
            files["case.yaml"] = files["case.yaml"].replace(old, new)
        if slug == SIGNED:
            files[SHEET] = files[SHEET].replace("tier('headquarters')", "tier('headquarters') and units >= 1_000")
        do("lin", "case.open", archive=archive(files))

    def staffed(slug):
        for name, part in SEATS.items():
            do("lin", "case.give_seat", slug, person=name, part=part)
        for name in VOTERS:
            do(name, "interest.declare", slug, has_interest=False)
        text = base64.b64encode(DOCUMENT).decode()
        held = {"file": text, "filename": "certificate.txt", "title": "Certificate of the notary"}
        do("zhao", "evidence.upload", slug, known_on="2026-07-01", **held)

    def signed_off(slug, streams=STREAMS):
        for n, stream in enumerate(streams):
            owner = ("zhao", "sun")[n % 2]
            do("lin", "streams.assign", slug, stream=stream, person=owner)
            do(owner, "streams.begin", slug, stream=stream)
            opinion = "Read and found sound on what is known."
            do(
                owner,
                "streams.sign",
                slug,
                stream=stream,
                version=head(slug).number,
                opinion=opinion,
                left_open=opinion,
            )

    def appraised(slug):
        run = do("lin", "appraisal.ask", slug, paths=200)["appraisal"]
        appraise.func(run)
        return run

    def sat(slug, votes, close="Backed on conditions; one dissents."):
        run = appraised(slug)
        advance(slug, "judging")
        sitting = do("zhou", "vote.open", slug, appraisal=run)["sitting"]
        for name, word in zip(VOTERS, votes, strict=False):
            do(name, "vote.cast", slug, sitting=sitting, vote=word, reason="The money is bound to steps.")
        if close:
            do("zhou", "vote.close", slug, sitting=sitting, reasons=close)
        return sitting

    def asked(slug, panel, experts):
        about = {"panel": panel, "question": "orders"}
        do("lin", "panel.ask", slug, **about, text="How many orders?", text_zh="订单会有多少？", unit="vehicles")
        for name, least in experts.items():
            values = {"low": least, "mode": 3 * least, "high": 6 * least}
            do(name, "panel.judge", slug, **about, **values, reason="Two of nine peers came so far.")

    def advance(slug, *stages):
        for stage in stages:
            do("lin", "case.advance", slug, stage=stage)

    opened(EMPTY, "Meadow")
    for slug, title in ((SIGNED, "Riverton"), (VOIDED, "Hillside"), (DECLINED, "Lakeside")):
        opened(slug, title)
        staffed(slug)
        signed_off(slug)
        advance(slug, "opened", "examining")
        asked(slug, "committee", {"qian": 500, "he": 400})
        do("lin", "panel.close", slug, panel="committee")
    void = sat(VOIDED, ["back"] * 3, close="")
    fact = {"name": "orders", "period": "2026-05-31", "value": "1200", "unit": "vehicles", "source": "release"}
    do("zhao", "evidence.add_fact", VOIDED, known_on="2026-06-15", **fact)
    do("zhou", "vote.void", VOIDED, sitting=void, reasons="The orders are what we vote on.")
    asked(VOIDED, "again", {"qian": 700})
    sat(DECLINED, ["decline"] * 5 + ["back"], close="The cash lasts for two quarters.")

    sitting = sat(SIGNED, ["back_with_conditions"] * 5 + ["decline"])
    for name in ("lin", "xu"):
        do(name, "sheet.approve", SIGNED, path=SHEET, sha256=head(SIGNED).tree[SHEET])
    for condition in conditions_of(Sitting.objects.select_related("appraisal").get(pk=sitting)):
        do("lin", "condition.waive", SIGNED, condition=condition.id, reason="It is met before the first payment.")
        do("xu", "condition.agree", SIGNED, condition=condition.id)
    do("zhou", "deal.sign", SIGNED, path=SHEET)
    proof = {"document": document_of(SIGNED), "page": 1}
    do("yang", "milestone.report", SIGNED, milestone="closing", reached_on="2026-07-20")
    quote = "The conditions of the closing are met."
    do("lin", "milestone.verify", SIGNED, milestone="closing", quote=quote, **proof)
    request = do("yang", "money.ask", SIGNED, tranche="t1", words="The figures are not due yet.")["release"]
    do("xu", "money.release", SIGNED, release=request)
    do("yang", "milestone.report", SIGNED, milestone="headquarters", reached_on="2026-08-20")
    do("yang", "watch.report", SIGNED, quarter="2026Q3", deliveries=1200)
    do("lin", "watch.look", SIGNED)
    warning = WarningSeen.objects.filter(case__slug=SIGNED, gone_at=None).first()
    do("xu", "warning.answer", SIGNED, warning=warning.pk, words="The put is prepared.")
    do("yang", "watch.correct", SIGNED, quarter="2026Q3", revenue=900, why="The quarter was not in the report.")
    clause = {"kind": "clause", "about": "2026.yaml:covenant.volume"}
    talk = do("xu", "discussion.open", SIGNED, **clause, text="Is the floor too low? @yang, what does the plant say?")
    do("lin", "discussion.answer", SIGNED, discussion=talk["discussion"], text="It is under the last actual figure.")
    done = do("lin", "discussion.open", SIGNED, text="Who speaks with the company about the next quarter?")
    do("yang", "discussion.resolve", SIGNED, discussion=done["discussion"])
    invited = do("lin", "company.invite", SIGNED, name="Wei Ming", name_zh="魏明")
    seat = invited["username"]
    people[seat] = Person.objects.get(username=seat)
    do(seat, "person.change_password", old=invited["one_time"], new="an entirely invented phrase 7")
    do(seat, "company.report", SIGNED, quarter="2026Q2", revenue=800, headcount=900)
    file = base64.b64encode(DOCUMENT + b"Of the company.").decode()
    do(seat, "company.hand_in", SIGNED, file=file, filename="register.txt", milestone="headquarters")
    returned = HandedIn.objects.filter(case__slug=SIGNED, name="headcount").get().pk
    do("yang", "company.return", SIGNED, handed=returned, words="Without agency staff, please.")
    text = FILES[SHEET].replace("amount: 600", "amount: 500").replace("status: definitive", "status: draft")
    do("lin", "sheet.save", SIGNED, path="terms/2027.yaml", text=text, why="less money")
    do("lin", "sheet.save", SIGNED, path="terms/2027.yaml", text=text.replace("24%", "20%"), why="a smaller share")
    simulated(do("lin", "sheet.simulate", SIGNED, path="terms/2027.yaml")["run"])

    do("lin", "scene.offer", title="Ring road buses", title_zh="环路夜间公交", place="Line 3", **SCENE)
    do("lin", "scene.offer", title="Airport carts", place="Apron 2", **SCENE)
    for scene, case in zip(Scene.objects.order_by("pk"), (EMPTY, DECLINED), strict=True):
        if case == DECLINED:
            do("lin", "scene.withdraw", scene=scene.pk)
            continue
        begun = do("lin", "pilot.begin", case, scene=scene.pk, begun_on="2026-03-01", safety_case="A guard on board")
        told = {"ended_on": "2026-05-01", "result": "412 nights, no incident", "measured_by": "third_party"}
        do("lin", "pilot.finish", case, pilot=begun["pilot"], **told)
        do("lin", "pilot.ordered", case, pilot=begun["pilot"], ordered="20 buses")
        do("lin", "pilot.begin", case, scene=scene.pk, begun_on="2026-06-01")
    do("admin", "person.invite", username="tang", name="Tang Li", name_zh="唐丽", roles=["chair", "member"])
    do("lin", "token.make", name="spreadsheet", scopes=["read"])
    do("lin", "notices.add_channel", kind="webhook", address="https://hooks.example.org/team")
    do("lin", "notices.make_calendar")


def document_of(slug):
    """The id of the document of the data room."""
    from guanzi.office.cases.folders import lay_out
    from guanzi.office.models import OfficeCase
    from guanzi.record.evidence import read_index

    return next(iter(read_index(lay_out(slug, OfficeCase.objects.get(slug=slug).head.tree), []))).id


def simulated(run):
    """The simulation done here, and not when its turn comes."""
    from guanzi.office.cases import simulating

    simulating.simulate_sheet.func(run)


def sessions(*usernames):
    """Username -> key of a session that has just begun; without names, of everybody."""
    import time

    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
    from django.contrib.sessions.backends.db import SessionStore

    from guanzi.office.models import Person

    keys = {}
    for person in Person.objects.filter(username__in=usernames) if usernames else Person.objects.all():
        held = SessionStore()
        held[SESSION_KEY] = str(person.pk)
        held[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
        held[HASH_SESSION_KEY] = person.get_session_auth_hash()
        held["entered"] = held["seen"] = time.time()
        held.create()
        keys[person.username] = held.session_key
    return keys


def main():
    """Play in the folder that is named, and print what tests need."""
    from guanzi.office.serving.preparing import choose, prepare

    choose(Path(sys.argv[1]))
    prepare()
    from guanzi.office.auditlog.log import LogRecord, Subject, enter_action, write_transaction
    from guanzi.office.models import AppraisalRun, IndexedFact, OfficeCase, Person, SheetRun, Sitting
    from guanzi.office.serving.demonstration import demonstrate

    demonstrate()
    with write_transaction() as log:
        Person.objects.update(must_change=False)
        enter_action(log, "demonstration.end", "(machine)", Subject("demo-city"), LogRecord())
    if not OfficeCase.objects.filter(slug=SIGNED).exists():
        play()
    told = {
        "sitting": Sitting.objects.get(case__slug=SIGNED).pk,
        "run": SheetRun.objects.get(case__slug=SIGNED, path="terms/2027.yaml").pk,
        "document": document_of(SIGNED),
        "appraisal": AppraisalRun.objects.filter(case__slug=SIGNED, state="done").first().pk,
        "fact": IndexedFact.objects.filter(case__slug=SIGNED).first().fact,
        "sessions": sessions(),
    }
    print(json.dumps(told))


if __name__ == "__main__":
    main()
