"""After signing: figures come in, the deal is tested by them, and a breach says what it entitles to."""

import base64
import re
from datetime import date

import pytest
from django.utils import timezone
from tests.jobs.watched_case import fill
from tests.office.once import played_once
from tests.office.small import FILES, SHEET, act, corrected, open_small, sign_small, verified

from guanzi.base.core import InvalidInput, Message, render
from guanzi.office.auditlog.log import office_log
from guanzi.office.models import OfficeCase, Signing, Sitting, WarningSeen
from guanzi.office.paying.afterwards import watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.office.paying.releasing import try_tranche
from guanzi.office.people.visibility import Viewer
from guanzi.render import format_amount


@played_once
def signed(office):
    sign_small(office)
    return office


def case():
    return OfficeCase.objects.select_related("head").get()


def refused(kind):
    return pytest.raises(InvalidInput, match=kind)


def book(tmp_path, milestones=None, **figures):
    from datetime import date

    from guanzi.base.core import Period
    from guanzi.intake.reported import FIELDS, unit_of, write_report_form

    path = tmp_path / "report.xlsx"
    rows = [("closing", "closing"), ("t1", "t1")]
    asked = [(name, unit_of(name, "CNY")) for name in FIELDS]
    write_report_form(path, "riverton", asked, Period.parse("2026Q3"), rows)
    fill(path, {3: date(2026, 10, 20), 4: "Example Motors"}, figures, milestones)
    import openpyxl

    if milestones:
        opened = openpyxl.load_workbook(path)
        sheet = opened.worksheets[1]
        for row in sheet.iter_rows(min_row=2):
            if row[0].value in milestones:
                for cell, value in zip(row[2:5], milestones[row[0].value], strict=True):
                    cell.value = value
        opened.save(path)
    else:
        opened = openpyxl.load_workbook(path)
        sheet = opened.worksheets[0]
        for row in sheet.iter_rows(min_row=6):
            if row[0].value in figures:
                row[3].value = figures[str(row[0].value)]
        sheet.cell(3, 2).value, sheet.cell(4, 2).value = date(2026, 10, 20), "Example Motors"
        opened.save(path)
    return base64.b64encode(path.read_bytes()).decode()


def test_a_figure_below_the_limit_breaks_the_covenant_and_says_what_it_entitles_to(signed):
    told = act(signed.manager, "watch.report", quarter="2026Q3", deliveries=3000, revenue=900)
    assert "volume" in told["warnings"]
    warning = WarningSeen.objects.get(kind="covenant")
    text = render(Message.from_dict(warning.text), "en")
    assert "deliveries of a quarter" in text
    assert "put" in text or "sell" in text
    assert Sitting.objects.get().state == "closed"
    assert Signing.objects.get().sha256 == case().head.tree[SHEET]


def test_a_figure_above_the_limit_breaks_nothing(signed):
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=9000)
    assert not WarningSeen.objects.filter(kind="covenant").exists()


def test_a_warning_is_found_once_and_taken_up_once(signed):
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=3000)
    assert act(signed.lead, "watch.look")["warnings"] == []
    row = WarningSeen.objects.get(kind="covenant")
    act(signed.finance, "warning.answer", warning=row.pk, words="the put is prepared")
    row.refresh_from_db()
    assert (row.seen_by, row.answer) == (signed.finance, "the put is prepared")
    with refused("warning_answered"):
        act(signed.chair, "warning.answer", warning=row.pk, words="again")


