"""An appraisal is fixed by what was known, the versions, the number of paths and the seed."""

import json
import shutil
from datetime import date
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.sampling import examples

from guanzi.advice.appraisal import appraise, from_json, json_schema, to_json
from guanzi.base.core import InvalidInput, render
from guanzi.engine.simulation import Running, programs
from guanzi.record.evidence import find_case, load_case, prior_of

PATHS = 300
FRAMEWORK = date(2020, 2, 25)
SIGNING = date(2020, 4, 29)


@pytest.fixture(scope="module")
def case():
    return load_case(find_case("nio-hefei-2020"))


@pytest.fixture(scope="module")
def appraisal(case):
    return appraise(case, paths=PATHS)


@pytest.fixture(scope="module")
def framework(case):
    return appraise(case, FRAMEWORK, paths=PATHS)


def test_runs_and_threads_do_not_change_a_byte(case):
    paths = 8200  # three leaves, so that threads share the work
    assert to_json(appraise(case, paths=paths, running=Running(threads=3))) == to_json(
        appraise(case, paths=paths, running=Running(threads=1))
    )


def test_what_was_appraised_is_appraised_again_without_a_program_made_anew(case, appraisal, monkeypatch):
    def made(*given):
        raise AssertionError("a program of the case, of its stages or of its proposal has another key than before")

    monkeypatch.setattr(programs, "_finished", made)
    assert appraise(case, paths=PATHS) == appraisal


def test_another_seed_gives_another_appraisal(case, appraisal):
    other = appraise(case, paths=PATHS, seed=2)
    assert other.figures["fund.npv_mean"].value != appraisal.figures["fund.npv_mean"].value
    assert other.versions.method_sha256 == appraisal.versions.method_sha256


def test_it_follows_the_published_schema_and_reads_back(appraisal):
    schema = json_schema()
    Draft202012Validator.check_schema(schema)
    text = to_json(appraisal)
    Draft202012Validator(schema).validate(yaml.safe_load(text))
    assert from_json(text) == appraisal


@pytest.mark.parametrize("text", ["", "this is no workbook", '{"advice": '])
def test_a_file_that_is_not_json_is_said_to_be_none(text):
    with pytest.raises(InvalidInput) as refused:
        from_json(text, "answer.json")
    (problem,) = refused.value.problems
    assert "is not JSON" in render(problem.cause)
    assert problem.fix is not None


def test_of_another_version_the_first_field_is_named(appraisal):
    data = json.loads(to_json(appraisal))
    data["figures"] = 3
    with pytest.raises(InvalidInput) as refused:
        from_json(json.dumps(data))
    assert "1 field does not match the schema, starting with “figures”" in render(refused.value.problems[0].cause)


def test_it_holds_no_path_of_a_file_system(appraisal, case):
    assert str(case.folder) not in to_json(appraisal)


def test_an_earlier_day_sees_fewer_facts_and_the_framework(appraisal, framework):
    assert {fact.id for fact in framework.facts} < {fact.id for fact in appraisal.facts}
    assert framework.sheet_status == "framework"
    assert appraisal.sheet_status == "definitive"
    assert "equity-2019" not in {fact.id for fact in framework.facts}


@pytest.mark.parametrize("as_of", [date(2018, 1, 1), FRAMEWORK, SIGNING])
def test_nothing_later_than_the_day_enters(case, as_of):
    found = appraise(case, as_of, paths=50)
    assert all(fact.known_on <= as_of for fact in found.facts)
    known = {fact.id for fact in found.facts}
    parents = {id for p in found.parameters for id in p.parents if not id.startswith("terms.")}
    rates = {id: rate for id in parents if (rate := prior_of(id)) is not None}
    assert all(rate.known_on <= as_of for rate in rates.values())
    assert parents - set(rates) <= known
    assert {id for finding in found.findings for id in finding.facts} <= known


def test_before_any_term_sheet_it_says_what_it_can(case):
    found = appraise(case, date(2019, 6, 30), paths=PATHS)
    assert found.advice == "insufficient_evidence"
    assert found.exposure is None
    assert found.figures["fund.npv"].kind == "gap"
    assert found.figures["fund.npv"].note is not None
    assert found.findings


