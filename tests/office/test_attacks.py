"""What an attacker, a recused person or somebody in haste would try: it is refused, and tells nothing."""

import json
import secrets

import pytest
from tests.office import small
from tests.office.committee import declare, do, quick, sit, vote
from tests.office.evidence_of import CASE, FILES, folder_of, zipped
from tests.office.evidence_of import open_small as open_plain
from tests.office.once import played_once
from tests.office.tiedcase import SLUG

from guanzi.base.core import InvalidInput, render
from guanzi.office.actions import NotThere, perform
from guanzi.office.auditlog.blobs import keep_blob
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases.contents import new_version
from guanzi.office.cases.folders import lay_out
from guanzi.office.models import (
    ActionRun,
    AppraisalRun,
    OfficeCase,
    Person,
    RoleHeld,
    Seat,
    SheetRun,
    Sitting,
    Workstream,
)
from guanzi.office.pages.log_lines import lines_of
from guanzi.office.serving.abandoned import end_abandoned
from guanzi.office.serving.beginning import begin_organisation

SEEDED = """\
format: 1
panel: market
title: What the market takes
quantiles: [0.05, 0.5, 0.95]
weights: performance
questions:
  - {id: last, text: How many last year?, unit: vehicles, scale: log,
     seed: {value: 77123, source: report, known_on: 2026-03-01}}
"""


def of(files):
    return [problem.place.file for problem in files.value.problems]


@played_once
def declared(committee):
    declare(committee)
    return committee


@pytest.fixture
def room(declared, monkeypatch):
    quick(monkeypatch)
    return declared


def opened_as(person, slug):
    """How the office refuses a case of that id; empty: it is opened."""
    from tests.office import tiedcase

    held = {name: text.replace(SLUG, slug) for name, text in tiedcase.files(()).items()}
    try:
        perform(person, "case.open", {"archive": tiedcase.archive(held)}, secrets.token_hex(4))
    except InvalidInput as refused:
        return " ".join(render(problem.cause, "en") for problem in refused.problems)
    return ""


def log_of(client, reader, slug=SLUG):
    client.force_login(reader)
    pages = [client.get(path).content.decode() for path in ("/log/", f"/cases/{slug}/timeline/")]
    return "".join(pages)


@pytest.mark.parametrize("slug", ["../../../stolen", "/tmp/guanzi-stolen/x", "A case"])
def test_a_case_whose_id_is_a_path_is_refused_and_nothing_is_written(office, folder, slug):
    files = FILES | {"case.yaml": CASE.replace("case: small", f'case: "{slug}"').encode()}
    with pytest.raises(InvalidInput) as refused:
        perform(office.analyst, "case.open", {"archive": zipped(files)}, "k")
    assert of(refused) == ["case.yaml"]
    assert not (folder / "laid").exists()


@pytest.mark.parametrize(
    "name",
    ["facts/" + "x" * 250 + ".yaml", "case.yaml/more.yaml", "./case.yaml", "facts//a.yaml", "CASE.yaml",
     "facts/CON.yaml", "facts/nul", "facts/a.yaml ", "facts/a.yaml.", "facts/a:b.yaml", "C:a.yaml"],
)  # fmt: skip
def test_names_that_no_disk_can_hold_are_refused(office, name):
    open_plain(office)
    with pytest.raises(InvalidInput):
        perform(office.lead, "evidence.replace_folder", folder_of(FILES | {name: b"facts: []\n"}), "k")


def test_two_files_whose_names_are_one_when_their_letters_are_composed_are_refused(office):
    open_plain(office)
    twins = {f"facts/{name}.yaml": b"facts: []\n" for name in ("\u00e9", "e\u0301")}
    with pytest.raises(InvalidInput):
        perform(office.lead, "evidence.replace_folder", folder_of(FILES | twins), "k")
    one = dict([twins.popitem()])
    assert perform(office.lead, "evidence.replace_folder", folder_of(FILES | one), "l").answer


