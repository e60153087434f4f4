"""A condition of a decision is written into the text that is signed, and nothing else of the text changes."""

import pytest
from tests.office.small import CASE, FILES, SHEET, act, decided, open_small

from guanzi.base.core import InvalidInput
from guanzi.office.actions import perform
from guanzi.office.cases import demanded
from guanzi.office.cases.conditions import changes_for
from guanzi.office.cases.demanded import conditions_of
from guanzi.office.cases.termsheets import text_of
from guanzi.office.deciding.tally import CHOICES
from guanzi.office.models import OfficeCase, Sitting

TIED, SHOWN = "tie-instalments", "close-gaps"
FREE = FILES[SHEET].replace("""due: 2026-09-30, if: "tier('headquarters')\"""", "due: 2026-09-30")
GROUNDS = ["cash-runway", "terms.stake.t2", "terms.tier.headquarters"]


@pytest.fixture
def sitting(office, monkeypatch):
    assert FILES[SHEET] != FREE
    text = {"id": "playbooks.demand.tie_instalments", "params": {}}
    capped = {"id": "playbooks.demand.cap_exposure", "params": {}}
    shown = {"id": "playbooks.demand.close_gaps", "params": {}}
    read = {TIED: (text, GROUNDS), SHOWN: (shown, []), "cap-exposure": (capped, ["terms.put"])}
    monkeypatch.setattr(demanded, "_read", lambda sha256: read)
    case = open_small(office, {**FILES, SHEET: FREE})
    found = decided(office, case, "back_with_conditions")
    found.appraisal.files, found.appraisal.advice = {"appraisal.json": "0" * 64}, "back_with_conditions"
    found.appraisal.save()
    votes = {**dict.fromkeys(CHOICES, 0.0), "back_with_conditions": 5.0}
    counted = {"present": 5, "needed": 5, "majority": 0.5, "share": 1.0, "veto": False, "recused": [], "dissent": []}
    found.tally = {"roll": [], "weights": votes, **counted}
    found.save()
    return Sitting.objects.select_related("appraisal__version", "case__head").get(pk=found.pk)


def states(sitting):
    case = OfficeCase.objects.select_related("head").get(slug=CASE)
    found = Sitting.objects.select_related("appraisal__version").get(pk=sitting.pk)
    return {one.id: one.stands for one in conditions_of(found)}, found, case


def approve_sign(office):
    case = OfficeCase.objects.select_related("head").get(slug=CASE)
    for person in (office.lead, office.finance):
        act(person, "sheet.approve", path=SHEET, sha256=case.head.tree[SHEET])
    return act(office.chair, "deal.sign", path=SHEET)


def waive(office, condition):
    act(office.lead, "condition.waive", condition=condition, reason="The parent answers for it by law.")
    act(office.chair, "condition.agree", condition=condition)


def test_a_condition_is_a_change_of_the_passage_that_it_names(sitting):
    (change,) = changes_for(sitting)[TIED]
    assert (change.clause, change.before) == ("stake.t2", "")
    assert "cap-exposure" not in changes_for(sitting), "no rule says which money is left out"


def test_it_is_written_approved_by_two_and_signed_without_another_sitting(office, sitting):
    made = act(office.lead, "condition.write", condition=TIED)
    stands, found, case = states(sitting)
    assert stands == {TIED: False, SHOWN: True, "cap-exposure": True}
    assert (found.state, case.stage, found.upheld_id) == ("closed", "signing", case.head_id)
    text = text_of(case.head.tree[SHEET])
    assert text == FREE.replace("due: 2026-09-30", """due: 2026-09-30, if: "tier('headquarters')\"""")
    assert made["sheet"] == case.head.tree[SHEET]
    waive(office, "cap-exposure")
    with pytest.raises(InvalidInput):
        approve_sign(office)
    act(office.lead, "condition.write", condition=SHOWN)
    stands, _, case = states(sitting)
    assert stands == {TIED: False, SHOWN: False, "cap-exposure": False}
    assert text_of(case.head.tree[SHEET]).count("event('close-gaps')") == 2
    assert approve_sign(office)["sheet"] == case.head.tree[SHEET]


def test_another_wording_takes_a_reason_and_adds_no_money(office, sitting):
    other = """if: "tier('headquarters') and units >= 1_000\""""
    with pytest.raises(InvalidInput):
        act(office.lead, "condition.write", condition=TIED, after=[other])
    reason = "Deliveries are what the city can count."
    for more in ("expires: 2027-09-30, amount: 900", 'if: "units >= "'):
        with pytest.raises(InvalidInput):
            act(office.lead, "condition.write", condition=TIED, after=[more], reason=reason)
    act(office.lead, "condition.write", condition=TIED, after=[other], reason=reason)
    _, _, case = states(sitting)
    assert other in text_of(case.head.tree[SHEET])


def test_any_other_change_of_the_text_is_another_question(office, sitting):
    act(office.lead, "condition.write", condition=TIED)
    text = text_of(OfficeCase.objects.select_related("head").get(slug=CASE).head.tree[SHEET])
    act(office.lead, "sheet.save", path=SHEET, text=text.replace("share: 24%", "share: 1%"))
    _, found, case = states(sitting)
    assert found.state == "void"
    with pytest.raises(InvalidInput):
        approve_sign(office)
    assert case.state == "open"


def test_it_is_written_once_and_by_who_writes_the_text(office, sitting):
    act(office.lead, "condition.write", condition=TIED)
    with pytest.raises(InvalidInput):
        act(office.lead, "condition.write", condition=TIED)
    with pytest.raises(InvalidInput):
        act(office.lead, "condition.write", condition="cap-exposure")


def test_the_page_shows_what_changes_beside_the_text(office, sitting, client):
    client.force_login(office.lead)
    page = client.get(f"/cases/{CASE}/decisions/").content.decode()
    assert page.count('action="/do/condition.write/"') == 2
    assert "tier(&#39;headquarters&#39;)" in page
    perform(office.lead, "condition.write", {"case": CASE, "condition": TIED}, "w")
    with pytest.raises(InvalidInput):
        act(office.lead, "condition.waive", condition=TIED, reason="It stands in the text by now.")
    assert client.get(f"/cases/{CASE}/decisions/").content.decode().count('action="/do/condition.write/"') == 1
