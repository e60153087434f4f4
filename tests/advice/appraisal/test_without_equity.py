"""A rebate, a grant, land, a guarantee or a loan alone: no shares, and for most of them no fund."""

import json
import re
from collections import Counter

import pytest
from tests.cli.small_case import FACTS, SHEET, write_case

from guanzi.advice.appraisal import AppraisalOptions, appraise
from guanzi.advice.appraisal.book import FigureBook
from guanzi.advice.appraisal.commitments import at_most, commitments
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.advice.appraisal.decide import OF_SHARES, applicable
from guanzi.advice.appraisal.definitive import definitive
from guanzi.advice.appraisal.prepare import prepare
from guanzi.advice.appraisal.summary import _headline, _in_words
from guanzi.base.core import InvalidInput, Message, catalogue_languages, render
from guanzi.deal.terms import parse_sheet
from guanzi.jobs.appraisal.documents.brief import brief_html
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.record.evidence import builtin_cases, find_case, load_case
from guanzi.record.playbooks import leaves, load_playbook, outcome
from guanzi.study.diligence import run_checks

HEAD = """\
deal: support
title: Support for the plant
status: draft
currency: CNY
unit: 1e6
known_on: 2024-03-01
signed: 2024-03-15
horizon: 10 years
step: quarter
parties:
  company: {role: issuer, name: Example Motors}
  riverton: {role: public, name: Riverton}
"""
GIVEN = {
    "rebate": (
        "incentives:\n  rebate: {type: rebate, from: riverton, amount: 150 per year, years: 10, start: 2024-06-01}\n"
    ),
    "grant": "incentives:\n  grant: {type: grant, from: riverton, amount: 40, start: 2024-06-01}\n",
    "land": "incentives:\n  land: {type: land, from: riverton, value: 1_000, discount: 20%, due: 2024-06-01}\n",
    "guarantee": "incentives:\n  guarantee: {type: guarantee, from: riverton, share: 80%, limit: 2_000}\n",
}
LOAN = (
    "instruments:\n  loan: {type: loan, lender: riverton, borrower: company, amount: 500, drawn: 2024-06-15, rate: 4%, "
    "years: 5}\n"
)
BUDGET = (
    "  - {id: budget, subject: region, name: budget_revenue, period: 2023, value: 52000, unit: CNY m, "
    "known_on: 2024-03-01, source: report}\n"
)
PATHS = 300


def written(folder, clauses):
    """The small case with these clauses in place of the stake, and with the budget of the city."""
    write_case(folder)
    (folder / SHEET).write_text(HEAD + clauses, "utf-8")
    facts = folder / FACTS
    facts.write_text(facts.read_text("utf-8") + BUDGET, "utf-8")
    return load_case(folder)


@pytest.fixture(scope="module")
def appraisals(tmp_path_factory):
    root = tmp_path_factory.mktemp("given")
    sheets = {**GIVEN, "loan": LOAN}
    return {name: appraise(written(root / name, text), paths=PATHS) for name, text in sheets.items()}


def sheet_of(tmp_path, clauses):
    case = written(tmp_path / "case", clauses)
    return parse_sheet(case.view(case.decision_date).sheet.document)


@pytest.mark.parametrize("lang", catalogue_languages())
def test_no_two_figures_stand_under_one_name(appraisals, lang):
    """The size of a grant once stood under the name of its present value."""
    for kind, found in appraisals.items():
        names = Counter(render(Message.from_dict(f.label.model_dump()), lang) for f in found.figures.values())
        assert [name for name, times in names.items() if times > 1] == [], kind


@pytest.mark.parametrize(
    ("kind", "amount", "load"),
    [("rebate", 1500.0, 150.0), ("grant", 40.0, 40.0), ("land", 200.0, 200.0), ("guarantee", 2000.0, 2000.0)],
)
def test_the_size_of_what_is_given_is_that_of_its_whole_schedule(appraisals, kind, amount, load):
    """Against a year's revenue of the budget, tax let off counts by its heaviest year."""
    figures = appraisals[kind].figures
    assert figures["public.amount"].value == pytest.approx(amount)
    assert figures["public.amount_to_budget"].value == pytest.approx(load / 52000.0)