def test_no_ballot_is_told_before_votes_are_counted_and_every_one_after(room, client):
    sitting = sit(room)
    vote(room, sitting, member="decline")
    for reader in (room.lead, room.chair, room.auditor, room.member2):
        assert "finds decline right" not in log_of(client, reader)
        entries = ActionRun.objects.filter(action="vote.cast").order_by("entry").values_list("entry", flat=True)
        (line,) = lines_of(entries, reader)
        assert not {"vote", "reason"} & {*line.words, *line.data}
    assert "decline" not in office_log().content(entries[0]).decode()
    vote(room, sitting, **dict.fromkeys(("member2", "member3", "member4", "member5"), "back"))
    do(room.chair, "vote.close", sitting=sitting, reasons="counted")
    assert lines_of(entries, room.auditor)[0].words["vote"] == "decline"


def test_the_log_does_not_tell_who_of_a_panel_judged_what(room, client):
    for name in ("expert", "analyst"):
        do(room.lead, "case.give_seat", person=room.people[name].username, part="expert")
    do(room.lead, "panel.ask", question="share", text="Which share?", unit="ratio")
    given = {"low": 0.11, "mode": 0.22, "high": 0.33, "reason": "blindly so"}
    do(room.expert, "panel.judge", panel="committee", question="share", **given)
    for reader in (room.analyst, room.lead, room.auditor):
        assert "blindly so" not in log_of(client, reader)
    assert "blindly so" in log_of(client, room.expert)


