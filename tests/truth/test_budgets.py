"""Who pays against which budget: every public party is held against its own, and no other."""

from __future__ import annotations

import re
from dataclasses import replace
from fnmatch import fnmatchcase
from itertools import product

import numpy as np
import pytest
from tests.truth.denials import catalogues
from tests.truth.euro_grant import HELD, SHEET, written

from guanzi.advice.appraisal import AppraisalOptions, appraise, lint_context
from guanzi.advice.appraisal.commitments import at_most
from guanzi.advice.appraisal.deal import budget_of, budget_parties, budget_party
from guanzi.advice.appraisal.dealfacts import deal_facts
from guanzi.advice.following.waiting import Leaving, weigh_waiting
from guanzi.base.core import LANGUAGES, Message, catalogue, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.lint import lint
from guanzi.deal.terms import parse_sheet
from guanzi.record.evidence import builtin_cases, find_case, load_case
from guanzi.record.playbooks import load_playbook

PATHS = 64
OTHER_REVENUE = ("federation", "harbour")


@pytest.fixture(scope="module")
def case(tmp_path_factory):
    return written(tmp_path_factory.mktemp("euro") / "cellworks-uplands")


def appraised(case, playbook="hefei"):
    """An appraisal on few paths; nothing here asks which assumption moves a result."""
    return appraise(case, None, playbook, PATHS, options=AppraisalOptions(sensitivity=False, proposal=False))


@pytest.fixture(scope="module")
def appraisal(case):
    return appraised(case)


@pytest.fixture(scope="module")
def sheet(case):
    return parse_sheet(case.view(case.decision_date).sheet.document)


def sheet_of(text):
    return parse_sheet(parse_yaml(TextFile("terms.yaml", text, tuple(text.split("\n")))))


def view_and_sheet(folder, text=SHEET, held=HELD):
    case = written(folder, text, held)
    view = case.view(case.decision_date)
    return view, parse_sheet(view.sheet.document)


# -- whose budget --------------------------------------------------------------------------------------------------


def test_a_party_pays_from_the_region_s_budget_where_it_is_named_after_it_or_says_so(case, sheet):
    view = case.view(case.decision_date)
    assert {id: budget_of(sheet, view, id) for id in sheet.public} == {
        "federation": "federation",
        "uplands": "region",
        "growth_fund": "growth-fund",
        "harbour": "harbour",
    }
    assert budget_party(sheet, view) == "uplands", "the Land's, though the federation stands first"
    other = SHEET.replace("uplands: {role: public,", "land: {role: public, budget: region,").replace(
        "from: uplands", "from: land"
    )
    stated = sheet_of(other)
    assert (budget_party(stated, view), budget_of(stated, view, "land")) == ("land", "region")


def test_nobody_is_taken_to_pay_from_the_region_because_nobody_else_is_named(tmp_path):
    alone = re.sub(r"  (uplands|growth_fund|harbour): \{role.*\n|  (loan|match|site): .*\n|instruments:\n", "", SHEET)
    case = written(tmp_path / "cellworks-uplands", alone, tuple(h for h in HELD if h[0] not in OTHER_REVENUE))
    found = appraised(case)
    revenue = found.figures["known.budget_revenue"]
    assert revenue.value is None, "the federation's grant is not held against the Land's budget"
    assert "Federation" in str(revenue.note.params)
    for id in ("public.amount_to_budget", "budget.worst_year_share", "exposure.failure_p95_share"):
        assert found.figures[id].value is None


@pytest.mark.parametrize(
    ("budget", "said"),
    [(", budget: federation", "budget from which Federation pays"), ("", "Budget revenue of Federation")],
)
def test_the_revenue_from_which_an_authority_pays_is_not_called_its_own(budget, said, tmp_path):
    other = SHEET.replace("name: Federation}", f"name: Federation{budget}}}").replace(
        "uplands: {role: public,", "land: {role: public,"
    )
    found = appraised(written(tmp_path / "cellworks-uplands", other.replace("from: uplands", "from: land")))
    revenue = found.figures["known.budget_revenue"]
    assert revenue.value == pytest.approx(440000)
    assert said in render(Message.of(revenue.label.id, **revenue.label.params))


# -- against which limit -------------------------------------------------------------------------------------------


def test_shares_of_a_budget_hold_what_its_own_party_pays(appraisal, sheet):
    figures = appraisal.figures
    assert figures["public.amount"].value == pytest.approx(60 + 500 + 130 + 12)
    assert figures["public.own_amount"].value == pytest.approx(130)
    assert figures["public.amount_to_budget"].value == pytest.approx(130 / 16000)
    assert figures["budget.worst_planned"].value == pytest.approx(130)
    own = at_most(sheet, "uplands")
    assert own is not None
    most = own[0].high
    assert figures["exposure.own_failure_p95"].value <= min(most, figures["exposure.failure_p95"].value)
    share = figures["exposure.own_failure_p95"].value / 16000
    assert figures["exposure.failure_p95_share"].value == pytest.approx(share)


