"""A promise of jobs: staff come from the facts, and what a model does not compute stops no analysis."""

from datetime import date

import numpy as np
import pytest
from tests.advice.appraisal.one_case_in_two_currencies import FORM, SHEET, Telling, tell

from guanzi.advice.appraisal import (
    AppraisalOptions,
    appraise,
    lint_context,
    prepare,
    promise_problems,
    review_case,
    uncomputed_problems,
)
from guanzi.advice.appraisal.lead import lead
from guanzi.advice.calibration import calibrate_company
from guanzi.base.core import Message, format_problems, render
from guanzi.deal.lint import lint
from guanzi.deal.terms import explain, parse_sheet
from guanzi.engine.simulation import Running
from guanzi.jobs.evidence.commands.cases_screen import check_case
from guanzi.jobs.shared.versions import find_version, view_for, warnings_of
from guanzi.record.evidence import load_case
from guanzi.record.playbooks import load_playbook

GRANT = """\
incentives:
  rebate:
    type: grant
    from: city
    amount: 20 per year
    start: 2026-12-31
    years: 5
    if: {asked}
    clawback: {{when: {lost}, recover: 100%, enforced: 60%}}
    source: term-sheet
covenants:
"""


def staff(folder, *more, currency="CNY", per=1.0):
    telling = Telling(currency, currency, {currency: per})
    case = tell(folder / "riverton", telling, more)
    return calibrate_company(case.view(case.decision_date), case.decision_date).parameters


def people(name, value, **more):
    about = {"unit": "people" if name == "headcount" else "jobs", "period": date(2025, 12, 31)}
    held = {"known_on": date(2026, 2, 27), "source": "annual-report"}
    return {"id": name.replace("_", "-"), "name": name, "value": value, **about, **held, **more}


def appraised(folder, asked, lost):
    tell(folder / "riverton", Telling("CNY", "CNY", {}))
    text = (FORM / "terms" / SHEET).read_text("utf-8").replace("covenants:\n", GRANT.format(asked=asked, lost=lost))
    (folder / "riverton" / "terms" / SHEET).write_text(text, "utf-8")
    case = load_case(folder / "riverton")
    sheet = parse_sheet(case.sheets[-1].document)
    return (
        case,
        sheet,
        appraise(case, paths=300, running=Running(threads=1), options=AppraisalOptions(sensitivity=False)),
    )


def test_staff_are_those_counted_or_what_sales_need_in_any_money(tmp_path):
    assert staff(tmp_path / "a", people("headcount", 2800))["headcount"].distribution.values == (2800.0,)
    of_sales = staff(tmp_path / "b")["headcount"]
    assert of_sales.distribution.values[0] == pytest.approx(4200 / 1.2)
    assert of_sales.origin.parents == ("revenue-2025",)
    euros = staff(tmp_path / "c", currency="EUR", per=8.0)["headcount"]
    assert euros.distribution.values[0] == pytest.approx(of_sales.distribution.values[0])


def test_local_jobs_give_the_local_share_and_planned_jobs_come_with_the_plant(tmp_path):
    found = staff(
        tmp_path, people("headcount", 3000), people("jobs_local", 300, subject="region"), people("plan_jobs", 1000)
    )
    assert found["jobs_share"].distribution.values == (0.1,)
    assert found["plant_jobs"].distribution.values == (1000.0,)
    assert {"plan-jobs"} == set(found["plant_jobs"].origin.parents)


def test_a_promise_of_jobs_is_tested_on_every_path(tmp_path):
    easy = appraised(tmp_path / "easy", "jobs_local >= 1", "jobs_local < 0")[2]
    hard = appraised(tmp_path / "hard", "jobs_local >= 1_000_000", "jobs_local < 0")[2]
    assert easy.figures["budget.worst_year"].value > hard.figures["budget.worst_year"].value