def test_an_expert_does_not_read_the_true_values_that_his_answers_are_weighed_by(office, client):
    case = open_plain(office)
    new_version(case, {"judgements/market.yaml": SEEDED.encode()}, office.lead)
    addresses = ["/cases/small/folder.zip", "/cases/small/versions/1/2/"]
    client.force_login(office.expert)
    answers = [client.get(address) for address in addresses]
    assert [answer.status_code for answer in answers] == [403, 200]
    assert not any(b"77123" in answer.content for answer in answers)
    token = perform(office.expert, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
    bearer = {"Authorization": f"Bearer {token}"}
    answer = client.get("/api/cases/small/files/judgements/market.yaml", headers=bearer)
    assert (answer.status_code, b"77123" in answer.content) == (403, False)
    client.force_login(office.analyst)
    assert client.get(addresses[0]).status_code == 200
    assert b"77123" in client.get(addresses[1]).content


def test_a_lead_does_not_pack_the_committee(office):
    open_plain(office)
    for name, part, weight in (("lead", "chair", 1), ("analyst", "member", 1), ("member", "member", 10)):
        seat = {"case": "small", "person": office.people[name].username, "part": part, "weight": weight}
        with pytest.raises(InvalidInput):
            perform(office.lead, "case.give_seat", seat, secrets.token_hex(4))
    assert not Seat.objects.filter(part__in=("member", "chair")).exists()


def test_only_the_chair_takes_a_vote_from_somebody(room):
    for part, name, weight in (("reader", "member2", 1), ("chair", "chair", 1)):
        with pytest.raises(InvalidInput):
            do(room.lead, "case.give_seat", person=room.people[name].username, part=part, weight=weight)
    with pytest.raises(InvalidInput) as refused:
        do(room.chair, "case.give_seat", person=room.member2.username, part="reader")
    assert of(refused) == ["reasons"]
    do(room.chair, "case.give_seat", person=room.member2.username, part="reader", reasons="he has left the city")
    assert Seat.objects.get(person=room.member2).part == "reader"


def test_a_decision_that_a_later_sitting_overturned_is_not_signed(office):
    case = small.open_small(office)
    first, second = small.decided(office, case), small.decided(office, case, "decline")
    small.approve(office)
    for sitting in (first.pk, second.pk):
        with pytest.raises(InvalidInput) as refused:
            small.act(office.chair, "deal.sign", path=small.SHEET, sitting=sitting)
        assert of(refused) == ["sitting"]
    Sitting.objects.filter(pk=second.pk).update(state="void")  # what overturned it is void: the committee sits again
    with pytest.raises(InvalidInput):
        small.act(office.chair, "deal.sign", path=small.SHEET, sitting=first.pk)
    third = small.decided(office, case)
    small.act(office.chair, "deal.sign", path=small.SHEET, sitting=third.pk)


def test_what_somebody_signed_falls_with_his_interest_and_with_it_the_sitting(room, client):
    do(room.lead, "case.give_seat", person=room.analyst.username, part="analyst")
    Workstream.objects.filter(stream="chain").update(signed_by=room.analyst)
    sitting = sit(room)
    do(room.analyst, "interest.declare", has_interest=True, words="shares of his wife")
    void = {row.stream: row.void_because[0].partition(".")[0] for row in Workstream.objects.filter(state="void")}
    assert void == {"chain": "interest", "fiscal": "stream:chain"}
    assert Sitting.objects.get(pk=sitting).state == "void"
    assert OfficeCase.objects.get(slug=SLUG).stage == "examining"
    (told,) = lines_of([ActionRun.objects.get(action="interest.declare", person=room.analyst).entry], room.auditor)
    assert told.data["voided"] == ["sitting.1", "stream.chain", "stream.fiscal"]
    client.force_login(room.chair)
    for page in ("streams", "decisions"):
        told = client.get(f"/cases/{SLUG}/{page}/").content.decode()
        assert "Analyst had voted or signed a work-stream" in told, page


def test_what_somebody_approved_counts_for_nothing_once_he_has_an_interest(office):
    case = small.open_small(office, {**small.FILES, **small.room_of()})
    small.decided(office, case)
    small.approve(office)
    small.act(office.lead, "interest.declare", has_interest=True, words="his brother leads the company")
    with pytest.raises(InvalidInput, match="not_approved"):
        small.act(office.chair, "deal.sign", path=small.SHEET)
    sha256 = OfficeCase.objects.get().head.tree[small.SHEET]
    assert small.act(office.chair, "sheet.approve", path=small.SHEET, sha256=sha256)["approvals"] == 2
    small.act(office.chair, "deal.sign", path=small.SHEET)


def test_an_answer_given_before_is_not_repeated_to_whoever_lost_sight_of_the_case(room):
    asked = {"case": SLUG, "paths": 100}
    assert perform(room.member, "appraisal.ask", asked, "again").answer
    declared = {"case": SLUG, "has_interest": True, "words": "a cousin"}
    perform(room.member, "interest.declare", declared, "mine")
    with pytest.raises(NotThere):
        perform(room.member, "appraisal.ask", asked, "again")
    assert perform(room.member, "interest.declare", declared, "mine").repeated


def test_a_recused_person_finds_no_page_file_or_count_of_the_case(room, client):
    sit(room)
    title = OfficeCase.objects.get(slug=SLUG).title
    token = perform(room.lead, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
    do(room.lead, "interest.declare", has_interest=True, words="a stake")
    client.force_login(room.lead)
    pages = ("evidence", "versions", "versions/1/1", "timeline", "watch", "streams", "panel", "decisions", "findings")
    files = ("evidence/facts.csv", "folder.zip", "appraisals/1/appraisal.json", "terms/", "")
    for path in (*(f"{page}/" for page in pages), *files):
        assert client.get(f"/cases/{SLUG}/{path}").status_code == 404, path
    for path in ("/", "/cases/", "/portfolio/", "/portfolio/?format=csv", f"/search/?q={title}", "/log/", "/scenes/"):
        said = client.get(path).content.decode().replace(f'value="{title}"', "")
        assert f"/cases/{SLUG}/" not in said, path
        assert f"<td>{SLUG}" not in said, path
    bearer = {"Authorization": f"Bearer {token}"}
    for path in ("cases", "log"):
        assert client.get(f"/api/{path}", headers=bearer).json()["items"] == []
    for path in ("", "/facts", "/versions", "/files/case.yaml"):
        assert client.get(f"/api/cases/{SLUG}{path}", headers=bearer).status_code == 404


def test_a_token_makes_no_token_that_may_more(office, client):
    asked = {"name": "t", "scopes": ["read", "write", "tokens"], "days": 2}
    own = perform(office.finance, "token.make", asked, "t").answer["token"]

    def make(*scopes):
        heads = {"Authorization": f"Bearer {own}", "Idempotency-Key": secrets.token_hex(4)}
        asked = json.dumps({"name": "u", "scopes": scopes, "days": 1})
        return client.post("/api/actions/token.make", asked, content_type="application/json", headers=heads)

    assert make("read", "money").status_code == 403
    assert make("read").status_code == 200


def test_what_became_known_after_signing_is_not_replaced_with_the_folder(office):
    small.sign_small(office)
    small.act(office.manager, "milestone.report", milestone="closing", reached_on="2026-07-20")
    forged = {"monitoring/report.yaml": "facts: []\n"}
    folder = small.archive({**small.FILES, **small.room_of(), **forged})
    with pytest.raises(InvalidInput) as refused:
        small.act(office.lead, "evidence.replace_folder", archive=folder, why="tidied")
    assert "monitoring/report.yaml" in of(refused)
    assert len(of(refused)) == 2


def test_work_that_a_killed_worker_left_is_said_to_have_failed_and_can_be_asked_for_again(room):
    run = AppraisalRun.objects.get(pk=do(room.lead, "appraisal.ask", paths=100)["appraisal"])
    AppraisalRun.objects.filter(pk=run.pk).update(state="running")
    case = OfficeCase.objects.get(slug=SLUG)
    SheetRun.objects.create(
        case=case, key="k", tree={}, path="terms/x.yaml", asked_by=room.lead, asked_at=run.asked_at, state="running"
    )
    assert end_abandoned() == 2
    run.refresh_from_db()
    assert (run.state, SheetRun.objects.get().state) == ("failed", "failed")
    assert do(room.lead, "appraisal.ask", paths=100)["appraisal"] != run.pk


def test_a_form_leads_on_to_pages_of_the_office_alone(office, client):
    client.force_login(office.lead)
    for target in ("/{case}/evil.example/", "//evil.example/", "/\\evil.example/", "https://evil.example/"):
        asked = {"language": "en", "key": secrets.token_hex(4), "next": target}
        led = client.post("/do/person.choose_language/", asked)
        assert led.status_code == 302, target
        assert not led["Location"].startswith(("//", "/\\", "http")), target


def test_a_case_is_opened_by_a_name_and_never_from_a_folder_of_the_machine(office):
    theirs = open_plain(type(office).make("town"))
    folder = lay_out(theirs.slug, theirs.head.tree)
    for asked in ({"builtin": str(folder)}, {"archive": zipped(FILES), "playbook": str(folder / "case.yaml")}):
        with pytest.raises(InvalidInput) as refused:
            perform(office.lead, "case.open", asked, secrets.token_hex(4))
        assert of(refused) == [next(name for name in ("playbook", "builtin") if name in asked)]
    assert not OfficeCase.objects.filter(organisation=office.organisation).exists()


def test_a_document_that_bears_the_hash_of_another_is_refused(office):
    hidden = b"what another organisation keeps"
    keep_blob(hidden)
    forged = small.room_of(hidden)
    path = next(name for name in forged if name.endswith(".txt"))
    files = {**FILES, **forged, path: b"x" * len(hidden)}
    with pytest.raises(InvalidInput):
        perform(office.lead, "case.open", {"archive": zipped(files)}, "k")


def test_no_name_of_a_case_tells_whoever_does_not_see_it_that_it_is_there(room):
    from tests.office import tiedcase

    def refusal(person, slug):
        held = {name: text.replace(SLUG, slug) for name, text in tiedcase.files(()).items()}
        with pytest.raises(InvalidInput) as refused:
            perform(person, "case.open", {"archive": tiedcase.archive(held)}, secrets.token_hex(4))
        (problem,) = refused.value.problems
        return problem.cause.id, str(problem.fix).replace(slug, "")

    do(room.lead, "interest.declare", has_interest=True, words="a stake")
    for person in (room.lead, room.people["analyst"]):
        assert refusal(person, SLUG) == refusal(person, "free-name")
    assert opened_as(room.lead, "city-lead_works") == ""


def test_nobody_asks_by_ids_in_his_own_way_after_cases_of_somebody_whose_name_begins_alike(room):
    town = room.organisation
    for name, role in (("li", "analyst"), ("li-wang", "analyst"), ("boss", "lead")):
        person = Person.objects.create(username=name, organisation=town)
        RoleHeld.objects.create(person=person, role=role)
    li, wang, boss = (Person.objects.get(username=name) for name in ("li", "li-wang", "boss"))
    assert opened_as(wang, "li-wang_works") == opened_as(boss, "li-plain") == ""
    for slug in ("li-wang_works", "li-plain", "li-wang_none", "li-none"):
        assert "begin with" in opened_as(li, slug)
    for person in (boss, wang):  # none of what only Li may name can be there but by himself
        assert opened_as(person, "li_works")
    assert opened_as(li, "li_works") == ""
    assert "already" in opened_as(li, "li_works")


def test_no_administrator_learns_by_inviting_who_works_in_another_organisation(office):
    first, _ = begin_organisation("bay", "Bay", "ada")
    second, _ = begin_organisation("bay-2", "Bay 2", "ada")
    assert (first, second) == ("ada@bay", "ada@bay-2")
    Person.objects.filter(username__in=(first, second)).update(must_change=False)
    asked = {"username": "city-chair", "name": "X", "roles": ["analyst"]}
    taken = perform(Person.objects.get(username=first), "person.invite", asked, "i").answer
    assert taken["username"] == "city-chair@bay"
    assert perform(office.administrator, "person.invite", {**asked, "username": "ada"}, "i").answer["username"] == "ada"
    for name in ("city-chair@bay", "a_b", "li.", "li--wang", "-li"):
        with pytest.raises(InvalidInput):
            perform(office.administrator, "person.invite", {**asked, "username": name}, "j")
    with pytest.raises(InvalidInput):
        begin_organisation("cove", "Cove", "ada_b")


def test_the_record_of_a_case_tells_no_auditor_how_much_other_organisations_do(room, client):
    client.force_login(room.auditor)
    assert client.get(f"/cases/{SLUG}/record.zip").status_code == 200
    type(room).make("town")
    assert client.get(f"/cases/{SLUG}/record.zip").status_code == 404
    assert "record.zip" not in client.get(f"/log/?case={SLUG}").content.decode()


def test_numbers_tell_nobody_how_much_other_organisations_do(room, client):
    first = sit(room)
    do(room.chair, "interest.declare", has_interest=False)
    town = type(room).make("town")
    theirs = small.open_small(town)
    small.decided(town, theirs)
    sitting = Sitting.objects.get(case=theirs)
    assert (sitting.number, sitting.appraisal.number) == (1, 1)
    assert min(first, sitting.pk, sitting.appraisal_id) > 10**12  # a time, and no count
    token = perform(town.auditor, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer
    bearer = {"Authorization": f"Bearer {token['token']}"}
    log = client.get("/api/log?case=riverton", headers=bearer).json()
    assert log["checkpoint"] == ""
    assert all(len(one["entry"]) == 64 for one in log["items"])
    whole = client.get("/api/cases/riverton", headers=bearer).json()
    assert whole["sittings"][0]["number"] == 1
    client.force_login(town.auditor)
    for address in ("/log/", "/cases/riverton/timeline/"):
        page = client.get(address).content.decode()
        assert "guanzi-office\n" not in page
        for run in ActionRun.objects.filter(case=theirs):
            assert f">{run.entry}<" not in page
            assert f"entry {run.entry}<" not in page
    client.force_login(room.auditor)
    assert "Sitting 1" in client.get(f"/cases/{SLUG}/decisions/").content.decode()


def test_an_interface_names_people_and_never_by_number(room, client):
    sitting = sit(room)
    vote(room, sitting, **dict.fromkeys(("member", "member2", "member3", "member4", "member5"), "back"))
    do(room.chair, "vote.close", sitting=sitting, reasons="good")
    token = perform(room.auditor, "token.make", {"name": "t", "scopes": ["read"]}, "t").answer["token"]
    whole = client.get(f"/api/cases/{SLUG}", headers={"Authorization": f"Bearer {token}"}).json()
    tally = whole["sittings"][0]["tally"]
    assert {name for name, _, _ in tally["roll"]} >= {"city-member", "city-chair"}
