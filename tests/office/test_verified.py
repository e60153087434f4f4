"""What was written since the decision moves no money until somebody else has verified it by a document."""

import pytest
from tests.office.opened_words import told_words
from tests.office.small import CASE, DOCUMENT, FILES, QUOTES, SHEET, act, archive, proved, sign_small, verified

from guanzi.base.core import InvalidInput, render
from guanzi.office.auditlog.log import office_log
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import Interest, MilestoneReport, OfficeCase, TrancheRelease, Verification
from guanzi.office.paying.afterwards import watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.releasing import try_tranche
from guanzi.office.paying.verifying import digests_of
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import check_log, read_entry

FIGURE = "report-2026q3-deliveries"
WORDS = "the figures are not due yet"


def paid_on(condition, **files):
    """The small deal whose first instalment waits for something else."""
    return {**FILES, SHEET: FILES[SHEET].replace("event('closing')", condition), **files}


@pytest.fixture
def measured(office):
    """The first instalment waits for 5,000 vehicles in the quarter; the manager reports 6,000."""
    sign_small(office, paid_on("units >= 5_000"))
    act(office.manager, "watch.report", quarter="2026Q3", deliveries=6_000)
    return office


@pytest.fixture
def signed(office):
    sign_small(office)
    return office


def case():
    return OfficeCase.objects.select_related("head").get()


def refused(kind):
    return pytest.raises(InvalidInput, match=kind)


def ask(person, tranche="t1"):
    return act(person, "money.ask", tranche=tranche, words=WORDS)["release"]


def waits(person):
    return {item.what.id.removeprefix("office.waiting.") for item in waiting_for(Viewer(person))}


def last_entry():
    entry = read_entry(list(office_log().contents())[-1][1])
    return entry.body, told_words(entry)


def test_no_money_goes_on_a_typed_number_whatever_is_said_and_whoever_asks(measured):
    for person in (measured.lead, measured.manager):
        with refused("figure_unverified"):
            ask(person)
    assert not TrancheRelease.objects.exists()


def test_somebody_else_verifies_the_figure_by_a_document_and_money_goes_against_that_proof(measured):
    with refused("own_figure"):
        proved(measured.manager, FIGURE, QUOTES["deliveries"])
    proved(measured.analyst2, FIGURE, QUOTES["deliveries"])
    with refused("own_figures"):  # who wrote it neither asks nor releases
        ask(measured.manager)
    act(measured.finance, "money.release", release=ask(measured.lead))
    given, out = Verification.objects.get(), TrancheRelease.objects.get()
    assert (out.state, out.rests_on, out.proof) == ("released", [given.pk], given.proof)
    with refused("figure_verified"):
        proved(measured.lead, FIGURE, QUOTES["deliveries"])


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"quote": QUOTES["closing"]}, "quote_without_figure"),
        ({"quote": "7,500 vehicles were delivered in the third quarter of 2026."}, "quote_without_figure"),
        ({"quote": "6,000 vehicles were delivered last year."}, "quote"),
        ({"document": "none"}, "no_document"),
        ({"page": 9}, "page"),
        ({"fact": "report-2026q3-deliverys"}, "no_figure"),
        ({"fact": "d-2025"}, "figure_decided"),
    ],
)
def test_a_figure_is_verified_only_by_a_page_that_holds_it(measured, asked, kind):
    with refused(kind):
        proved(measured.lead, **({"fact": FIGURE, "quote": QUOTES["deliveries"]} | asked))
    assert not Verification.objects.exists()


def test_the_log_tells_the_figure_its_hash_the_document_the_page_and_the_quote(measured):
    proved(measured.finance, FIGURE, QUOTES["deliveries"])
    body, opened = last_entry()
    read = watched_deal(case(), case().standing.as_of).case
    (fact,) = [fact for fact in read.facts if fact.id == FIGURE]
    given = Verification.objects.get()
    told = {"verified": FIGURE, "digest": digests_of(read, [fact])[FIGURE], "proof": given.proof, "page": 1}
    assert told.items() <= body.data.items()
    assert opened["said.quote"] == QUOTES["deliveries"]
    assert office_log().kept(given.proof) == DOCUMENT
    assert check_log(office_log()) == ()