def test_the_parts_of_the_parties_are_the_sum_of_the_deal_and_each_stands_against_its_own_budget(appraisal, sheet):
    table = next(table for table in appraisal.fiscal if table.id == "budgets")
    rows = {row[0].params["name"]: (*row[1:4], row[-1]) for row in table.rows}
    assert all(row[-2:] == (row[-1],) * 2 for row in table.rows), "no project brings a tax of which a part is let off"
    assert sum(row[0] for row in rows.values()) == pytest.approx(appraisal.figures["public.amount"].value)
    assert rows["Federation"] == (500, 500, 440000, pytest.approx(500 / 440000))
    assert rows["Land Uplands"] == (130, 130, 16000, pytest.approx(130 / 16000))
    assert rows["Growth Fund"] == (60, 60, None, None), "of the fund no revenue is held"
    assert rows["Harbour"] == (pytest.approx(12), pytest.approx(12), 90, pytest.approx(12 / 90))
    assert table.sentence.params["parties"] == ["Growth Fund"]


def test_what_several_parties_pay_from_one_budget_is_added_up_in_every_figure_held_against_it(tmp_path):
    shared = SHEET.replace("name: Harbour}", "name: Harbour, budget: region}")
    case = written(tmp_path / "cellworks-uplands", shared)
    view = case.view(case.decision_date)
    both, found = parse_sheet(view.sheet.document), appraised(case)
    assert budget_parties(both, view) == ("uplands", "harbour")
    figures = found.figures
    assert figures["public.own_amount"].value == pytest.approx(142)
    assert figures["public.amount_to_budget"].value == pytest.approx(142 / 16000)
    calls = next(table for table in found.fiscal if table.id == "calls")
    assert sum(float(str(row[1])) for row in calls.rows) == pytest.approx(142)
    assert sum(year.planned for year in found.accounts.years) == pytest.approx(142)
    alone = SHEET.replace("from: harbour", "from: uplands")
    other = appraised(written(tmp_path / "alone" / "cellworks-uplands", alone))
    for id in ("exposure.own_failure_p95", "exposure.failure_p95_share", "budget.worst_planned", "budget.npv"):
        assert figures[id].value == pytest.approx(other.figures[id].value), id
    context = replace(lint_context(view, both, load_playbook("hefei")), revenue_share=135 / 16000)
    assert "GZ702" in {one.code for one in lint(both, context)}, "neither alone is above the limit, both together are"


def test_another_party_s_budget_changes_no_figure_of_the_one_that_is_examined(appraisal, tmp_path):
    held = tuple(h for h in HELD if h[0] not in OTHER_REVENUE)
    bare = appraised(written(tmp_path / "cellworks-uplands", held=held))
    assert {id: f.value for id, f in bare.figures.items() if not id.startswith("evidence.")} == {
        id: f.value for id, f in appraisal.figures.items() if not id.startswith("evidence.")
    }
    assert bare.advice == appraisal.advice


def limited(figure, value, case):
    """A playbook with one limit that declines."""
    playbook = load_playbook("hefei")
    row = next(row for row in playbook.table if row.id == "size-quarter")
    test = row.test.model_copy(update={"figure": figure, "value": value})
    return playbook.model_copy(update={"table": (row.model_copy(update={"test": test}),)})


def test_limits_of_the_playbook_bind_the_party_whose_budget_is_examined(case, sheet):
    view = case.view(case.decision_date)
    tight = lint_context(view, sheet, limited("public.amount_to_budget", 0.005, case))
    assert tight.revenue == {"uplands": 16000}
    found = [d for d in lint(sheet, tight) if d.code == "GZ702"]
    assert [d.clause for d in found] == ["party.uplands"]
    assert "130" in render(found[0].message)


BIG_PARK = "  hall: {type: park, from: uplands, cost: 9000, ready: 2026-12-31, rent: 5%, years: 10}\n"
FORMS = {
    "park": BIG_PARK,
    "purchase": "  buys: {type: purchase, from: uplands, amount: 9000, start: 2026-06-30, worth: 50%}\n",
    "guarantee": "  backs: {type: guarantee, from: uplands, share: 80%, limit: 9000, until: 2030-12-31}\n",
}


@pytest.mark.parametrize("form", FORMS)
def test_nine_thousand_under_a_limit_of_three_thousand_raises_it_in_whatever_form(form, tmp_path):
    view, sheet = view_and_sheet(tmp_path / "cellworks-uplands", SHEET + FORMS[form])
    context = lint_context(view, sheet, limited("public.amount_to_budget", 3000 / 16000, None))
    raised = {d.code for d in lint(sheet, context)}
    assert "GZ702" in raised
    single = replace(context, single_name={"uplands": 3000.0}, debt_room={"uplands": 3000.0, "federation": 3000.0})
    found = {(d.code, d.clause) for d in lint(sheet, single)}
    assert {("GZ703", "party.uplands"), ("GZ704", "party.uplands")} <= found
    assert ("GZ704", "party.federation") not in found, "500 of the federation lie within its own room"


def test_nine_thousand_of_a_park_break_the_limit_of_a_playbook_row(tmp_path):
    case = written(tmp_path / "cellworks-uplands", SHEET + BIG_PARK)
    found = appraised(case, playbook=limited("public.amount_to_budget", 3000 / 16000, case))
    assert [row.outcome for row in found.rows] == ["fail"]
    assert found.figures["public.own_amount"].value == pytest.approx(9130)


