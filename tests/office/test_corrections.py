"""What was reported after signing is corrected by two people, and a warning that went with it stays in the record."""

import pytest
from tests.office.opened_words import told_words
from tests.office.small import CASE, FILES, QUOTES, SHEET, act, archive, corrected, proved, sign_small

from guanzi.base.core import InvalidInput
from guanzi.office.actions import Forbidden
from guanzi.office.auditlog.blobs import content_of
from guanzi.office.auditlog.log import office_log
from guanzi.office.inbox.waiting import waiting_for
from guanzi.office.models import FigureCorrection, OfficeCase, Verification, WarningSeen
from guanzi.office.people.visibility import Viewer
from guanzi.record.ledger import check_log, read_entry

WRONG = {"deliveries": 9_000, "why": "a plant was left out"}


@pytest.fixture
def warned(office):
    """3,000 vehicles are reported, where the covenant asks for 5,000."""
    sign_small(office)
    act(office.manager, "watch.report", quarter="2026Q3", deliveries=3_000)
    return office


def case():
    return OfficeCase.objects.select_related("head").get()


def refused(kind):
    return pytest.raises(InvalidInput, match=kind)


def asked(person, **given):
    return act(person, "watch.correct", **({"quarter": "2026Q3"} | WRONG | given))["correction"]


def waits(person):
    return {item.what.id.removeprefix("office.waiting.") for item in waiting_for(Viewer(person))}


def breaches():
    return WarningSeen.objects.filter(kind="covenant", gone_at=None)


def test_one_person_alone_corrects_nothing_and_no_warning_goes(warned):
    row = asked(warned.manager)
    assert breaches().exists()
    assert case().head.number == 2
    with refused("own_correction"):
        act(warned.manager, "watch.confirm_correction", correction=row)
    with pytest.raises(Forbidden):
        act(warned.auditor, "watch.confirm_correction", correction=row)
    assert breaches().exists()


def test_the_correction_waits_for_somebody_else_who_confirms_it(warned):
    row = asked(warned.manager)
    assert all("correction" in waits(warned.people[name]) for name in ("lead", "analyst2", "finance", "chair"))
    assert not any("correction" in waits(warned.people[name]) for name in ("manager", "member", "auditor"))
    act(warned.finance, "watch.confirm_correction", correction=row)
    assert "correction" not in waits(warned.lead)
    assert not breaches().exists()
    with refused("correction_answered"):
        act(warned.lead, "watch.confirm_correction", correction=row)


def test_a_warning_that_goes_by_a_correction_stays_as_withdrawn_with_who_and_why(warned, client):
    corrected(warned.manager, warned.finance, **WRONG)
    gone = WarningSeen.objects.get(kind="covenant")
    assert gone.seen_by is None
    by = gone.withdrawn_by
    assert (by.asked_by, by.answered_by, by.why) == (warned.manager, warned.finance, WRONG["why"])
    log = office_log()
    entry = read_entry(list(log.contents())[-1][1])
    opened = told_words(entry)
    assert entry.body.action == "watch.confirm_correction"
    assert entry.body.data["withdrawn"] == ["volume"]
    assert entry.body.data["corrected"] == {"deliveries": "report-2026q3-deliveries"}
    assert (opened["who.asked"], opened["said.why"]) == (warned.manager.username, WRONG["why"])
    assert check_log(log) == ()
    for lang, told in (("en", "withdrawn by correction"), ("zh", "因更正撤回")):
        warned.auditor.language = lang
        warned.auditor.save()
        client.force_login(warned.auditor)
        page = client.get(f"/cases/{CASE}/watch/").content.decode()
        assert told in page
        assert WRONG["why"] in page
        assert "office.watch." not in page
    with refused("no_warning"):
        act(warned.lead, "warning.answer", warning=gone.pk, words="too late")


def test_an_answered_warning_is_withdrawn_as_well_and_warned_of_anew_when_it_is_there_again(warned):
    row = breaches().get()
    act(warned.lead, "warning.answer", warning=row.pk, words="the put is prepared")
    corrected(warned.manager, warned.lead, **WRONG)
    row.refresh_from_db()
    assert (row.answer, row.withdrawn_by) == ("the put is prepared", FigureCorrection.objects.get())
    corrected(warned.lead, warned.manager, deliveries=4_000, why="counted twice")
    assert breaches().get().seen_by is None
    assert WarningSeen.objects.filter(kind="covenant").count() == 2


def test_what_is_verified_or_cured_since_is_told_apart_from_what_was_withdrawn(warned):
    act(warned.lead, "watch.look")
    assert WarningSeen.objects.filter(kind="milestone", gone_at=None).exists()
    act(warned.manager, "milestone.report", milestone="closing", reached_on="2026-07-20")
    quote = {"document": "certificate", "page": 1, "quote": QUOTES["closing"]}
    act(warned.lead, "milestone.verify", milestone="closing", **quote)
    gone = WarningSeen.objects.get(kind="milestone")
    assert gone.gone_at is not None
    assert gone.withdrawn_by is None


