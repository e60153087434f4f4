"""What two second readers found on three cases, by kind, and held over these cases in both languages."""

from datetime import timedelta
from functools import cache
from pathlib import Path

import pytest
from openpyxl import load_workbook
from tests.truth.properties import OF_TRUTH
from tests.truth.reading import pieces, within

from guanzi.advice.structuring import figures
from guanzi.base.core import Message, render
from guanzi.deal.compliance import answers_of_view, shipped_packs
from guanzi.deal.lint import LintContext, lint
from guanzi.deal.terms import parse_sheet
from guanzi.intake.reported import asked_figures
from guanzi.jobs.appraisal import appraisal
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.decisions.documents.paper import memorandum
from guanzi.jobs.evidence import review
from guanzi.jobs.evidence.commands.review_screen import show_review
from guanzi.jobs.following import fund, monitoring, release, reporting
from guanzi.jobs.rules import judgement
from guanzi.jobs.shared.documents.parents import parents_of
from guanzi.jobs.shared.run import Run
from guanzi.record.evidence import asked_of, load_case
from guanzi.render import localise
from guanzi.study.fiscal import load_tax_sharing
from guanzi.study.monitoring import warning_rules
from guanzi.study.monitoring.release import releasable

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


def said_of(document, language="en"):
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
            answered = answers.get(name)
            low = answered[0] if isinstance(answered, tuple) else None
            assert low == (found.interval[0] * 1e6 / sheet.unit if known else None)
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


@cache
def appraised(case):
    return appraisal.appraise(appraisal.Request(str(OF_TRUTH / case), run=Run(paths=64))).appraisal


@pytest.mark.parametrize("case", CASES)
def test_every_exception_of_a_shared_tax_stands_with_its_table(case):
    """A table of whole shares does not leave out that some states levy a part, and a federation is no central state."""
    view = load_case(OF_TRUTH / case).view(decided(case))
    sharing = load_tax_sharing(view.region.country)
    document = appraisal_document(appraised(case))
    table = next(one for one in document.tables() if one.id == "table-taxes")
    shown = {localise(row.head.value, "en") for row in table.rows if isinstance(row.head.value, Message | str)}
    excepted = [tax for tax in sharing.taxes if tax.exceptions and render(Message.of(tax.name)) in shown]
    assert bool(excepted)
    for language in ("en", "zh"):
        text = " ".join(said_of(document, language))
        assert all(render(Message.of(tax.exceptions), language) in text for tax in excepted if tax.exceptions)
    heads = [localise(column.head, "zh") for column in table.columns]
    assert not [head for head in heads if head.startswith("中央") and "联邦" not in head]


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_memorandum_says_what_is_noted_of_the_day_of_a_source(case, language):
    """Where the day of publication was not seen, the analyst's day does not stand as its date."""
    appraisal = appraised(case)
    text = " ".join(said_of(memorandum(appraisal), language))
    noted = [source for source in appraisal.sources if source.note and not source.withheld]
    assert noted or case == "apple-waukee-2017"
    assert all(localise(source.note, language) in text for source in noted)


@pytest.mark.parametrize("case", CASES)
def test_nothing_that_is_a_note_or_out_already_can_be_agreed_otherwise(case):
    document = load_case(OF_TRUTH / case).sheets[-1].document
    addresses = figures(document)
    assert addresses
    assert not [one for one in addresses if ".note." in one or one.endswith((".en", ".zh")) or ".assumed" in one]
    assert not [one for one in addresses if one.startswith("note.")], "the note of this case was drawn before"


def conditions(case, payment, day):
    asked = release.Request(str(OF_TRUTH / case), payment, day, run=Run(paths=0))
    study = release.release(asked)
    return study, release.document_of(study)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("after", UNTIL)
def test_a_release_ticks_only_what_a_fact_or_a_day_shows(case, after):
    """What is asked of every release is what is tested; no signing is ticked while a framework is on record."""
    sheet = load_case(OF_TRUTH / case).view(decided(case)).sheet.document
    for payout in releasable(parse_sheet(sheet))[:3]:
        _, document = conditions(case, payout.id, decided(case) + after)
        met = [
            (one.words, localise(one.words, "en")) for one in document.sentences() if localise(one.name, "en") == "Met"
        ]
        for _, text in met:
            assert "requires that the company is solvent" not in text
            assert "signing is used" not in text or sheet.data["status"] == "definitive"
        title = {language: localise(document.title, language) for language in ("en", "zh")}
        drawn = payout.instrument == "loan"
        assert (("drawn in parts" in title["en"]), ("分次提取" in title["zh"])) == (drawn, drawn)
        whole = " ".join(said_of(document, "zh"))
        assert "付款日" not in whole or payout.cash
        waived = [text for text in said_of(document) if "waived over all years" in text]
        assert bool(waived) == (case == "apple-waukee-2017")


@pytest.mark.parametrize("case", CASES)
def test_the_end_of_a_grant_beyond_the_horizon_is_told_with_both_days(case):
    sheet = parse_sheet(load_case(OF_TRUTH / case).view(decided(case)).sheet.document)
    beyond = [found for found in lint(sheet, LintContext()) if found.code == "GZ510"]
    assert bool(beyond) == (case == "apple-waukee-2017")
    for found in beyond:
        told = dict(found.message.params)
        assert told["last"] > told["end"] == sheet.signed.replace(year=sheet.signed.year + sheet.horizon).isoformat()


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize(("language", "claims"), [("en", "largest effect"), ("zh", "影响大")])
def test_a_review_claims_no_order_by_effects_that_it_has_not_and_names_the_way_out(case, language, claims, capsys):
    asked = review.Request(str(OF_TRUTH / case), every=True)
    result = review.settle(asked)
    show_review(result, language, asked, as_json=False)
    shown = capsys.readouterr().out
    assert (claims in shown) == any(need.effect is not None for need in result.review.needs)
    assert bool(result.review.kinds) == bool(result.review.implausible)
    for kind in result.review.kinds:
        assert render(Message.of(f"desk.simulate.{kind}.mend"), language) in shown.replace("\n", " ")


def test_the_pages_name_every_mark_of_a_figure_and_every_table_of_the_bureau():
    """A figure bears a mark that the page for committees explains; the table on who pays is on that for bureaus."""
    committee, bureau = (Path(f"docs/howto/{name}.md").read_text("utf-8") for name in ("committee", "finance"))
    marks = [render(Message.of(f"reports.deal.{of}")) for of in ("definitive", "framework", "draft", "proposed")]
    assert not [mark for mark in marks if f"*{mark}*" not in " ".join(committee.split())]
    documents = [appraisal_document(appraised(case)) for case in CASES]
    shown = [localise(t.caption, "en") for one in documents for t in one.tables() if t.id == "table-budgets"]
    assert shown
    assert all(f"| {caption[0].lower()}{caption[1:]} |" in bureau for caption in shown)


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_two_figures_of_one_name_and_time_are_told_apart_where_something_rests_on_them(case, language):
    found = appraised(case)
    places = parents_of(found).found
    figures = [fact for fact in found.facts if not isinstance(fact.value, bool | str)]
    told = [localise(places[fact.id].words, language) for fact in figures]
    values = {
        name: {str(fact.value) for fact, said in zip(figures, told, strict=True) if said == name} for name in told
    }
    assert not [name for name, held in values.items() if len(held) > 1]
