"""A case that ends is judged, and from that day on it is a precedent of the next case and a row of the own register."""

from datetime import timedelta

import pytest
from django.utils.timezone import localdate
from tests.office.small import CASE, FILES, act, archive, sign_small
from tests.office.small import HEADER as OTHER

from guanzi.advice.appraisal import appraise
from guanzi.base.core import InvalidInput
from guanzi.intake.bets import read_bets
from guanzi.office.actions import perform
from guanzi.office.cases.contents import read_tree
from guanzi.office.models import CaseOutcome, OfficeCase
from guanzi.record.evidence import PRECEDENTS

NEXT = "wolong"


def ended(office, outcome="failure"):
    case = sign_small(office)
    OfficeCase.objects.filter(pk=case.pk).update(stage="watching")
    return act(office.chair, "case.leave", reasons="The put was paid in part.", outcome=outcome)


def opened(office, **files):
    header = OTHER.replace(f"case: {CASE}", f"case: {NEXT}").replace("id: example", "id: wolong")
    header = header.replace("2026-06-30", "2026-12-01").replace("id: river", "id: hefei")
    given = {**FILES, "case.yaml": header, **files}
    del given["terms/2026.yaml"]
    perform(office.lead, "case.open", {"archive": archive(given)}, f"open-{NEXT}")
    return OfficeCase.objects.get(slug=NEXT)


def house(case, day):
    found = appraise(read_tree(case.slug, case.tree), day, paths=50).outside
    return next((row[1:] for row in found.rows if row[0].id == "appraisal.outside.class.house"), None)


def settled():
    return localdate(CaseOutcome.objects.get().at)


def test_an_ended_case_stands_beside_the_outside_view_of_the_next(office):
    told = ended(office)
    assert (told["outcome"], told["precedent"]) == ("failure", True)
    day = settled()
    case = opened(office)
    assert house(case, day)[:2] == (1.0, 0.0)
    assert house(case, day - timedelta(days=1)) is None, "it counts from the day on which it was ended"


def test_a_case_that_was_open_takes_it_over_by_a_click_and_only_once(office):
    case = opened(office)
    assert PRECEDENTS not in case.tree
    ended(office, "success")
    take = {"case": NEXT}
    assert perform(office.lead, "case.take_precedents", take, "t1").answer["precedents"] == 1
    case.refresh_from_db()
    assert house(case, settled())[:2] == (1.0, 1.0)
    with pytest.raises(InvalidInput):
        perform(office.lead, "case.take_precedents", take, "t2")


def test_what_a_folder_brings_of_other_bets_stays(office):
    ended(office)
    brought = "format: 1\nmade_on: 2026-01-01\nprecedents:\n  - {case: theirs, company: a, region: b, country: CN, "
    brought += "industry: brakes, model: pre-revenue-deep-tech, decided: 2019-01-01, settled: 2024-01-01, success: 0.5}"
    case = opened(office, **{PRECEDENTS: brought})
    held = read_tree(case.slug, case.tree).view(settled()).precedents
    assert {one.case for one in held} == {"theirs", CASE}


def test_a_case_that_is_not_judged_is_no_precedent(office):
    assert not ended(office, "ongoing")["precedent"]
    assert PRECEDENTS not in opened(office).tree


def test_another_organisation_counts_nothing_of_it(office):
    from tests.office.conftest import Office

    ended(office)
    assert PRECEDENTS not in opened(Office.make("town")).tree


def test_the_register_of_the_organisation_is_read_by_the_command_line(office, client, tmp_path):
    ended(office)
    client.force_login(office.chair)
    path = tmp_path / "bets.csv"
    path.write_bytes(client.get("/portfolio/bets.csv").content)
    (bet,) = read_bets(path, with_outcomes=True).bets
    answers = CaseOutcome.objects.get().answers
    assert (bet.id, bet.success, bet.sector) == (CASE, 0.0, "battery-electric-vehicles")
    assert bet.answers == {name: answers[name] for name in answers if name != "finance"}
    assert answers["in_business"] == "yes", "the company delivered 20,565 vehicles in 2025"
    page = client.get("/portfolio/bets/")
    assert page.status_code == 200
    assert b"City" in page.content
    client.force_login(office.member)
    assert CASE in client.get("/portfolio/bets.csv").content.decode()


def test_who_has_an_interest_reads_no_register_of_the_case(office, client):
    ended(office)
    from guanzi.office.models import Interest

    case, at = OfficeCase.objects.get(slug=CASE), CaseOutcome.objects.get().at
    Interest.objects.create(case=case, person=office.member, kind="declared", reason={}, found_at=at)
    client.force_login(office.member)
    assert CASE not in client.get("/portfolio/bets.csv").content.decode()