def test_a_rebate_of_ten_years_is_planned_in_each_of_them(appraisals, tmp_path):
    assert [y.planned for y in appraisals["rebate"].accounts.years][:10] == [150.0] * 10
    assert appraisals["rebate"].figures["budget.worst_planned"].value == 150.0
    planned = commitments(sheet_of(tmp_path, GIVEN["rebate"]))
    assert [i.due.year for i in planned] == list(range(2024, 2034))
    assert not any(i.cash for i in planned)  # revenue that is forgone is not borrowed


def test_a_guarantee_is_answered_for_and_not_planned(appraisals, tmp_path):
    sheet = sheet_of(tmp_path, GIVEN["guarantee"])
    assert commitments(sheet) == ()
    found = at_most(sheet)
    assert found is not None
    assert found[0].mid == 2000.0
    assert all(y.planned == 0.0 for y in appraisals["guarantee"].accounts.years)


def test_what_a_rebate_costs_the_budget_counts_in_its_present_value_and_in_what_the_public_side_pays(appraisals):
    rebate = appraisals["rebate"]
    assert rebate.figures["budget.npv"].value < 0.0
    assert rebate.figures["budget.paid"].value == pytest.approx(-rebate.figures["budget.net"].value)
    assert max(rebate.yearly["payments"].p95) == pytest.approx(150.0)


@pytest.mark.parametrize("kind", GIVEN)
def test_where_nothing_is_bought_or_lent_no_figure_of_a_fund_is_nought(appraisals, kind):
    figures = appraisals[kind].figures
    told = {
        id: f.value for id, f in figures.items() if id.startswith(("fund.", "put.", "from.")) and f.value is not None
    }
    assert told == {}
    assert figures["fund.npv"].note.id == "appraisal.gap.no_fund"
    assert appraisals[kind].accounts.fund == ()


UNSEEN = """\
instruments: {}
unknown_clauses:
  land: {of: OF, text: Price of the land}
  timetable: {of: [], text: By when the first car is built}
"""


@pytest.mark.parametrize(
    ("of", "shares", "gives"),
    [("[land, rebate]", False, True), ("[loan]", False, False), ("[equity]", None, False), ("[]", False, False)],
)
def test_a_clause_that_was_not_seen_may_say_of_what_it_is(tmp_path, of, shares, gives):
    sheet = sheet_of(tmp_path, UNSEEN.replace("OF", of))
    assert (sheet.buys_shares, sheet.only_gives) == (shares, gives)
    silent = sheet_of(tmp_path / "silent", UNSEEN.replace("of: OF, ", ""))
    assert (silent.buys_shares, silent.only_gives) == (None, False), "one that does not say may be of a stake"


@pytest.mark.parametrize("id", builtin_cases())
def test_no_exit_right_is_denied_where_a_clause_that_was_not_seen_may_be_one(id):
    """An announcement without terms was told that it has no right to sell, and failed the gate."""
    case = load_case(find_case(id))
    row = next(row for row in load_playbook("hefei").table if row.id == "exit-right")
    for version in case.sheets:
        sheet, view = parse_sheet(version.document), case.view(version.known_on)
        if sheet.buys_shares is False:
            continue
        may = any(clause.of is None or "put" in clause.of for clause in sheet.unknown)
        found = run_checks(view, deal_facts(sheet, view))
        denied = "no_put" in {finding.code for finding in found}
        expected = "pass" if sheet.public_puts else "no_evidence" if may else "fail"
        assert (outcome(row.test, {}, found), denied) == (expected, expected == "fail"), version.name


TERMS = """\
instruments:
  stake: {type: equity, issuer: company, share: 10%, holders: {riverton: 10%}, tranches: [
    {id: t1, amount: {riverton: 30}, due: 2024-06-30}]}
  put: {type: put, on: stake, obligors: [company], price: {rate: 8%, basis: simple}, when: control_changed}
"""
CLAWED = """\
incentives:
  grant: {type: grant, from: riverton, amount: 40, start: 2024-06-01, if: jobs_local >= 100,
    clawback: {when: jobs_local < 100, recover: 100%}}
"""


