"""Age, bounds and words: what limits a statement stands where the statement stands."""

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from tests.study.diligence.views import fact
from tests.study.diligence.views import view_of as of_facts
from tests.truth.generation import CaseData
from tests.truth.qualified import _one_end, due_after, unqualified
from tests.truth.reading import read

from guanzi.advice.appraisal import review_case
from guanzi.base.core import Message, catalogue, render
from guanzi.deal.terms import explain, parse_sheet
from guanzi.jobs.shared.documents.words import of_text
from guanzi.record.evidence import entered_as, find_case, flow_of, load_case, stale_periods
from guanzi.record.playbooks import diligence_plans, plan_for
from guanzi.record.playbooks.plans import NeededFact
from guanzi.render import Cell, Column, Document, Row, Section, Sentence, Table, localise
from guanzi.study.diligence import answers, run_checks

CASES = Path(__file__).parent / "cases"
MINE, RELIEF, CELLS = "lithium-thacker-pass-2024", "apple-waukee-2017", "northvolt-heide-2024"


def view_of(name):
    case = load_case(CASES / name)
    return case.view(case.decision_date)


def readable(name, folder):
    return read(CaseData.read(CASES / name), folder, whole=False)


@pytest.fixture(scope="module")
def mine(tmp_path_factory):
    return readable(MINE, tmp_path_factory.mktemp("mine") / "case")


@pytest.fixture(scope="module")
def relief(tmp_path_factory):
    return readable(RELIEF, tmp_path_factory.mktemp("relief") / "case")


# -- old accounts --------------------------------------------------------------------------------------------------


def test_months_of_cash_say_that_the_balance_is_old_wherever_they_stand(mine):
    told = [localise(p.words, "en") for p in mine.pieces if isinstance(p.words, Message)]
    months = [s for s in told if "9.15 months" in s]
    assert len(months) >= 3
    assert not [s for s in months if not re.search(r"Out of date: [^.]*cash[^.]* of 31 March 2024", s)]
    assert not list(unqualified(mine))


def test_a_sentence_that_leaves_the_age_out_is_noticed(mine):
    finding = next(f for f in mine.appraisal.findings if f.id == "runway.without-deal")
    young = finding.model_copy(update={"text": finding.text.model_validate(finding.text.params["said"])})
    lied = replace(mine, appraisal=mine.appraisal.model_copy(update={"findings": (young,)}))
    assert {fault.kind for fault in unqualified(lied)} == {"unaged"}


@pytest.mark.parametrize("name", [MINE, CELLS, RELIEF])
def test_the_age_of_a_balance_is_counted_alike_on_two_ways(name):
    view = view_of(name)
    for day in (date(view.as_of.year, month, 28) for month in range(1, 13)):
        then = replace(view, as_of=day)
        old = {flow for flow, _ in stale_periods(then, tuple(fact.id for fact in then.facts))}
        for one in then.facts:
            if (due := due_after(then, one)) is not None:
                assert (flow_of(one.name) in old) == (due <= day), (one.id, day)


@pytest.mark.parametrize("name", [MINE, RELIEF, CELLS])
def test_what_is_stale_is_called_as_it_was_entered(name):
    case = load_case(CASES / name)
    view = replace(case.view(case.decision_date), as_of=case.decision_date + timedelta(600))
    entered = {one.name.removesuffix("_to_date") for one in view.facts}
    for flow, period in stale_periods(view, tuple(one.id for one in view.facts)):
        assert entered_as(view, flow, period) in entered


# -- ends ----------------------------------------------------------------------------------------------------------


def test_a_relief_of_two_ends_is_told_by_both_in_every_place(relief):
    share = relief.appraisal.figures["budget.worst_year_share"]
    assert share.bounds
    told = [localise(p.words, "en") for p in relief.pieces if isinstance(p.words, Message)]
    assert [s for s in told if "17.5" in s]
    assert all(re.search(r"\b14(\.0)?\b", s) for s in told if "17.5" in s)
    assert not list(unqualified(relief))


def test_a_sentence_that_tells_one_end_alone_is_noticed(relief):
    share = relief.appraisal.figures["budget.worst_year_share"].value
    lie = Sentence(Message.of("appraisal.value.ratio", value=share))
    page = relief.documents["brief"]
    section = replace(page.sections[0], blocks=(*page.sections[0].blocks, lie))
    lied = replace(relief, documents={"brief": replace(page, sections=(section,))})
    assert "ends:budget.worst_year_share" in {fault.kind for fault in unqualified(lied)}


def test_a_figure_without_two_ends_may_be_what_another_is_at_its_most(relief):
    """As in a mutant in which the worst year of a forecast takes what is let off at the most."""
    figures = relief.appraisal.figures
    worst, most = figures["budget.worst_year_share"], figures["public.amount_to_budget"].value
    exact = worst.model_copy(update={"bounds": False, "value": most})
    found = relief.appraisal.model_copy(update={"figures": {**figures, worst.id: exact}})
    told = Message.of("appraisal.reason.figure", label=of_text(worst.label), value=most)
    for words, kinds in ((told, set()), (Message.of("appraisal.value.ratio", value=most), {"public.amount_to_budget"})):
        page = Document("brief", "", "", (), relief.view.as_of, (Section("why", "", (Sentence(words),)),), "")
        noticed = {fault.kind for fault in unqualified(replace(relief, appraisal=found, documents={"brief": page}))}
        assert {kind for kind in noticed if kind.startswith("ends:")} == {f"ends:{kind}" for kind in kinds}