def test_what_the_model_does_not_compute_is_named_with_a_mend_and_the_appraisal_goes_on(tmp_path):
    case, sheet, found = appraised(tmp_path, "tax_local >= 50", "tax_local < 20")
    (problem,) = uncomputed_problems(sheet, case.model)
    assert problem.severity == "warning"
    assert problem.fix is not None
    assert "jobs_local" in render(problem.fix)
    assert found.figures["company.failure_probability_5y"].value is not None
    assert any(text.id == "appraisal.sentence.uncomputed" for text in found.summary.sentences)
    assert [x.name for x in prepare(case, None, load_playbook("hefei")).uncomputed] == ["tax_local"]


@pytest.mark.parametrize(
    ("lost", "early"),
    [('"jobs_local < 300"', True), ("\"after('2030-12-31') and jobs_local < 300\"", False)],
)
def test_a_clawback_that_the_jobs_of_today_open_already_is_found(tmp_path, lost, early):
    """As a newcomer writes it: no day, so what was paid in the first year is asked back in the next quarter."""
    tell(tmp_path / "riverton", Telling("CNY", "CNY", {}), (people("jobs_local", 0, unit="jobs"),))
    text = (FORM / "terms" / SHEET).read_text("utf-8")
    clause = GRANT.format(asked='"jobs_local >= 450"', lost=lost)
    (tmp_path / "riverton" / "terms" / SHEET).write_text(text.replace("covenants:\n", clause), "utf-8")
    case = load_case(tmp_path / "riverton")
    view, sheet = case.view(case.decision_date), parse_sheet(case.sheets[-1].document)
    found = lint(sheet, lint_context(view, sheet, load_playbook("hefei")))
    assert [d.clause for d in found if d.code == "GZ405"] == (["incentive.rebate.clawback"] if early else [])


@pytest.mark.parametrize(("lang", "words"), [("en", "warning"), ("zh", "警告")])
def test_what_no_model_computes_is_warned_of_in_the_reader_s_language(tmp_path, lang, words):
    tell(tmp_path / "riverton", Telling("CNY", "CNY", {}))
    text = (FORM / "terms" / SHEET).read_text("utf-8")
    clause = GRANT.format(asked='"tax_local >= 5"', lost='"tax_local < 1"')
    (tmp_path / "riverton" / "terms" / SHEET).write_text(text.replace("covenants:\n", clause), "utf-8")
    version = find_version(str(tmp_path / "riverton"))
    view = view_for((version,), None, None)
    assert view is not None
    assert words in format_problems(warnings_of(version, view), lang)


def written(folder, asked, *facts):
    """The grant alone, so that the public side only gives."""
    tell(folder / "riverton", Telling("CNY", "CNY", {}), facts)
    head = (FORM / "terms" / SHEET).read_text("utf-8").partition("instruments:\n")[0]
    clause = GRANT.format(asked=asked, lost='"jobs_local < 0"').partition("covenants:")[0]
    (folder / "riverton" / "terms" / SHEET).write_text(head + clause, "utf-8")
    return load_case(folder / "riverton")


def given(folder, asked):
    case = written(folder, asked, people("headcount", 300))
    return appraise(
        case, paths=400, running=Running(threads=1), options=AppraisalOptions(sensitivity=False, proposal=False)
    )


def test_a_grant_whose_condition_is_hardly_ever_met_says_so_where_its_sum_stands(tmp_path):
    found = given(tmp_path, '"jobs_local >= 1_000_000"')
    assert found.figures["public.paid_in_full"].sample == (0, 400)
    assert found.figures["public.paid_mean"].value == 0.0
    assert found.figures["paid.incentive.rebate"].value == 0.0
    reasons = [render(r.model_dump()) for r in found.summary.reasons]
    assert any("0 of 400 futures" in r for r in reasons), reasons
    odds = found.summary.lead[1].model_dump()
    told = "100 m yuan is planned if every condition is met, 0 yuan is expected; it is paid in full in 0 of 400"
    assert told in render(odds)
    assert "400条路径中有0条足额支付" in render(odds, "zh")