@pytest.mark.parametrize(
    ("clauses", "asked"),
    [
        ("instruments: {}\nunknown_clauses:\n  terms: All of it\n", {"amounts", "share", "exit"}),
        (TERMS, set()),
        (TERMS.split("  put")[0], {"exit"}),
        (GIVEN["grant"], {"conditions", "clawback"}),
        (CLAWED, set()),
        (LOAN, {"security"}),
        (LOAN.replace("amount: 500", "amount: {unknown: {low: 400, high: 500}}"), {"amounts", "security"}),
        (LOAN.replace("years: 5", "years: 5, rank: secured, security: 20%"), set()),
        (LOAN + GIVEN["grant"], {"security", "conditions", "clawback"}),
    ],
)
def test_agreements_are_to_state_what_the_sheet_leaves_open(tmp_path, clauses, asked):
    """A sheet with a clawback was once asked to state the clawback."""
    message = definitive(sheet_of(tmp_path, clauses))
    told = {part.id.rpartition(".")[2] for part in dict(message.params).get("what", ())}
    assert (told, message.id.endswith(".same")) == (asked, not asked)


def test_a_type_that_no_instrument_has_is_refused_at_its_place(tmp_path):
    with pytest.raises(InvalidInput) as refused:
        sheet_of(tmp_path, UNSEEN.replace("OF", "[loans]"))
    (problem,) = refused.value.problems
    assert problem.fix is not None
    assert (problem.place.line, "loan" in render(problem.fix)) == (15, True)


@pytest.mark.parametrize("id", builtin_cases())
def test_no_row_asks_of_a_stake_where_none_is_bought(id):
    """A city that gives land and lets tax off was once asked for a right to sell its stake back."""
    case = load_case(find_case(id))
    view = case.view(case.decision_date)
    sheet = None if view.sheet is None else parse_sheet(view.sheet.document)
    none = sheet is not None and sheet.buys_shares is False
    for book in ("hefei", "hefei-priced", "xian"):
        table = load_playbook(book).table
        left, idle = applicable(table, sheet, view.model)
        asked = [row for row in left if row.id not in idle]
        leaves_of = [leaf for row in asked for leaf in leaves(row.test)]
        named = [getattr(leaf, "figure", "") or getattr(leaf, "finding", "") for leaf in leaves_of]
        assert not none or not [name for name in named if name.startswith(OF_SHARES)], (book, named)
        assert not none or not {row.applies for row in asked} & {"shares", "put"}
        assert none or any(name.startswith(OF_SHARES) for name in named) or book == "xian"


@pytest.mark.parametrize("kind", [*GIVEN, "loan"])
def test_nobody_asks_for_a_right_to_sell_shares_that_are_not_bought(appraisals, kind):
    appraisal = appraisals[kind]
    assert not {"no_put", "put_right"} & {f.code for f in appraisal.findings}
    rows = {row.id: row for row in appraisal.rows}
    for id in ("exit-right", "put-worth"):
        assert (rows[id].outcome, rows[id].consequence, rows[id].figures) == ("not_applicable", "note", ())
    assert "exit-right" not in {demand.id for demand in appraisal.demands}
    assert not [id for id in appraisal.accounts.fund if id.startswith(("put.", "from.put", "from.call"))]


def test_what_is_demanded_of_a_grant_speaks_of_no_shares_and_no_investors(tmp_path):
    """A tenth of the budget given at once is too much: what can be capped is payments, not a co-investor's share."""
    case = written(tmp_path / "case", GIVEN["grant"].replace("amount: 40", "amount: 4500"))
    demands = appraise(case, paths=PATHS, options=AppraisalOptions(sensitivity=False)).demands
    assert "cap-exposure" in {demand.id for demand in demands}
    for demand in demands:
        said = render(Message.from_dict(demand.text.model_dump()))
        assert not re.search("instalment|share|invest", said), said


@pytest.mark.parametrize("kind", GIVEN)
def test_a_deal_that_only_gives_is_weighed_by_budget_and_cluster_and_passes_no_row_of_a_fund(appraisals, kind):
    rows = {row.id: row.outcome for row in appraisals[kind].rows}
    of_a_fund = ("loss-probability-80", "value-or-effect", "fund-value", "fund-return", "money-before-binding")
    assert {rows[id] for id in of_a_fund} == {"not_applicable"}
    assert rows["budget-or-effect"] == "no_evidence"  # how many jobs it brings is not known, and it is not nought
    assert "break_even.to_wage" in {m.id for m in appraisals[kind].missing if m.material}