def test_a_correction_is_refused_with_reasons_or_taken_back_and_asked_anew(warned):
    row = asked(warned.manager)
    with refused("correction_waits"):
        asked(warned.lead, deliveries=8_000)
    act(warned.lead, "watch.refuse_correction", correction=row, words="the register says 3,000")
    assert breaches().exists()
    row = asked(warned.manager)
    act(warned.manager, "watch.refuse_correction", correction=row, words="my mistake")
    assert set(FigureCorrection.objects.values_list("state", flat=True)) == {"refused"}
    with refused("correction_answered"):
        act(warned.lead, "watch.confirm_correction", correction=row)


def test_a_correction_of_somebody_with_an_interest_is_not_confirmed(warned):
    row = asked(warned.manager)
    act(warned.manager, "interest.declare", has_interest=True, words="he holds shares")
    with refused("correction_with_interest"):
        act(warned.lead, "watch.confirm_correction", correction=row)
    assert breaches().exists()


def test_a_verified_figure_that_is_corrected_is_verified_anew(office):
    sign_small(office, {**FILES, SHEET: FILES[SHEET].replace("event('closing')", "units >= 5_000")})
    act(office.manager, "watch.report", quarter="2026Q3", deliveries=6_000)
    proved(office.analyst2, "report-2026q3-deliveries", QUOTES["deliveries"])
    release = act(office.lead, "money.ask", tranche="t1", words="now")["release"]
    wrong = corrected(office.manager, office.analyst2, deliveries=7_000, why="more came in")["report"]
    with refused("figure_unverified"):
        act(office.finance, "money.release", release=release)
    with refused("quote_without_figure"):
        proved(office.lead, f"{wrong}-deliveries", QUOTES["deliveries"])
    right = corrected(office.analyst2, office.manager, deliveries=6_000, why="as the certificate says")["report"]
    proved(office.lead, f"{right}-deliveries", QUOTES["deliveries"])
    act(office.finance, "money.release", release=release)
    assert Verification.objects.count() == 2


FACT = {"name": "deliveries", "period": "2026Q3", "unit": "vehicles", "known_on": "2026-10-25", "source": "release"}


def test_no_other_way_changes_what_was_reported(warned):
    with refused("reported_twice"):
        act(warned.lead, "evidence.add_fact", value="9000", **FACT)
    with refused("no_fact"):
        row = {name: FACT[name] for name in ("unit", "known_on", "source")}
        act(warned.lead, "evidence.correct_fact", fact="report-2026q3-deliveries", value="9000", **row)
    files = {name: content_of(found) for name, found in case().head.tree.items()}
    line = (
        "  - {id: d-2026q3, name: deliveries, period: 2026Q3, value: 9000, unit: vehicles, known_on: 2026-10-25, "
        "source: release}\n"
    )
    files["facts/facts.yaml"] += line.encode()
    with refused("reported_twice"):
        act(warned.lead, "evidence.replace_folder", archive=archive(files), why="the folder anew")
    assert breaches().exists()


def test_a_figure_that_was_typed_in_after_signing_is_corrected_by_two_as_well(warned):
    other = FACT | {"name": "revenue", "unit": "CNY m"}
    fact = act(warned.lead, "evidence.add_fact", value="900", **other)["fact"]
    with refused("reported_changed"):
        row = {name: other[name] for name in ("unit", "known_on", "source")}
        act(warned.lead, "evidence.correct_fact", fact=fact, value="1900", **row)
    files = {name: content_of(found) for name, found in case().head.tree.items()}
    files["facts/office.yaml"] = files["facts/office.yaml"].replace(b"900", b"1900")
    with refused("reported_changed"):
        act(warned.lead, "evidence.replace_folder", archive=archive(files), why="the folder anew")
    told = corrected(warned.lead, warned.manager, revenue=1_900, why="a subsidiary was left out")
    assert told["corrected"] == {"revenue": fact}


def test_what_the_company_was_before_the_decision_is_corrected_as_evidence(warned):
    row = {"unit": "vehicles", "known_on": "2026-10-25", "source": "release"}
    assert act(warned.lead, "evidence.correct_fact", fact="d-2025", value="20600", **row)["fact"]


def test_a_quarter_is_corrected_on_the_page(warned, client):
    client.force_login(warned.manager)
    fields = {"case": CASE, "quarter": "2026Q3", "deliveries": "9000", "why": "typed wrong", "next": "/"}
    assert client.post("/do/watch.correct/", fields).status_code == 302
    page = client.get(f"/cases/{CASE}/watch/").content.decode()
    assert "/do/watch.confirm_correction/" not in page
    assert "Withdraw the correction" in page
    client.force_login(warned.lead)
    page = client.get(f"/cases/{CASE}/watch/").content.decode()
    assert "/do/watch.confirm_correction/" in page
    assert "9,000" in page
    assert "3,000" in page.partition("corrections-heading")[2]
    row = FigureCorrection.objects.get()
    answer = client.post("/do/watch.confirm_correction/", {"case": CASE, "correction": row.pk, "next": "/"})
    assert answer.status_code == 302
    assert not breaches().exists()
