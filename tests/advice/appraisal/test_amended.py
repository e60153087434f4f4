"""An amendment says each line that adds money or loosens what stands before it; what only tightens says nothing."""

import pytest

from guanzi.advice.appraisal import amended
from guanzi.base.core import render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.terms import read_sheet

SIGNED = """\
deal: riverton
title: {en: Stake, zh: 入股}
status: definitive
currency: CNY
unit: 1e6
known_on: 2026-06-30
signed: 2026-06-30
horizon: 6 years
step: quarter
source: release
parties:
  company: {role: issuer, name: Example Motors}
  city: {role: public, name: Riverton}
instruments:
  stake:
    type: equity
    issuer: company
    share: 24%
    tranches:
      - {id: t1, amount: 400, due: 2026-07-31, if: "event('closing')"}
      - {id: t2, amount: 600, due: 2026-09-30, expires: 2027-09-30, if: "tier('headquarters') and units >= 5_000"}
  earn: {type: earn_out, from: city, to: company, amount: 15, when: revenue >= 900}
  option: {type: warrant, holder: city, issuer: company, share: 2%, strike: 500}
incentives:
  support: {type: grant, from: city, amount: 12 per year, years: 2, start: 2026-07-31, if: "event('closing')"}
  tax: {type: rebate, from: city, amount: 5, start: 2026-07-31}
  ground: {type: land, from: city, value: 90, discount: 50%, due: 2026-07-31}
  behind: {type: guarantee, from: city, share: 80%, limit: 60}
covenants:
  volume:
    name: {en: deliveries of a quarter, zh: 季度交付量}
    require: units >= 5_000
    until: listed
    text: {en: "5,000 vehicles a quarter.", zh: 每季度5000辆。}
events:
  closing: {name: conditions of the closing are met, due: 2026-07-31, by: company, probability: 0.9}
tiers:
  - {id: headquarters, when: hq_local and jobs_local >= 500, proof: business licence}
"""


def sheet_of(text):
    read = read_sheet(parse_yaml(TextFile("terms/2026.yaml", text, tuple(text.split("\n")))))
    assert read.sheet is not None, read.problems
    return read.sheet


def found(*changes):
    text = SIGNED
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    return amended(sheet_of(SIGNED), sheet_of(text))


def told(*changes):
    return {(one.id, one.kind) for one in found(*changes).lines}


def test_the_same_text_changes_nothing():
    assert found() == found(("title: {en: Stake", "title: {en: A stake"))
    assert (found().lines, found().more) == ((), 0.0)


@pytest.mark.parametrize(
    ("change", "line", "more"),
    [
        (("amount: 600", "amount: 900"), ("t2", "more"), 300.0),
        (("amount: 15,", "amount: 40,"), ("earn", "more"), 25.0),
        (("limit: 60", "limit: 200"), ("behind", "more"), 140.0),
        (("strike: 500", "strike: 900"), ("option", "more"), 8.0),
        (("amount: 12 per", "amount: 20 per"), ("support.2026", "more"), 16.0),
        (("years: 2,", "years: 3,"), ("support.2028", "new"), 12.0),
        (("amount: 5,", "amount: 50,"), ("tax", "more"), 45.0),
        (("discount: 50%", "discount: 90%"), ("ground", "more"), 36.0),
        (("limit: 60", "limit: unknown"), ("behind", "open"), 0.0),
        (("share: 80%", "share: 100%"), ("behind", "share"), 0.0),
    ],
)
def test_money_of_every_kind_counts(change, line, more):
    assert line in told(change)
    assert found(change).more == pytest.approx(more)


def test_what_is_moved_from_one_instalment_to_the_next_adds_nothing_and_is_told_all_the_same():
    moved = found(("amount: 400", "amount: 300"), ("amount: 600", "amount: 700"))
    assert moved.more == 0.0
    assert [(one.id, one.kind) for one in moved.lines] == [("t2", "more")]


def test_a_guarantee_that_becomes_smaller_pays_for_no_instalment():
    assert found(("limit: 60", "limit: 10"), ("amount: 600", "amount: 650")).more == 50.0


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ((", if: \"event('closing')\"}\n      - {id: t2", "}\n      - {id: t2"), ("t1", "loosened")),
        ((" and units >= 5_000", ""), ("t2", "loosened")),
        (("and units >= 5_000", "or units >= 5_000"), ("t2", "loosened")),
        (("and units >= 5_000", "and units >= 4_000"), ("t2", "loosened")),
        (("and units >= 5_000", "and revenue >= 5_000"), ("t2", "loosened")),
        (("when: revenue >= 900", "when: revenue >= 800"), ("earn", "loosened")),
        (("due: 2026-09-30", "due: 2026-08-31"), ("t2", "sooner")),
        (("expires: 2027-09-30, ", ""), ("t2", "longer")),
        (("expires: 2027-09-30", "expires: 2029-09-30"), ("t2", "longer")),
        (("jobs_local >= 500", "jobs_local >= 50"), ("headquarters", "step")),
        (("hq_local and ", ""), ("headquarters", "step")),
        (("proof: business licence", "proof: a letter of the company"), ("headquarters", "proof")),
        (("conditions of the closing are met", "the company says so"), ("closing", "event")),
        (("by: company", "by: city"), ("closing", "event")),
        (("    require: units >= 5_000", "    require: units >= 500"), ("volume", "covenant")),
        (("    require: units >= 5_000", "    require: units >= 5_000\n    cure: 6 months"), ("volume", "covenant")),
        (("    until: listed", "    until: listed or headcount >= 1"), ("volume", "covenant")),
        (("unit: 1e6", "unit: 1e9"), ("deal", "unit")),
    ],
)
def test_whatever_is_loosened_before_money_is_told(change, line):
    assert line in told(change)


@pytest.mark.parametrize(
    "change",
    [
        ("and units >= 5_000", "and units >= 6_000"),
        ("and units >= 5_000", "and units >= 5_000 and revenue >= 100"),
        ("and units >= 5_000", "and 5_000 <= units"),
        ("amount: 600", "amount: 500"),
        ("due: 2026-09-30", "due: 2026-12-31"),
        ("limit: 60", "limit: 50"),
        ("jobs_local >= 500", "jobs_local >= 900"),
        ("    require: units >= 5_000", "    require: units >= 7_000"),
        ("    until: listed", "    until: listed and headcount >= 1"),
        ("tier('headquarters') and units >= 5_000", "units >= 5_000 and tier('headquarters')"),
    ],
)
def test_what_asks_for_as_much_or_more_is_not_told(change):
    assert told(change) == set()


def test_a_line_says_where_it_stands_and_what_it_was():
    (line,) = found((" and units >= 5_000", "")).lines
    assert line.line == SIGNED[: SIGNED.index("id: t2")].count("\n") + 1
    assert render(line.message, "en").startswith(f"line {line.line}: t2 no longer depends on: ")
    assert "5,000" in render(line.message, "en")
    assert "不再以此为前提" in render(line.message, "zh")
    (line,) = found(("limit: 60", "limit: 200")).lines
    assert render(line.message, "en") == f"line {line.line}: behind amounts to 200 m yuan, 140 m yuan more than signed"