def test_a_figure_that_nobody_has_reported_is_not_replaced_by_words(office):
    sign_small(office, paid_on("units >= 5_000"))
    with refused("not_known"):
        ask(office.lead)


def test_a_figure_beside_a_milestone_is_verified_as_well(office):
    sign_small(office, paid_on("not (event('closing') and units < 5_000)"))
    verified(office)
    act(office.manager, "watch.report", quarter="2026Q3", deliveries=6_000)
    with refused("figure_unverified"):
        ask(office.lead)
    proved(office.lead, FIGURE, QUOTES["deliveries"])
    assert len(TrancheRelease.objects.get(pk=ask(office.lead)).rests_on) == 2


def test_a_figure_that_is_written_anew_after_its_verification_is_not_verified(office):
    sign_small(office, paid_on("cash >= 100"))
    fact = {"name": "cash", "period": "2026-09-30", "unit": "CNY m", "known_on": "2026-10-20", "source": "release"}
    id = act(office.analyst2, "evidence.add_fact", value="6000", **fact)["fact"]
    with refused("own_figure"):
        proved(office.analyst2, id, QUOTES["deliveries"])
    proved(office.lead, id, QUOTES["deliveries"])
    release = ask(office.lead)
    from guanzi.office.auditlog.blobs import content_of

    files = {name: content_of(found) for name, found in case().head.tree.items() if "monitoring/" not in name}
    watched = {name: content_of(found) for name, found in case().head.tree.items() if "monitoring/" in name}
    files["facts/office.yaml"] = files["facts/office.yaml"].replace(b"6000", b"9000")
    act(office.lead, "evidence.replace_folder", archive=archive(files | watched), why="another number")
    with refused("figure_unverified"):
        act(office.finance, "money.release", release=release)


def test_what_stood_when_the_committee_decided_needs_no_verification_and_its_correction_does(office):
    listed = "  - {id: l-2025, name: listed, period: 2025-12-31, value: true, unit: flag, known_on: 2026-03-18,\n"
    facts = FILES["facts/facts.yaml"] + listed + "     source: release}\n"
    sign_small(office, paid_on("listed", **{"facts/facts.yaml": facts}))
    assert not try_tranche(DealNow(case()), "t1", case().standing.as_of).barred
    row = {"value": "true", "unit": "flag", "known_on": "2026-10-20", "source": "release", "note": "seen again"}
    act(office.analyst2, "evidence.correct_fact", fact="l-2025", **row)
    with refused("figure_unverified"):
        ask(office.lead)


def test_the_figure_waits_for_those_who_may_verify_it_until_one_has(measured, client):
    told = {name: "figure" in waits(measured.people[name]) for name in ("lead", "analyst2", "finance", "chair")}
    assert set(told.values()) == {True}, told
    assert not any("figure" in waits(measured.people[name]) for name in ("manager", "member", "auditor"))
    for name, offered in (("lead", True), ("manager", False), ("auditor", False)):
        client.force_login(measured.people[name])
        page = client.get(f"/cases/{CASE}/watch/").content.decode()
        assert ("/do/figure.verify/" in page) == offered, name
        assert FIGURE in page
    fields = {"case": CASE, "fact": FIGURE, "document": "certificate", "page": "1", "quote": QUOTES["deliveries"]}
    client.force_login(measured.lead)
    assert client.post("/do/figure.verify/", fields | {"next": "/"}).status_code == 302
    assert "figure" not in waits(measured.finance)
    page = client.get(f"/cases/{CASE}/watch/").content.decode()
    assert QUOTES["deliveries"] in page
    assert "/do/figure.verify/" not in page


def test_a_figure_that_decides_no_payment_waits_for_nobody(signed):
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=6_000)
    assert "figure" not in waits(signed.lead)


# -- whoever verified has an interest