def test_a_grant_that_is_mostly_paid_says_how_often_and_what_it_costs(tmp_path):
    found = given(tmp_path, '"jobs_local >= 0"')
    full, mean = found.figures["public.paid_in_full"], found.figures["public.paid_mean"]
    assert full.value > 0.3
    assert 0.0 < mean.value <= 100.0
    assert found.figures["paid.incentive.rebate"].value >= full.value
    assert not any("hardly" in render(r.model_dump()) for r in found.summary.reasons)


def warned(folder, asked, *facts):
    case = written(folder, asked, *facts)
    view, sheet = case.view(case.decision_date), parse_sheet(case.sheets[-1].document)
    return [
        (p.cause.id.rpartition(".")[2], render(p.cause), render(p.fix) if p.fix else "")
        for p in promise_problems(sheet, view)
    ]


def test_a_condition_on_jobs_whose_start_is_not_held_is_warned_of_and_names_the_facts(tmp_path):
    ((kind, _, fix),) = warned(tmp_path / "a", '"jobs_local >= 450"')
    assert kind == "no_start"
    assert "headcount and jobs_local" in fix
    counted = (people("headcount", 900), people("jobs_local", 0), people("plan_jobs", 450))
    assert warned(tmp_path / "b", '"jobs_local >= 450"', *counted) == []


def test_a_promise_far_above_what_is_held_is_warned_of(tmp_path):
    counted = (people("headcount", 900), people("jobs_local", 20, subject="region"))
    ((kind, cause, _),) = warned(tmp_path, '"jobs_local >= 450"', *counted)
    assert kind == "far"
    assert "450" in cause
    assert "20" in cause


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_that_the_start_of_a_promise_is_not_held_is_the_first_gap_of_page_one(tmp_path, lang):
    case = written(tmp_path, '"jobs_local >= 450"')
    found = appraise(
        case, paths=100, running=Running(threads=1), options=AppraisalOptions(sensitivity=False, proposal=False)
    )
    assert found.summary.gaps[0] == "unvalidated.jobs-local"
    said = next(render(f.text.model_dump(), lang) for f in found.findings if f.id == found.summary.gaps[0])
    assert {"en": "headcount and local jobs", "zh": "员工人数和本地就业"}[lang] in said
    assert [f.code for f in found.findings].count("gap_local_jobs") == 1, "it is not asked for twice"


def test_the_check_of_a_case_says_what_a_promise_lacks(tmp_path, capsys):
    written(tmp_path, '"jobs_local >= 450"')
    assert check_case(str(tmp_path / "riverton"), "en")
    assert "a condition counts `jobs_local`" in capsys.readouterr().out


def test_the_review_asks_first_for_what_moves_the_payments(tmp_path):
    found = review_case(written(tmp_path, '"jobs_local >= 450"', people("headcount", 900)))
    assert found.payments
    missing = [dict(n.what.params) for n in found.needs if n.kind == "missing"]
    asked = [need["name"] for need in missing]
    # Without a price the company's own value is not known either, and it decides more than any plan.
    assert asked[0] == "post_money"
    before = {moved.id for need in missing[: asked.index("plan_jobs")] for moved in need["moves"]}
    assert before == {"simulation.parameter.equity"}, "the plan tells whether the grant is paid"
    assert len(asked) == len(set(asked))


def test_an_unlisted_company_is_asked_for_its_last_round_and_not_for_its_market(tmp_path):
    asked = [dict(n.what.params).get("name") for n in review_case(written(tmp_path, '"jobs_local >= 1"')).needs]
    assert "post_money" in asked
    assert not {"market_value", "volatility", "share_price"} & set(asked)


def kept(folder, asked, *facts, without):
    """Part of the draws in which the promise is kept once the plant has risen, and their median jobs."""
    case = tell(folder / "riverton", Telling("CNY", "CNY", {}), facts, without=without)
    given = calibrate_company(case.view(case.decision_date), case.decision_date).parameters
    u = np.random.default_rng(7).random((4, 20_000))
    names = ("headcount", "jobs_share_bound", "plant_jobs", "plant_kept")
    staff, share, planned, part = (given[n].distribution.quantile(x) for n, x in zip(names, u, strict=True))
    jobs = staff * share + planned * part
    return float((jobs >= asked).mean()), float(np.median(jobs))


