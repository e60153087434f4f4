"""What two second readers found on three cases, by kind, and held over these cases in both languages."""

from datetime import timedelta
from functools import cache

import pytest
from openpyxl import load_workbook
from tests.truth.properties import OF_TRUTH
from tests.truth.reading import pieces, within

from guanzi.deal.compliance import answers_of_view, shipped_packs
from guanzi.deal.terms import parse_sheet
from guanzi.intake.reported import asked_figures
from guanzi.jobs.following import fund, monitoring, reporting
from guanzi.jobs.rules import judgement
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import asked_of, load_case
from guanzi.render import localise
from guanzi.study.monitoring import warning_rules

CASES = ("apple-waukee-2017", "lithium-thacker-pass-2024", "northvolt-heide-2024")
UNTIL = (timedelta(), timedelta(days=366), timedelta(days=731))


def decided(case):
    return load_case(OF_TRUTH / case).decision_date


@cache
def monitor(case, day):
    return monitoring.document_of(monitoring.monitor(monitoring.Request(str(OF_TRUTH / case), day, paths=0)))


@cache
def fund_page(case, day):
    return fund.document_of(fund.hold(fund.Request((str(OF_TRUTH / case),), day, run=Run(paths=0))))


def said(document, language="en"):
    return [localise(piece.words, language) for piece in pieces(document)]


def messages(document):
    return [message for piece in pieces(document) for message in within(piece.words)]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("after", UNTIL)
def test_a_loan_is_sold_only_as_far_as_it_was_paid_out(case, after):
    """No page of these cases holds that a loan was paid out, so none says so without a proviso."""
    day = decided(case) + after
    for page in (monitor(case, day), fund_page(case, day)):
        lent = [one for one in messages(page) if ".lent." in one.id and not one.id.endswith("converts")]
        assert len(lent) == (case != "apple-waukee-2017")
        assert all("as far as they were paid out" in localise(one, "en") for one in lent)
        assert all("已付部分" in localise(one, "zh") for one in lent)


@pytest.mark.parametrize("case", CASES)
def test_a_fund_of_one_deal_speaks_of_one_deal(case):
    """Its title has no plural, its money one unit, and nothing is spread or waived beyond what the terms say."""
    page = fund_page(case, decided(case))
    found = {one.id: localise(one, "en") for one in messages(page)}
    leads = [text for id, text in found.items() if id.startswith(("reports.fund.lead.", "reports.fund.title"))]
    assert leads
    assert not [text for text in leads if "deals" in text or "among" in text]
    assert not [id for id in found if id.startswith("reports.fund.spread.") and not id.endswith(".one")]
    exposed = [text for id, text in found.items() if id.startswith("reports.fund.exposure_sentence")]
    assert not [text for text in exposed if "%" in text]
    assert all("If the conditions" in text for id, text in found.items() if id == "reports.fund.lead.forgone")
    assert ("reports.fund.lead.forgone" in found) == (case == "apple-waukee-2017")


@pytest.mark.parametrize(("case", "held"), [*zip(CASES, ("in_minnesota", "company_equity", "rate_usd"), strict=True)])
def test_a_rule_asks_for_nothing_that_the_case_holds(case, held):
    """Equity, a rate of about the signing and the state of the region answer questions; without them they are asked."""
    asked = judgement.judge_deal(judgement.Request(str(OF_TRUTH / case))).asked
    assert {one.name for one in asked}.isdisjoint({held, "in_minnesota"})
    view, packs = load_case(OF_TRUTH / case).view(decided(case)), shipped_packs()
    sheet = parse_sheet(view.sheet.document)
    answers = answers_of_view(view, packs, sheet)
    for name, question in packs.questions.items():
        if question.fact and (found := view.resolve(question.fact)) is not None:
            known = found.fact.unit == f"{sheet.currency} m"
            assert answers.get(name, (None,))[0] == (found.interval[0] * 1e6 / sheet.unit if known else None)
        if question.currency == sheet.currency:
            assert answers[name] == (1.0, 1.0)
    if case == "northvolt-heide-2024":
        assert answers["rate_usd"] == pytest.approx([1 / 1.0854] * 2)
    assert (answers.get("in_minnesota") is False) == (case != "northvolt-heide-2024")


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_form_of_a_quarter_asks_for_what_the_monitor_misses_and_for_nothing_that_is_paid(case, language, tmp_path):
    """What a rule of warning reads has a row in the form, staff are counted as people, and heads fit their columns."""
    view = load_case(OF_TRUTH / case).view(decided(case))
    asked = dict(asked_figures(view))
    for rule in warning_rules().rules:
        read = [name for name in rule.looks_at if asked_of(view, name)]
        assert set(read) - {"cash"} <= set(asked), rule.id  # cash is asked for with short-term investments
    assert asked["executives_left"] == "people"
    wanted = reporting.TemplateRequest(str(OF_TRUTH / case), out=tmp_path / "q.xlsx", lang=language)
    file = reporting.write_template(wanted)
    sheet = load_workbook(file).worksheets[1]
    heads, *rows = sheet.iter_rows(values_only=True)
    assert heads[:2] == {"en": ("Id", "Milestone"), "zh": ("编号", "里程碑")}[language]
    assert {row[0] for row in rows} == {
        "apple-waukee-2017": set(),
        "lithium-thacker-pass-2024": {"loan", "notice"},
        "northvolt-heide-2024": {"federal_grant", "land_grant"},
    }[case]