@pytest.mark.parametrize("how", ["declared", "inferred"])
def test_what_somebody_with_an_interest_verified_falls_and_what_was_asked_on_it(signed, how):
    verified(signed, day="2026-07-20")
    release = ask(signed.manager)
    if how == "declared":
        act(signed.lead, "interest.declare", has_interest=True, words="his brother leads the company")
    else:
        infer(signed)
    body, _ = last_entry()
    fell = Verification.objects.get()
    assert f"verification.{fell.fact}" in body.data["voided"]
    assert "payment.t1" in body.data["voided"]
    assert (fell.fell_because, MilestoneReport.objects.get().verification) == (
        f"interest.{Interest.objects.get().pk}",
        None,
    )
    assert TrancheRelease.objects.get().state == "fell"
    assert fell.path not in case().head.tree
    with refused("answered"):
        act(signed.finance, "money.release", release=release)
    assert "milestone" in waits(signed.finance)
    assert "ask_again" in waits(signed.manager)
    with refused("not_verified_here"):
        ask(signed.manager)
    quote = {"document": "certificate", "page": 1, "quote": QUOTES["closing"]}
    act(signed.finance, "milestone.verify", milestone="closing", **quote)
    act(signed.chair, "money.release", release=ask(signed.manager))
    assert "ask_again" not in waits(signed.manager)
    assert check_log(office_log()) == ()


def infer(office):
    """The lead is found to bear the name of the director of the company."""
    import json

    from tests.office.tiedcase import entity

    from guanzi.office.auditlog.blobs import content_of

    office.lead.name = "Cornelia Colleaguer"
    office.lead.save()
    ties = (
        entity("example", "Company", name="Example Motors"),
        entity("director", "Person", name="Cornelia Colleaguer"),
        entity("tie", "Directorship", director="director", organization="example"),
    )
    lines = [json.dumps(json.loads(line) | {"source": "release", "known_on": "2026-03-18"}) for line in ties]
    files = {name: content_of(found) for name, found in case().head.tree.items()}
    files["entities.ftm.json"] = ("\n".join(lines) + "\n").encode()
    act(office.lead, "evidence.replace_folder", archive=archive(files), why="the register of companies")


def test_a_figure_that_somebody_with_an_interest_verified_is_verified_again(measured):
    proved(measured.analyst2, FIGURE, QUOTES["deliveries"])
    release = ask(measured.lead)
    assert "figure" not in waits(measured.finance)
    act(measured.analyst2, "interest.declare", has_interest=True, words="he holds shares")
    assert TrancheRelease.objects.get(pk=release).state == "fell"
    assert "figure" in waits(measured.finance)
    with refused("figure_unverified"):
        ask(measured.lead)
    act(measured.chair, "interest.clear", interest=Interest.objects.get().pk, reasons="he sold them years ago")
    with refused("figure_unverified"):  # what fell does not rise
        ask(measured.lead)
    proved(measured.finance, FIGURE, QUOTES["deliveries"])
    act(measured.chair, "money.release", release=ask(measured.lead))


def test_money_that_is_out_stays_out_and_its_milestone_is_verified_again(signed, client):
    verified(signed)
    act(signed.finance, "money.release", release=ask(signed.manager))
    act(signed.lead, "interest.declare", has_interest=True, words="his brother leads the company")
    assert TrancheRelease.objects.get().state == "released"
    assert "milestone" in waits(signed.finance)
    for person, lang in ((signed.finance, "en"), (signed.auditor, "zh")):
        person.language = lang
        person.save()
        client.force_login(person)
        page = client.get(f"/cases/{CASE}/watch/").content.decode()
        assert ("lapsed, because Lead has a conflict of interest" in page) if lang == "en" else ("核实已失效" in page)


def test_the_words_of_what_waits_name_the_figure(measured):
    (told,) = [item.what for item in waiting_for(Viewer(measured.finance)) if item.what.id == "office.waiting.figure"]
    assert render(told, "en") == "Verify with a document: deliveries of Q3 2026, on which a payment depends"
    assert "交付量" in render(told, "zh")