def test_a_sign_that_is_answered_stands_answered_among_the_facts(signed):
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=9000, going_concern_doubt=True)
    row = WarningSeen.objects.get(kind="sign")
    act(signed.manager, "warning.answer", warning=row.pk, words="the auditor was heard")
    assert any(path.startswith(f"monitoring/office-answered-{row.rule}") for path in case().head.tree)


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"deliveries": -5}, "negative"),
        ({"deliveries": 5.5}, "not_whole"),
        ({"founder_share": 1.5}, "above_whole"),
        ({"revenue": "nan"}, "finite|value|too_large"),
        ({"revenue": 1e300}, "too_large"),
        ({"quarter": "2026Q1", "deliveries": 5}, "before_signing"),
        ({"quarter": "2099Q1", "deliveries": 5}, "before_end"),
        ({"quarter": "2026", "deliveries": 5}, "no_quarter"),
        ({"quarter": "last", "deliveries": 5}, "no_quarter"),
        ({}, "empty"),
        ({"deliverys": 5}, "unknown_field"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(signed, asked, kind):
    with refused(kind):
        act(signed.manager, "watch.report", **({"quarter": "2026Q3"} | asked))
    assert case().head.number == 1


def test_a_quarter_is_reported_once(signed):
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=9000)
    with refused("reported_already"):
        act(signed.manager, "watch.report", quarter="2026Q3", deliveries=9500)


def test_nothing_is_reported_of_a_deal_that_is_not_signed(office):
    open_small(office)
    with pytest.raises(Exception, match="state"):
        act(office.manager, "watch.report", quarter="2026Q3", deliveries=9000)


def test_the_workbook_of_a_quarter_is_taken_in(signed, tmp_path):
    told = act(signed.manager, "watch.upload_report", report=book(tmp_path, deliveries=3000, revenue=900))
    assert told["facts"] == 2
    assert "volume" in told["warnings"]
    with refused("reported_already"):
        act(signed.manager, "watch.report", quarter="2026Q3", deliveries=9000)


def test_a_workbook_verifies_no_milestone_of_its_own(signed, tmp_path):
    from datetime import date

    own = book(tmp_path, {"closing": ("verified", date(2026, 7, 20), "Somebody else")})
    with refused("verified_in_book"):
        act(signed.manager, "watch.upload_report", report=own)


@pytest.mark.parametrize("content", [b"no workbook", b"PK\x03\x04 broken", b"\x00" * 100])
def test_what_is_no_workbook_is_refused(signed, content):
    with pytest.raises(InvalidInput):
        act(signed.manager, "watch.upload_report", report=base64.b64encode(content).decode())


def test_verified_and_late_milestones_stand_in_the_warnings_until_they_are_verified(signed):
    act(signed.lead, "watch.look")
    assert WarningSeen.objects.filter(kind="milestone", rule="closing").count() == 1
    verified(signed)
    assert not WarningSeen.objects.filter(kind="milestone", gone_at=None).exists()
    assert case().standing.data["planned"] == 1000.0


def test_the_script_of_the_pages_is_there(office, client):
    from django.contrib.staticfiles import finders

    client.force_login(office.lead)
    page = client.get("/").content.decode()
    scripts = [part.split('"')[0] for part in page.split('src="/static/')[1:]]
    assert scripts
    assert all(finders.find(script) for script in scripts)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_watch_says_whole_sentences_to_everybody_who_may_look(signed, client, lang):
    verified(signed)
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=3000)
    act(signed.manager, "money.ask", tranche="t1", words="the covenant is spoken of")
    for person in (signed.manager, signed.finance, signed.auditor):
        person.language = lang
        person.save()
        client.force_login(person)
        for address in ("", "monitor/", "calendar.ics", "report.xlsx"):
            answer = client.get(f"/cases/riverton/watch/{address}")
            assert answer.status_code == 200, address
            assert address or b"office." not in answer.content.replace(b"office.css", b"").replace(b"office-", b"")
    client.force_login(signed.member2)
    assert client.get("/cases/riverton/watch/").status_code == 404


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_watch_begins_with_what_is_known_to_be_paid_and_to_have_come_back(signed, client, lang):
    signed.finance.language = lang
    signed.finance.save()
    client.force_login(signed.finance)

    def paid():
        page = client.get("/cases/riverton/watch/").content.decode()
        label = render(Message.of("office.watch.position.paid"), lang)
        found = re.search(rf"<dt>{label}</dt><dd>([^<]+)</dd>", page)
        if found is None:
            return None
        assert page.index(found[0]) < page.index('id="warnings-heading"')
        return found[1]

    assert paid() is None, "nothing is known of the money yet"
    verified(signed)
    row = act(signed.manager, "money.ask", tranche="t1", words="the figures are not due")["release"]
    act(signed.finance, "money.release", release=row)
    assert paid() == format_amount(400.0, "CNY m", lang)