def test_a_loan_has_a_return_and_a_probability_of_loss(appraisals):
    loan = appraisals["loan"]
    assert loan.figures["fund.loss_probability"].value is not None
    assert loan.figures["public.amount"].value == 500.0
    assert not {"from.exit", "fund.terminal"} & set(loan.accounts.fund)  # no stake to sell or to hold
    assert "loss-probability-80" in {row.id for row in loan.rows}


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("kind", GIVEN)
def test_no_page_speaks_of_a_stake_or_of_nothing_paid(appraisals, kind, lang):
    silly = {
        "en": r"sell the stake|exit right|0 (m )?yuan of 0|nothing is paid for shares|amount is not known|"
        r"the share and the exit",
        "zh": r"出售所持股权|没有出资|金额未知|持股比例和退出",
    }[lang]
    for page in (brief_html(appraisals[kind], lang), dossier_html(appraisals[kind], lang)):
        assert re.findall(silly, re.sub(r"<[^>]+>", " ", page)) == []


@pytest.mark.parametrize("kind", GIVEN)
def test_of_a_deal_that_only_gives_it_is_asked_what_moves_failure(appraisals, kind):
    moved = appraisals[kind].sensitivity
    assert moved.result.id == "appraisal.sensitivity.failure"
    assert max(s.total for s in moved.swings) > 0.0
    assert appraisals[kind].plan.sentence.id != "appraisal.plan.sentence.none"


@pytest.mark.parametrize("kind", GIVEN)
def test_a_forecast_on_few_facts_is_no_headline(appraisals, kind):
    """It comes after what is missing, and says that it is no finding."""
    appraisal = appraisals[kind]
    assert appraisal.advice == "insufficient_evidence"
    assert set(appraisal.summary.headline.params) in (
        {"region", "company", "held", "checks"},
        {"region", "company", "n"},
    )
    assert [text.id for text in appraisal.summary.lead] == ["appraisal.lead.fetch"], "nor are its odds"
    assert not [id for id in appraisal.summary.figures if id.startswith(("fund.", "company.", "exposure."))]
    assert appraisal.summary.sentences[0].id == "appraisal.sentence.forecast"
    for lang in ("en", "zh"):
        top = brief_html(appraisal, lang).partition('id="money-heading"')[0]
        gap = next(f for f in appraisal.findings if f.id == appraisal.summary.gaps[0])
        assert render(gap.text.model_dump(), lang).split(":")[0] in top


def test_the_appraisal_of_each_is_plain_json(appraisals):
    for appraisal in appraisals.values():
        assert "NaN" not in json.dumps(appraisal.model_dump(mode="json"))


@pytest.mark.parametrize(("lang", "words"), [("en", "times"), ("zh", "倍")])
def test_a_multiple_among_the_reasons_is_said_in_words(lang, words):
    """“The same in yearly wages of such a job: 0.551 x” stood on page one, in both languages."""
    book = FigureBook()
    book.add("break_even.to_wage", 0.551, "x", "derived", ("terms.deal",))
    ((label, value),) = _in_words("break_even.to_wage", book)
    assert words in render(value, lang)
    assert not render(label, lang).startswith(("The same", "折合"))


@pytest.mark.parametrize("kind", GIVEN)
def test_what_is_to_be_fetched_first_is_a_fact_and_no_figure(appraisals, kind):
    """“Mean present value to the public side” was to be fetched."""
    for lang in catalogue_languages():
        said = render(appraisals[kind].summary.lead[0].model_dump(), lang)
        assert render(Message.of("playbooks.figure.break_even.to_wage"), lang) not in said
    assert "appraisal.missing.staff" in {m.text.id for m in appraisals[kind].missing if m.material}


@pytest.mark.parametrize("kind", ["rebate", "grant"])
def test_a_headline_speaks_of_giving_where_nothing_is_put_in(tmp_path, kind):
    prepared = prepare(written(tmp_path / kind, GIVEN[kind]), None, load_playbook("hefei"))
    book = FigureBook()
    book.add("public.amount", 40.0, "CNY m", "derived", ("clause",))
    said = {lang: render(_headline("decline", book, prepared), lang) for lang in ("en", "zh")}
    assert "should not give" in said["en"]
    assert "给予" in said["zh"]
