"""Whoever asks at the desk gets the same answer: a result, and its plain data, with nothing printed."""

import json
from contextlib import contextmanager
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest

from guanzi.base.core import InvalidInput, render
from guanzi.jobs.appraisal import appraisal, provenance, simulation
from guanzi.jobs.chains import laboratories
from guanzi.jobs.diligence import unitcost
from guanzi.jobs.evidence import cases, conflicts
from guanzi.jobs.playbooks import PlaybookRequest, playbooks, replicability
from guanzi.jobs.rules import judgement, rules
from guanzi.jobs.rules.declared import RuleRequest
from guanzi.jobs.screening import names
from guanzi.jobs.shared.run import Run
from guanzi.jobs.structuring import difference, structuring, walkaway
from guanzi.jobs.structuring.draft import DraftRequest
from guanzi.jobs.terms import explanation, linting
from guanzi.record.evidence import CaseHead, load_case
from guanzi.record.playbooks import plan_for, worded

CASE = "nio-hefei-2020"
FEW = Run(paths=64)


@pytest.fixture(scope="module")
def appraised():
    return appraisal.appraise(appraisal.Request(CASE, run=FEW))


@pytest.fixture(autouse=True)
def nothing_is_printed(capsys):
    yield
    assert capsys.readouterr() == ("", "")


def plain(data):
    """The data as whoever asked from afar reads it."""
    return json.loads(json.dumps(data, allow_nan=False))


# -- an appraisal ----------------------------------------------------------------------------------------------


def test_what_is_written_is_the_data_of_the_appraisal(appraised, tmp_path):
    written = appraisal.write(appraised, appraisal.PagesRequest(folder=tmp_path))
    assert json.loads((tmp_path / "appraisal.json").read_text("utf-8")) == plain(appraisal.data(appraised))
    assert written.dossier == tmp_path / "dossier.html"
    assert (written.brief, written.hindsight, written.replaced) == (None, None, ())


def test_an_earlier_result_is_told_to_be_replaced(appraised, tmp_path):
    (tmp_path / "appraisal.json").write_text('{"advice": "decline"}', "utf-8")
    written = appraisal.write(appraised, appraisal.PagesRequest(folder=tmp_path))
    assert [m.id.rpartition(".")[2] for m in written.replaced] == ["replaced"]