def test_an_unsigned_case_has_nothing_to_watch(office, client):
    open_small(office)
    client.force_login(office.lead)
    assert client.get("/cases/riverton/watch/").status_code == 200
    for address in ("monitor/", "calendar.ics", "report.xlsx"):
        assert client.get(f"/cases/riverton/watch/{address}").status_code == 404


def test_what_waits_is_told_to_those_who_can_do_it(signed):
    from guanzi.office.inbox.waiting import waiting_for

    def waits(person):
        return {item.what.id.removeprefix("office.waiting.") for item in waiting_for(Viewer(person))}

    act(signed.manager, "milestone.report", milestone="closing", reached_on="2026-07-20")
    assert "milestone" in waits(signed.lead)
    assert "milestone" not in waits(signed.manager)
    assert waits(signed.member2) == set()
    act(
        signed.lead,
        "milestone.verify",
        milestone="closing",
        document="certificate",
        page=1,
        quote="The conditions of the closing are met.",
    )
    act(signed.manager, "money.ask", tranche="t1", words="now")
    assert "release" in waits(signed.finance)
    assert "release" not in waits(signed.manager)
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=3000)
    assert "warnings" in waits(signed.manager)


CURED = {"require: units >= 5_000": "require: units >= 5_000\n    cure: 6 months"}
UNSEEN = {"require: units >= 5_000": "require: units >= 5_000\n    cure: unknown"}


@pytest.mark.parametrize(("change", "state"), [(CURED, "curing"), (UNSEEN, "failed")])
def test_a_covenant_that_fails_is_warned_of_before_it_is_breached(office, change, state):
    files = dict(FILES)
    for old, new in change.items():
        assert old in files[SHEET]
        files[SHEET] = files[SHEET].replace(old, new)
    sign_small(office, files)
    assert "volume" in act(office.manager, "watch.report", quarter="2026Q3", deliveries=3000)["warnings"]
    row = WarningSeen.objects.get(kind="covenant")
    assert row.state == state
    assert "deliveries of a quarter" in render(Message.from_dict(row.text), "en")


@pytest.mark.parametrize(("deliveries", "breached"), [(3000, True), (6000, False)])
def test_no_payment_is_called_payable_above_a_breached_covenant(signed, client, deliveries, breached):
    verified(signed)
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=deliveries)
    tested = try_tranche(DealNow(case()), "t1", timezone.localdate())
    assert (tested.verdict == "breached") is breached
    client.force_login(signed.manager)
    page = client.get(f"/cases/{case().slug}/watch/").content.decode()
    assert ('<span class="state void">Blocked: covenant breached</span>' in page) is breached
    assert ("despite the breach" in page) is (breached and not tested.barred)
    assert not breached or "can be paid under the deal" not in page


def test_a_corrected_figure_stands_beside_the_old_one_and_the_deal_is_tested_anew(signed):
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=3000, revenue=900)
    told = corrected(
        signed.manager, signed.lead, deliveries=9000, cash_and_short_term_investments=800, why="a plant was left out"
    )
    assert told["corrected"] == {"deliveries": "report-2026q3-deliveries"}
    assert told["gone"] == ["volume"]
    held = {fact.id: fact for fact in watched_deal(case(), date(2099, 1, 1)).case.facts if fact.name == "deliveries"}
    old, new = held["report-2026q3-deliveries"], held["report-2026q3-corrected-3-deliveries"]
    assert (old.value, new.value, new.supersedes) == (3000, 9000, old.id)
    assert str(new.note) == "a plant was left out"
    assert "monitoring/report-2026q3.yaml" in case().head.tree
    again = corrected(signed.manager, signed.lead, deliveries=4000, why="counted twice")
    assert again["corrected"] == {"deliveries": new.id}
    assert "volume" in again["warnings"]


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ({"quarter": "2026Q2", "deliveries": 1}, "quarter_unreported"),
        ({"deliveries": 3000}, "figure_same"),
        ({}, "empty"),
        ({"deliveries": -1}, "negative"),
        ({"deliveries": 5, "why": " "}, "why"),
    ],
)
def test_a_correction_says_what_was_wrong_and_why(signed, asked, kind):
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=3000)
    with refused(kind):
        act(signed.manager, "watch.correct", **({"quarter": "2026Q3", "why": "wrong"} | asked))
    assert case().head.number == 2


