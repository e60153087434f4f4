"""An amendment that adds money of any kind, or loosens what stands before it, takes a decision that knew its lines."""

import pytest
from tests.office.once import played_once
from tests.office.small import FILES, SHEET, act, approve, decided, sign_small
from tests.office.test_page_queries import TALLY

from guanzi.base.core import InvalidInput
from guanzi.office.actions import votes
from guanzi.office.auditlog.log import office_log
from guanzi.office.cases.termsheets import text_of
from guanzi.office.models import AppraisalRun, OfficeCase, Signing, Sitting
from guanzi.office.pages import decisions  # the page asks for what hinders of its own
from guanzi.record.ledger import read_entry

MORE = "  later: {type: earn_out, from: city, to: company, amount: 15, when: units >= 5_000}\n"
GIVEN = "incentives:\n  behind: {type: guarantee, from: city, share: 80%, limit: 60}\ncovenants:"


@played_once
def signed(office):
    terms = FILES[SHEET].replace("  put:\n", f"{MORE}  put:\n", 1).replace("covenants:", GIVEN, 1)
    sign_small(office, {**FILES, SHEET: terms})
    return office


def case():
    return OfficeCase.objects.select_related("head").get()


def refused(kind):
    return pytest.raises(InvalidInput, match=kind)


def proposed(office, *changes):
    text = text_of(case().head.tree[SHEET])
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    act(office.lead, "sheet.save", path=SHEET, text=text)
    approve(office)


@pytest.mark.parametrize(
    ("change", "more", "line"),
    [
        (("amount: 600", "amount: 900"), 300.0, "t2"),
        (("amount: 15,", "amount: 90,"), 75.0, "later"),
        (("limit: 60", "limit: 500"), 440.0, "behind"),
    ],
)
def test_money_of_every_kind_is_bounded_by_what_was_decided_and_its_line_is_said(signed, change, more, line):
    proposed(signed, change)
    decided(signed, case(), purpose="add_money", amount=more - 1)
    with refused("more_than_decided") as told:
        act(signed.chair, "deal.amend", path=SHEET)
    assert line in str(told.value)
    decided(signed, case(), purpose="add_money", amount=more)
    act(signed.chair, "deal.amend", path=SHEET)
    assert Signing.objects.get().sha256 == case().head.tree[SHEET]


@pytest.mark.parametrize(
    "change",
    [("when: units >= 5_000", "when: units >= 50"), ("if: \"tier('headquarters')\"", 'if: "units >= 1"')],
)
def test_what_is_loosened_takes_a_sitting_that_was_told_of_it(signed, change):
    proposed(signed, change)
    told = decided(signed, case(), purpose="add_money", amount=500.0)
    Sitting.objects.filter(pk=told.pk).update(changes={})
    with refused("undecided"):
        act(signed.chair, "deal.amend", path=SHEET)
    decided(signed, case(), purpose="add_money", amount=0.0)
    act(signed.chair, "deal.amend", path=SHEET)
    entry = read_entry(list(office_log().contents())[-1][1])
    assert entry.body.data["more"] == 0.0
    assert any("(loosened)" in one for one in entry.body.data["changes"])


def test_a_sitting_on_more_money_keeps_and_shows_what_each_text_changes(signed, client, monkeypatch):
    proposed(signed, ("limit: 60", "limit: 500"), ("when: units >= 5_000", "when: units >= 50"))
    held = decided(signed, case(), purpose="add_money", amount=440.0)
    monkeypatch.setattr(votes, "hindrances", lambda *asked: ())
    run = AppraisalRun.objects.get(pk=held.appraisal_id)
    AppraisalRun.objects.update(advice="decline")
    Sitting.objects.update(tally=TALLY)
    number = act(signed.chair, "vote.open", appraisal=run.pk, purpose="add_money", amount=440)["sitting"]
    kept = Sitting.objects.get(pk=number).changes["sheets"][SHEET]
    assert kept["more"] == 440.0
    assert {(one["id"], one["kind"]) for one in kept["lines"]} == {("behind", "more"), ("later", "loosened")}
    entry = read_entry(list(office_log().contents())[-1][1])
    assert entry.body.data["changes"] == [f"{SHEET}: behind (more)", f"{SHEET}: later (loosened)"]
    for lang, told in (("en", "amounts to 500 m yuan, 440 m yuan more than signed"), ("zh", "不再以此为前提")):
        signed.chair.language = lang
        signed.chair.save()
        client.force_login(signed.chair)
        assert vars(decisions)["hindrances"] is not votes.hindrances
        page = client.get("/cases/riverton/decisions/").content.decode()
        assert told in page
        assert "office.sitting." not in page


def test_less_money_on_stricter_terms_needs_no_amount(signed):
    proposed(signed, ("amount: 600", "amount: 500"), ("when: units >= 5_000", "when: units >= 6_000"))
    decided(signed, case(), purpose="add_money", amount=0.0)
    act(signed.chair, "deal.amend", path=SHEET)
    assert Signing.objects.get().sha256 == case().head.tree[SHEET]