def test_a_figure_is_followed_in_the_appraisal_that_lies_in_the_default_folder(appraised, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    appraisal.write(appraised, appraisal.PagesRequest())
    monkeypatch.setattr(appraisal, "appraise", lambda request: pytest.fail("it was appraised again"))
    way = provenance.follow(provenance.Request(CASE, "fund.npv"))
    assert plain(provenance.data(way))["id"] == "fund.npv"


def test_whoever_watches_is_told_of_every_path():
    told = []

    @contextmanager
    def watch(what, total):
        done = []
        yield done.append
        told.append((total, sum(done)))

    simulation.simulate(simulation.Request(CASE, run=replace(FEW, threads=1, watch=watch)))
    assert told == [(64, 64)]


def test_a_request_cannot_be_changed_under_way():
    with pytest.raises(FrozenInstanceError):
        setattr(appraisal.Request(CASE), "case", "another")  # noqa: B010


# -- a deal ----------------------------------------------------------------------------------------------------


def test_every_clause_that_is_explained_stands_in_the_data():
    result = explanation.explain_deal(explanation.Request(CASE))
    assert [c["clause"] for c in plain(explanation.data(result, "zh"))["clauses"]] == [c.id for c in result.clauses]


def test_findings_are_the_same_to_people_and_to_tools_for_code():
    found = linting.lint_deals(linting.Request((CASE,)))
    codes = [d["code"] for d in plain(linting.data(found, "en"))["sheets"][0]["diagnostics"]]
    assert codes
    assert codes == [r["ruleId"] for r in plain(linting.sarif(found, "en"))["runs"][0]["results"]]


def test_nothing_to_lint_is_refused():
    with pytest.raises(InvalidInput):
        linting.lint_deals(linting.Request(()))


def test_a_version_does_not_differ_from_itself_and_words_need_no_model():
    same = difference.compare_deals(difference.Request(CASE, CASE, words_only=True))
    assert same.found.clauses == ()
    assert plain(difference.data(same))["model_of"] is None


def test_each_verdict_of_the_law_is_in_the_data():
    result = judgement.judge_deal(judgement.Request(CASE))
    assert len(plain(judgement.data(result, "en"))["verdicts"]) == len(result.judgement.verdicts) > 0


def test_a_rule_that_is_not_known_is_refused_with_the_nearest():
    with pytest.raises(InvalidInput) as refused:
        rules.find_rule(RuleRequest("wto-99999"))
    assert refused.value.problems[0].fix is not None


def test_a_walk_away_value_names_the_range_that_was_searched():
    address = next(f.address for f, usual in structuring.list_addresses(CASE).figures if usual and f.kind == "ratio")
    result = walkaway.find_walkaway(walkaway.Request(DraftRequest(CASE, (address,)), run=FEW))
    (term,) = plain(walkaway.data(result))["terms"]
    options = result.found[0].term.options
    assert (term["address"], term["range"]) == (address, [options[0], options[-1]])
    assert result.contested is None


def test_a_goal_that_is_none_is_refused():
    with pytest.raises(InvalidInput) as refused:
        structuring.find_structure(structuring.Request(DraftRequest(CASE), goal="everything"))
    assert refused.value.problems[0].place.file == "--goal"


# -- cases, playbooks, studies ---------------------------------------------------------------------------------


def test_a_case_that_is_wrong_gives_its_problems_and_no_case(tmp_path):
    made = cases.begin_case(cases.Beginning(str(tmp_path / "river"), CASE))
    (made / "facts" / "wrong.yaml").write_text("facts: 3\n", "utf-8")
    checked = cases.check_case(str(made))
    assert checked.case is None
    assert checked.errors > 0


KINDS = {
    "evtol-aircraft": "pre-revenue-deep-tech",
    "memory-chips": "capacity-cycle-fab",
    "opera": "scale-up-manufacturer",
}


@pytest.mark.parametrize(("industry", "model"), KINDS.items())
def test_an_empty_case_asks_the_questions_of_its_kind(tmp_path, industry, model):
    made = cases.begin_case(cases.Beginning(str(tmp_path / "river"), head=CaseHead(industry=industry)))
    assert load_case(made).model == model
    told = (made / "facts" / "facts.yaml").read_text("utf-8")
    assert all(f" {render(worded(question.text), 'en')} " in told for question in plan_for(model).questions)


def test_a_currency_that_is_none_is_refused(tmp_path):
    with pytest.raises(InvalidInput) as refused:
        cases.begin_case(cases.Beginning(str(tmp_path / "river"), head=CaseHead(currency="XQQ")))
    assert refused.value.problems[0].place.file == "--currency"


def test_a_playbook_that_cannot_be_read_is_checked_all_the_same():
    checked = playbooks.check_playbook(PlaybookRequest("no-such-playbook"))
    assert checked.held is None
    assert plain(playbooks.check_data(checked, "en"))["problems"]


def test_conflicts_of_a_case_are_counted_as_they_are_listed():
    data = plain(conflicts.data(conflicts.find(conflicts.Request(CASE))))
    assert sum(data["counts"].values()) == len(data["conflicts"])


def test_two_names_are_compared_with_reasons():
    match = names.compare_names(names.Request("John Smith", "Jon Smith"))
    assert plain(names.data(match, "en"))["why"]


def test_the_draws_of_a_cost_depend_on_the_seed_alone():
    one, same, other = (
        unitcost.analyse_cost(unitcost.Request("swap-station", "swap-station", run=Run(seed=s))) for s in (1, 1, 2)
    )
    assert unitcost.data(one, "en") == unitcost.data(same, "en") != unitcost.data(other, "en")


def test_laboratories_of_a_city_that_is_not_in_the_chain_are_refused():
    with pytest.raises(InvalidInput):
        laboratories.match(laboratories.Request("nev", "atlantis"))


def test_a_city_that_decided_on_a_day_is_asked_about_that_deal_with_what_its_own_case_holds():
    """Hefei on the day of its decision on NIO: thirteen requirements were open, of which its own case answers four."""
    found = replicability.judge_city(replicability.Request("hefei", "hefei", as_of=date(2020, 4, 29)))
    left = [c for pillar in found.pillars for c in pillar.criteria if c.outcome == "no_evidence"]
    assert found.case == "nio-hefei-2020"
    assert len(left) <= 9
    growth = next(c for pillar in found.pillars for c in pillar.criteria if c.id == "revenue-growth")
    assert growth.outcome == "met"
    assert growth.value == pytest.approx((74599.34 / 61484.93) ** (1 / 3) - 1)
    assert all(c.outcome != "unmet" for pillar in found.pillars for c in pillar.criteria)
    assert len({(s.publisher, str(s.title)) for s in found.sources}) == len(found.sources)


def test_a_city_is_asked_about_no_deal_on_another_day_and_nothing_later_counts():
    found = replicability.judge_city(replicability.Request("hefei", "hefei", as_of=date(2019, 6, 30)))
    cited = [e.period for pillar in found.pillars for c in pillar.criteria for e in c.evidence]
    assert found.case is None
    assert cited
    assert max(cited)[:4] <= "2018"