def test_whatever_changes_a_signed_deal_refreshes_its_row_of_the_portfolio(signed):
    before = case().standing.version
    fact = {"name": "going_concern_doubt", "period": "2026-09-30", "value": "true", "unit": "flag"}
    act(signed.lead, "evidence.add_fact", known_on="2026-10-20", source="release", **fact)
    assert case().standing.version not in ("", before)
    assert WarningSeen.objects.filter(kind="sign", rule="going-concern").exists()


def test_every_night_each_signed_deal_is_looked_at(signed, client, monkeypatch):
    from datetime import timedelta

    from guanzi.office.paying import nightly

    client.force_login(signed.chair)
    assert b"has not run yet" in client.get("/portfolio/").content
    later = timezone.now() + timedelta(days=120)
    monkeypatch.setattr(timezone, "localdate", lambda at=None: later.date())
    WarningSeen.objects.all().delete()
    size = office_log().size
    run = nightly.watch_all()
    assert (run.cases, run.failed) == (1, 0)
    assert case().standing.as_of == later.date()
    assert WarningSeen.objects.filter(kind="milestone", rule="closing").exists()
    assert office_log().size == size + 1
    assert b"last ran on" in client.get("/portfolio/").content
    assert not nightly.is_late(nightly.last_watch())


def test_a_deal_that_breaks_the_watch_of_a_night_keeps_no_other_from_it(signed, monkeypatch):
    from guanzi.office.paying import looking, nightly

    town = type(signed).make("town")
    sign_small(town)

    def look(held, at, day, look_again=looking.look_again):
        if held.organisation == signed.organisation:
            raise KeyError("a defect")
        return look_again(held, at, day)

    monkeypatch.setattr(nightly, "look_again", look)
    WarningSeen.objects.all().delete()
    run = nightly.watch_all()
    assert (run.cases, run.failed) == (2, 1)
    assert not nightly.is_late(nightly.last_watch())
    assert set(WarningSeen.objects.values_list("case__organisation__slug", flat=True)) == {"town"}


def test_what_was_reported_after_signing_is_found_in_both_languages_and_no_decision_rests_on_it(signed, client):
    before = case().facts.count()
    act(signed.manager, "watch.report", quarter="2026Q3", deliveries=3000, revenue=900)
    corrected(signed.manager, signed.lead, deliveries=3100, why="recounted in the yard")
    verified(signed, day="2026-10-01")
    assert case().facts.count() == before
    client.force_login(signed.lead)
    for asked, found in (("deliveries 2026Q3", 2), ("交付量", 3), ("yard", 1), ("milestone", 2), ("d-2025", 1)):
        page = client.get("/search/", {"q": asked}).content.decode()
        assert page.count("/cases/riverton/evidence/facts/") >= found, asked
        assert ("after signing" in page) == (asked != "d-2025")
    (row,) = case().watched.filter(name="deliveries", superseded_by="")
    for lang, told in (("en", "no decision was based on it"), ("zh", "不作为决策依据")):
        signed.lead.language = lang
        signed.lead.save()
        page = client.get(f"/cases/riverton/evidence/facts/{row.fact}/").content.decode()
        assert told in page
        assert "recounted in the yard" in page
        assert "Correction of the report" in page
        assert "/do/evidence.correct_fact/" not in page
    signed.member2.refresh_from_db()
    client.force_login(signed.member2)
    assert "/evidence/facts/" not in client.get("/search/", {"q": "deliveries"}).content.decode()