COUNTED = (people("headcount", 410),)


@pytest.mark.parametrize(
    ("facts", "without"),
    [((), ("headcount", "revenue")), ((), ("headcount",)), (COUNTED, ()), ((people("headcount", 100),), ())],
)
def test_planned_jobs_come_as_such_promises_were_kept_however_many_staff_there_are(tmp_path, facts, without):
    """Nothing for a good third, else half to a fifth more: a tenth to a half of the draws keep the whole promise."""
    part, median = kept(tmp_path, 300.0, *facts, people("plan_jobs", 300), without=without)
    assert 0.1 < part < 0.5
    assert 150.0 < median < 300.0
    assert kept(tmp_path / "half", 149.0, *facts, people("plan_jobs", 300), without=without)[0] == pytest.approx(
        0.65, abs=0.02
    )
    assert kept(tmp_path / "more", 361.0, *facts, people("plan_jobs", 300), without=without)[0] == 0.0


def test_where_the_whole_staff_are_planned_the_rest_of_them_works_elsewhere(tmp_path):
    plans = (people("plan_jobs", 300), {**people("plan_headcount", 900), "unit": "people"})
    found = staff(tmp_path, *plans)
    assert found["plant_jobs"].distribution.values == (300.0,)


def test_a_grant_goes_by_its_name_in_both_languages_and_cannot_lose_more_than_was_given(tmp_path):
    case = written(tmp_path, '"jobs_local >= 0"', people("headcount", 300))
    path = tmp_path / "riverton" / "terms" / SHEET
    named = "    name: {en: investment grant, zh: 投资补助}\n    from: city\n"
    path.write_text(path.read_text("utf-8").replace("    from: city\n", named), "utf-8")
    case = load_case(tmp_path / "riverton")
    found = appraise(
        case, paths=400, running=Running(threads=1), options=AppraisalOptions(sensitivity=False, proposal=False)
    )
    label = found.figures["paid.incentive.rebate"].label.model_dump()
    assert "“investment grant”" in render(label)
    assert "“投资补助”" in render(label, "zh")
    (given,) = [t for t in found.fiscal if t.id == "commitments"]
    assert render(given.rows[0][0].model_dump(), "zh") == "投资补助"
    assert render(given.rows[0][2].model_dump()) == "Riverton Investment"
    assert found.figures["exposure.failure_p95"].value <= 100.0
    clause = next(c for c in explain(parse_sheet(case.sheets[-1].document)) if c.id.endswith(".clawback"))
    assert "“投资补助”" in render(clause.message, "zh")


def test_one_fact_that_is_not_used_is_told_in_the_singular():
    counts = {"n": 1, "forecast": 0, "check": 0, "nothing": 1}
    told = render(Message.of("cli.facts.used", day="2026-03-31", **counts))
    assert told.startswith("Of 1 fact on record on 31 March 2026, a forecast would use 0;")
    assert told.endswith("1 is not used.")
    assert render(Message.of("reports.facts.used", **counts)).endswith("1 is not used, with the reason given.")


@pytest.mark.parametrize(("advice", "opening"), [("decline", "As the deal stands"), ("back", "On these terms")])
def test_odds_of_the_deal_as_it_stands_are_not_told_as_those_of_the_terms_advised(tmp_path, advice, opening):
    case = written(tmp_path, '"jobs_local >= 0"', people("headcount", 300))
    found = appraise(
        case, paths=50, running=Running(threads=1), options=AppraisalOptions(sensitivity=False, proposal=False)
    )
    figures = {id: found.figures["public.paid_mean"].model_copy(update={"value": 0.5}) for id in (
        "fund.ahead", "public.value_ahead")}  # fmt: skip
    told = lead(found.model_copy(update={"advice": advice, "figures": found.figures | figures}), None)
    assert render(told[1].model_dump()).startswith(opening)