@pytest.fixture(scope="module")
def before(case):
    return to_json(appraise(case, paths=64))


LATER: st.SearchStrategy[list[dict[str, Any]]] = st.lists(
    st.builds(
        dict,
        name=st.sampled_from(["deliveries", "revenue", "net_loss", "total_debt"]),
        period=st.sampled_from(["2020Q1", "2020", "2019", "2021Q3"]),
        value=st.floats(0, 1e6, allow_nan=False),
        known_on=st.dates(date(2020, 4, 30), date(2026, 1, 1)),
    ),
    min_size=1,
    max_size=4,
)
UNITS = {"deliveries": "vehicles"}


@pytest.mark.prove
@given(later=LATER, sheet_day=st.dates(date(2020, 4, 30), date(2024, 1, 1)), outcome=st.text("abc:\n -{", max_size=30))
@settings(max_examples=examples(5), suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_later_facts_sheets_and_outcomes_change_no_byte(tmp_path_factory, case, before, later, sheet_day, outcome):
    folder = tmp_path_factory.mktemp("later") / "nio-hefei-2020"
    shutil.copytree(case.folder, folder)
    source = {"later-source": {"publisher": "Somebody", "title": "Later", "date": date(2020, 4, 30), "grade": "A"}}
    facts = [
        {**fact, "id": f"later-{i}", "unit": UNITS.get(fact["name"], "CNY m"), "source": "later-source"}
        for i, fact in enumerate(later)
    ]
    (folder / "facts" / "later.yaml").write_text(yaml.safe_dump({"sources": source, "facts": facts}), "utf-8")
    signed = (folder / "terms" / "2020-04-29-definitive.yaml").read_text("utf-8")
    newer = signed.replace("known_on: 2020-04-29", f"known_on: {sheet_day.isoformat()}").replace("3500", "3000")
    (folder / "terms" / "zz-later.yaml").write_text(newer, "utf-8")
    (folder / "outcome").mkdir(exist_ok=True)
    (folder / "outcome" / "later.yaml").write_text(outcome, "utf-8")
    after = load_case(folder)
    assert len(after.facts) == len(case.facts) + len(later)
    assert to_json(appraise(after, SIGNING, paths=64)) == before


def test_every_number_of_the_summary_has_a_parent(appraisal):
    for id in appraisal.summary.figures:
        figure = appraisal.figures[id]
        assert figure.value is not None
        assert figure.parents


def test_rows_name_figures_and_findings_that_exist(appraisal):
    findings = {finding.id for finding in appraisal.findings}
    for row in appraisal.rows:
        assert set(row.figures) <= set(appraisal.figures)
        assert set(row.findings) <= findings


def test_the_losses_are_two_curves_beside_tiers_and_payments(appraisal):
    shown = appraisal.exposure
    assert shown is not None
    assert {tier.id for tier in shown.tiers if tier.baseline} == {"plant", "headquarters-agreement"}
    assert shown.payments[-1].cumulative == pytest.approx(7000)
    assert not any(payment.new_tiers for payment in shown.payments)
    assert shown.failure.id != shown.departure.id
    assert [limit.value for limit in shown.limits] == sorted(limit.value for limit in shown.limits)


def test_the_dossier_says_that_no_instalment_waits_for_a_tier_and_what_binds_at_signing(appraisal):
    said = {sentence.id for sentence in appraisal.summary.sentences}
    assert "appraisal.sentence.no_tiered_conditions" in said
    assert "appraisal.sentence.baseline" in said
    assert "appraisal.sentence.before_tiers" in said


def test_money_before_a_harder_tier_is_not_less(appraisal):
    figures = appraisal.figures
    headquarters = figures["exposure.before.headquarters"].value
    research = figures["exposure.before.research"].value
    assert figures["exposure.before_new_tier"].value <= headquarters <= research <= 7000


def test_the_put_pays_less_than_its_price(appraisal):
    figures = appraisal.figures
    assert figures["put.payable"].value < figures["put.price"].value
    assert figures["put.missing"].value == pytest.approx(figures["put.price"].value - figures["put.payable"].value)
    at_failure = figures["put.paid_at_failure"].value / figures["put.claim_at_failure"].value
    assert at_failure < figures["put.receipt_to_price"].value