# -- what other public money is not --------------------------------------------------------------------------------


def test_other_public_money_is_no_co_investor(case, appraisal, tmp_path):
    view = case.view(case.decision_date)
    assert deal_facts(parse_sheet(view.sheet.document), view).co_investors == ()
    assert "co_investors" not in {finding.code for finding in appraisal.findings}
    stake = (
        "instruments:\n  stake: {type: equity, issuer: company, share: 10%, "
        "holders: {uplands: 4%, harbour: 1%, parent: 5%}, "
        "tranches: [{id: t1, amount: {uplands: 20, harbour: 5, parent: 30}, due: 2025-12-31}]}\n"
    )
    view, sheet = view_and_sheet(tmp_path / "cellworks-uplands", SHEET.replace("instruments:\n", stake))
    assert deal_facts(sheet, view).co_investors == ("Parent",)


@pytest.mark.parametrize("name", builtin_cases())
def test_no_case_of_the_library_calls_a_public_party_of_its_deal_a_co_investor(name):
    case = load_case(find_case(name))
    view = case.view(case.decision_date)
    if view.sheet is None:
        return
    sheet = parse_sheet(view.sheet.document)
    told = view.resolve("co_investors")
    said = "" if told is None else str(told.fact.text)
    public = [party.name for party in sheet.parties if party.role == "public"]
    assert not [party for party in public if party in said]
    assert not set(public) & set(deal_facts(sheet, view).co_investors)


# -- a right of others ---------------------------------------------------------------------------------------------

OTHERS_PUT = (
    "instruments:\n  stake: {type: equity, issuer: company, share: 10%, holders: {parent: 10%}, "
    "tranches: [{id: t1, amount: {parent: 30}, due: 2025-12-31}]}\n"
    "  put: {type: put, on: stake, obligors: [company], price: {rate: 8%, basis: simple}, when: control_changed}\n"
)


def test_a_right_to_sell_is_told_of_a_public_party_only_where_it_holds_a_stake(tmp_path):
    case = written(tmp_path / "cellworks-uplands", SHEET.replace("instruments:\n", OTHERS_PUT))
    found = appraised(case)
    codes = {finding.code for finding in found.findings}
    assert not codes & {"put_right", "put_wrong_way", "no_put", "gap_obligor"}
    assert "exit-right" not in {row.id for row in found.rows if row.outcome in ("pass", "fail")}
    assert not [id for id in found.figures if id.startswith("put.")]


# -- nouns, and what is kept ---------------------------------------------------------------------------------------

NAMED = re.compile(r"\b(the|a|another|other) (city|cities)\b|市级|本市|该市(?!场)|城市(?!维护)")
OF_CITIES = (
    "backtest.*", "cli.help.*", "cli.replicate.*", "evidence.*city*", "evidence.*cities*", "evidence.chain.empty.at",
    "evidence.meaning.*", "office.scenes.intro", "office.studies.*", "playbooks.*city*", "playbooks.*city_promises",
    "playbooks.error.peers", "playbooks.form.equity", "playbooks.hefei.name", "playbooks.hefei.practice.*",
    "playbooks.require.*", "reports.backtest.*", "reports.compare.part.opportunities",
    "reports.fact.cities_approached", "reports.portfolio.by.city", "desk.scan.no_place.mend",
    "desk.figures.mend", "evidence.new.region",
    "chains.place.one*", "cli.case.begun.city",
    "chains.compare.*", "chaintables.stations.*", "office.scan.*", "reports.chain.compare.*",
    "multipliers.no_region", "multipliers.province.city", "reports.bets.record.*", "scan.measured.known",
)  # fmt: skip
"""Messages on cities: of the library, of a playbook of a city and what it asks of one, and facts that count them."""


def test_no_sentence_calls_the_public_side_a_city():
    """It is a city only where the case names one; names of regions and parties come with the case."""
    called = {
        id: text
        for room, lang in product(catalogues(), LANGUAGES)
        for id, text in catalogue(room, lang).items()
        if NAMED.search(text) and not any(fnmatchcase(id, pattern) for pattern in OF_CITIES)
    }
    assert called == {}


KEPT = Leaving(hurdle=0.0, discount=0.1, kept_at_end=1.0)


def test_waiting_is_worth_what_it_is_on_the_paths_on_which_the_stake_is_still_there():
    """A rule of exit sells on the paths when a lock-up ends; where nothing was sold, these say nothing of the stake."""
    stake = np.array([[10.0, 10.0], [10.0, 0.0], [20.0, 0.0]])
    flows = np.array([[0.0, 0.0], [0.0, 9.0], [0.0, 0.0]])
    half = np.array([0.5, 0.5])
    found = weigh_waiting(flows, stake, half, 1, 4, KEPT)
    assert (found.mean, found.now) == (pytest.approx(20.0), pytest.approx(9.0))
    assert weigh_waiting(flows[:, 1:], stake[:, 1:], np.ones(1), 1, 4, KEPT) is None, "not nought, but not known"