@pytest.mark.parametrize(("value", "told"), [((6000.0, 12000.0), True), (9000.0, False)])
def test_money_that_lies_between_two_ends_is_told_with_both(value, told):
    view = of_facts(fact("equity_raised", "2019-12-31", value), fact("plan_investment", "2019-12-31", 17_500.0))
    found = next(f for f in run_checks(view, None) if f.id == "funding-window.raised")
    assert "9.0 bn yuan" in render(found.message)
    assert ("6.0 bn yuan to 12.0 bn yuan" in render(found.message)) == told


# -- words, and questions that a case does not have -----------------------------------------------------------------


def test_free_text_answers_no_question():
    with pytest.raises(ValueError, match="free text"):
        NeededFact(name="plan_text")
    assert not [need for plan in diligence_plans() for q in plan.questions for need in q.needs if "_text" in need.name]


def test_contracts_told_in_words_are_quoted_and_counted_as_no_orders():
    view = view_of(CELLS)
    found = next(f for f in run_checks(view, None) if f.check == "orders")
    assert found.facts == ("orders",)
    assert "55 bn dollars with BMW" in render(found.message)
    question = next(a for a in answers(plan_for(view.model), view) if a.question.id == "orders")
    assert (question.state, question.words) == ("open", ("orders",))


def test_who_earns_its_plan_in_a_year_is_not_asked_who_stands_behind_it():
    view = view_of(RELIEF)
    asked = {a.question.id for a in answers(plan_for(view.model), view)}
    assert not asked & {"founder", "references", "auditor"}
    assert not {f.code for f in run_checks(view, None)} & {"gap_founder", "gap_going_concern", "gap_funding_window"}
    poor = replace(view, facts=tuple(f for f in view.facts if f.name != "net_profit"))
    assert "gap_founder" in {f.code for f in run_checks(poor, None)}


def test_a_register_of_china_is_asked_of_nobody_elsewhere():
    for name in (MINE, CELLS, RELIEF):
        told = [render(f.message) for f in run_checks(view_of(name), None)]
        assert not [s for s in told if "judgment debtor" in s]
    case = load_case(find_case("nio-hefei-2020"))
    assert any("judgment debtor" in render(f.message) for f in run_checks(case.view(case.decision_date), None))


def test_nobody_asks_what_an_unsold_product_earns():
    asked = {a.question.id for a in answers(plan_for(view_of(MINE).model), view_of(MINE))}
    assert not asked & {"unit-economics", "demand", "retention", "customers"}
    assert "orders" in asked


def test_a_check_that_counts_nothing_tells_what_speaks_of_its_question():
    """A site, a product and an anchor investor that are told in words are not denied."""
    found = run_checks(view_of(MINE), None)
    said = {f.check: f for f in found if f.id.endswith(".no-facts")}
    plant = next(f for f in found if f.check == "plant-before-product")
    assert {"product", "site", "anchor"} <= set(said["dependence"].facts)
    assert "40,000 tonnes a year" in render(plant.message)
    assert "2.9" in render(plant.message)
    assert "site" in said["site-title"].facts
    assert said["litigation"].facts == ()
    assert "none of the facts" in render(said["litigation"].message)


# -- one answer in one place ---------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [MINE, CELLS])
def test_effects_of_a_model_that_is_refused_are_told_nowhere(name):
    found = review_case(load_case(CASES / name))
    assert found.implausible
    assert (found.measured, {need.effect for need in found.needs}) == ("", {None})


def test_what_is_still_paid_of_a_tax_is_told_or_said_not_to_be_stated():
    sheet = parse_sheet(view_of(RELIEF).sheet.document)
    told = {clause.id: render(clause.message) for clause in explain(sheet)}
    assert "71.3 % of the tax; the other 28.7 % must still be paid" in told["incentive.abatement"].replace(
        "\u00a0", " "
    )
    assert (
        "The terms do not state what share of the tax this is or how much must still be paid"
        in told["incentive.sales_tax"]
    )


def test_no_curve_is_called_by_a_departure_that_some_projects_cannot_make():
    words = {"en": ("leaves|left", "g[ia]ve.? (?:the project )?up"), "zh": ("迁离", "放弃|弃项")}
    for lang, (leaves, gives_up) in words.items():
        for domain, id in (("appraisal", "appraisal.fan.exposure.departure"), ("reports", "reports.chart.departure")):
            text = catalogue(domain, lang)[id]
            assert re.search(leaves, text), text
            assert re.search(gives_up, text), text


# -- what two readers found in cases of the library ------------------------------------------------------------------


def test_no_shares_are_told_where_no_clause_that_was_seen_sells_any():
    case = load_case(find_case("ehang-hefei-2023"))
    sheet = parse_sheet(case.view(case.decision_date).sheet.document)
    told = {clause.id: render(clause.message) for clause in explain(sheet)}
    assert not any(flow.shares for flow in sheet.flows())
    assert "share" not in told["party.company"]


# -- money, terms, classes and the forecast as a second reader found them ---------------------------------------------


@pytest.fixture(scope="module")
def cells(tmp_path_factory):
    return readable(CELLS, tmp_path_factory.mktemp("cells") / "case")


def told_in(reading, *documents):
    return "\n".join(
        localise(p.words, "en") for p in reading.pieces if p.document in documents and isinstance(p.words, Message)
    )


def test_a_range_that_refuses_the_forecast_says_its_day_and_is_of_as_many_companies_as_stand_behind_it(cells):
    for document in ("dossier", "brief", "memorandum"):
        told = told_in(cells, document)
        assert (
            "at which 1 company in the industry was observed (CnEVPost, SMM; published on 18 March 2025, after" in told
        )
    figure = cells.appraisal.figures["range.margin"]
    assert (figure.low, figure.high) == pytest.approx((0.1163, 0.3117))
    assert figure.parents == ("prior.margin-catl-2023-2024",)
    assert "no figure in this report depends on its parameters" in told_in(cells, "dossier")
    assert not list(unqualified(cells))


def test_a_range_that_does_not_say_that_it_is_younger_than_the_day_is_noticed(cells):
    reason = cells.appraisal.implausible[0]
    bare = reason.model_copy(update={"params": reason.params | {"later": ""}})
    section = Sentence(Message.from_dict(bare.model_dump()))
    pieces = [*cells.pieces, replace(next(p for p in cells.pieces if p.document == "brief"), words=section.words)]
    young = replace(cells, appraisal=cells.appraisal)
    young.__dict__["pieces"] = tuple(pieces)
    assert "later-range" in {fault.kind for fault in unqualified(young)}


def test_a_table_on_days_that_were_assumed_says_so_and_one_that_does_not_is_noticed(mine, relief, cells):
    for reading in (mine, relief, cells):
        assert "Some dates were not seen" in told_in(reading, "dossier")
        fiscal = reading.appraisal.fiscal
        said = [t.sentence.model_validate(t.sentence.params.get("parts", [t.sentence])[0]) for t in fiscal]
        tables = tuple(t.model_copy(update={"sentence": one}) for t, one in zip(fiscal, said, strict=True))
        bare = replace(reading, appraisal=reading.appraisal.model_copy(update={"fiscal": tables}))
        noticed = {fault.kind for fault in unqualified(bare)}
        assert "assumed-days" in noticed
        assert ("assumed-spread" in noticed) == any("spread" in fields for fields in reading.sheet.assumed.values())


def test_a_table_that_tells_the_upper_end_alone_is_noticed(relief):
    bounded = [figure for figure in relief.appraisal.figures.values() if figure.bounds]
    assert not list(_one_end(relief, bounded))
    most = relief.appraisal.figures["public.amount_to_budget"].high
    heads = (Column("year", "Year"), Column("share", "Share", "ratio"))
    one = SimpleNamespace(tables=lambda: (Table("table-calls", "", heads, (Row(Cell("2020"), (Cell(most),)),)),))
    lied = replace(relief, documents={"dossier": one})
    assert [fault.kind for fault in _one_end(lied, bounded)] == ["one-end"] * 2
    industry = [figure.model_copy(update={"id": f"range.{figure.id}"}) for figure in bounded]
    assert not list(_one_end(lied, industry))  # a rate of tax may be what an industry earns at the most


def test_interest_is_computed_with_no_rate_of_another_country(mine, relief, cells):
    for reading in (mine, relief, cells):
        assert "service" not in {table.id for table in reading.appraisal.fiscal}
        assert "Chinese local governments" not in told_in(reading, "dossier", "brief", "memorandum")


def test_tax_that_is_let_off_is_no_payment_and_no_call_for_cash(relief):
    told = told_in(relief, "dossier", "brief", "memorandum")
    assert "Budget payments by year" not in told
    assert "Cash calls are not forecast" not in told
    assert "paying with public money" not in told
    assert "waiving tax: City of Waukee" in told
    assert "as far as amounts are known" in told  # what the city builds for the site was not seen


def test_a_loan_is_no_commitment_that_the_record_lacks(mine):
    told = told_in(mine, "dossier")
    assert "Public commitments other than tax waived, shares and loans: no amount is on record" in told


def test_the_rule_of_a_rate_is_told_with_its_bracket(mine):
    assert "Treasury rate of the day of each draw" in told_in(mine, "dossier")


def test_what_waits_for_no_tier_is_paid_before_any_without_a_simulation(mine):
    assert mine.appraisal.figures["exposure.before_new_tier_share"].value == 1.0


def test_names_of_parties_are_no_clauses(relief):
    assert "Of 4 clauses, 4 were not seen" in told_in(relief, "dossier")
