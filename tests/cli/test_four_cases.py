"""The four built-in cases under one method: what is advised, which rows decided, and which facts stand behind them.

What is asserted is what came out, not what would be nice: whoever changes the method sees here what that does.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from guanzi.advice.appraisal import appraise, method_sha256, to_json, why
from guanzi.advice.appraisal.missing import fetch_first
from guanzi.base.core import render
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

PAGE = Path(__file__).resolve().parents[2] / "docs" / "methods" / "four-cases.md"
PATHS = 2000

OPEN: dict[str, tuple[str, ...]] = dict.fromkeys(
    ("size-quarter", "worst-year-tenth", "failure-loss-tenth", "loss-probability-80", "value-or-effect"), ()
)
"""Rows that wait for the public amount."""

#: Case, advice, and the rows that decided with the findings that each of them met.
ADVICE: dict[str, tuple[str, dict[str, tuple[str, ...]]]] = {
    "nio-hefei-2020": (
        "back_with_conditions",
        {
            **dict.fromkeys(
                ("worst-year-twentieth", "failure-loss-twentieth", "put-worth", "money-before-binding"), ()
            ),
            **dict.fromkeys(("conditional-money", "unknown-clauses", "need"), ()),
            "funding-gap": ("runway.with-deal",),
            "margin-proved": ("unit-margin.margin",),
            "open-liability": ("unvalidated.free-service",),
            "open-questions": tuple(
                f"unvalidated.{name}"
                for name in ("patents", "referral-rate", "service-cost", "jobs-local", "tax-local")
            ),
        },
    ),
    "qoros-changshu-2017": (
        "insufficient_evidence",
        {
            "going-concern": ("going-concern.unknown",),
            "below-cost": ("unit-margin.no-facts", "trend.no-margin-trend"),
            **OPEN,
        },
    ),
    "byton-nanjing-2018": ("decline", {"series-product": ("unvalidated.no-series",)}),
    "borgward-beijing-2019": (
        "insufficient_evidence",
        {"below-cost": ("unit-margin.no-facts", "trend.no-margin-trend"), **OPEN},
    ),
}

#: Case, row of the warnings that failed, and the facts behind it; with no fact, nothing is concluded.
WARNINGS = {
    ("qoros-changshu-2017", "market-demand"): {
        *("contract-purchases", "deliveries-2016"),
        *("tie-investor-buys", "tie-investor-qoros"),
    },
    ("qoros-changshu-2017", "one-city"): {"city-deals", "city-deals-money", "guangzhou-capacity", "plant-capacity"},
    ("qoros-changshu-2017", "buyer-obligations"): {"city-deals-money", "contract-put", "contract-price"},
    ("qoros-changshu-2017", "buyer-record"): {"buyer-trade", "buyer-record"},
    ("byton-nanjing-2018", "product-before-plant"): {"own-plant-first", "cumulative-deliveries"},
    ("byton-nanjing-2018", "licence"): {"licence", "licence-application"},
    ("byton-nanjing-2018", "plan-paid"): {
        *("plan-investment", "equity-raised-2017", "equity-raised-2018", "usd-cny-2018-01"),
    },
    ("borgward-beijing-2019", "market-demand"): {"sales-channel"},
    ("borgward-beijing-2019", "buyer-obligations"): {"deferred-price", "buyer-guarantee", "buyer-revenue-2018"},
    ("borgward-beijing-2019", "buyer-record"): {"buyer-trade", "buyer-record", "buyer-age"},
    ("borgward-beijing-2019", "price-paid"): {"deferred-price", "purchase-price-2018", "land-cash", "first-payment"},
    ("borgward-beijing-2019", "site-title"): {"site-owned", "land"},
}
NEW_ROWS = (
    *("market-demand", "product-before-plant", "one-city", "licence", "plan-paid", "buyer-obligations"),
    *("buyer-record", "price-paid", "site-title", "pledged-shares", "litigation", "founder-identity"),
)
SIMULATED = ("fund.npv", "fund.irr", "fund.loss_probability", "exposure.failure_p95", "budget.worst_year")


@pytest.fixture(scope="module")
def appraisals():
    return {case: appraise(load_case(find_case(case)), paths=PATHS) for case in ADVICE}


def rows_of(appraisal):
    return {row.id: row for row in appraisal.rows}


def facts_of(appraisal, row):
    """The facts behind the findings that a row met."""
    findings = {finding.id: finding for finding in appraisal.findings}
    return {fact for id in row.findings for fact in findings[id].facts}


def facts_behind(step):
    """The facts at the ends of the way from a figure to where it comes from."""
    own = {step.id} if step.kind == "fact" else set()
    return own.union(*(facts_behind(parent) for parent in step.parents)) if step.parents else own


@pytest.mark.parametrize("case", ADVICE)
def test_the_advice_and_what_decided(appraisals, case):
    advice, deciding = ADVICE[case]
    found = appraisals[case]
    assert found.advice == advice
    assert {row.id: row.findings for row in found.rows if row.decided} == deciding
    assert len(found.summary.reasons) == 3


def test_all_four_are_read_under_one_method(appraisals):
    assert {a.versions.method_sha256 for a in appraisals.values()} == {method_sha256(load_playbook("hefei"))}
    assert len({a.versions.view_sha256 for a in appraisals.values()}) == 4


def test_nio_passes_the_gates_at_which_the_warnings_stop(appraisals):
    stages = {case: {row.stage for row in a.rows if row.decided} for case, a in appraisals.items()}
    assert "gate" not in stages.pop("nio-hefei-2020")
    assert all("gate" in found for found in stages.values())


@pytest.mark.parametrize("case", [case for case, (advice, _) in ADVICE.items() if advice == "insufficient_evidence"])
def test_where_evidence_does_not_suffice_the_public_amount_is_to_be_fetched_first(appraisals, case):
    first = fetch_first(appraisals[case].missing)
    assert first[0].id == "public.amount"
    assert len(first) <= 3
    assert all(m.material and m.if_well != m.if_badly for m in first)


@pytest.mark.parametrize("case", ADVICE)
def test_three_sentences_say_what_is_advised_on_which_terms_and_how_likely_it_pays(appraisals, case):
    found = appraisals[case]
    terms, *odds = found.summary.lead
    assert terms.id.startswith("appraisal.lead.")
    told = [] if found.advice == "insufficient_evidence" else ["appraisal.lead.odds"]
    assert [text.id.rpartition(".")[0] for text in odds] == told  # no odds rest on what is not known
    if case == "nio-hefei-2020":
        assert 0.0 < odds[0].params["fund"] < 1.0
        assert found.proposal is not None
        assert {change.kind for change in found.proposal.changes} == {"added", "changed"}
    for lang in ("en", "zh"):
        assert all(render(text.model_dump(), lang) for text in found.summary.lead)


@pytest.mark.parametrize(("case", "row"), WARNINGS, ids="/".join)
def test_a_warning_fails_its_row_by_facts_that_were_held(appraisals, case, row):
    found = rows_of(appraisals[case])[row]
    assert found.outcome == "fail"
    assert facts_of(appraisals[case], found) == WARNINGS[case, row]
    held = {fact.id for fact in appraisals[case].facts}
    assert WARNINGS[case, row] <= held


def test_no_other_row_of_the_warnings_fails(appraisals):
    failed = {
        (case, r.id) for case, a in appraisals.items() for r in a.rows if r.id in NEW_ROWS and r.outcome == "fail"
    }
    assert failed == set(WARNINGS)


def test_a_warning_that_fails_makes_a_demand(appraisals):
    conditions = {row.id: row.condition for row in load_playbook("hefei").table}
    for case, row in WARNINGS:
        demand = next(d for d in appraisals[case].demands if d.id == conditions[row])
        assert set(rows_of(appraisals[case])[row].findings) <= set(demand.because)


def test_where_nothing_was_held_a_row_says_so_and_leads_to_nothing(appraisals):
    for row in rows_of(appraisals["nio-hefei-2020"]).values():
        if row.id in NEW_ROWS:
            assert row.outcome in ("no_evidence", "not_applicable")
            assert row.consequence == "note"


def test_the_advice_on_nio_goes_back_to_facts_of_the_company(appraisals):
    facts = facts_behind(why(appraisals["nio-hefei-2020"], "fund.npv_mean"))
    assert {"liquid-2019", "deliveries-2019q4", "gross-margin-2019q4", "operating-cash-flow-2018"} <= facts


@pytest.mark.parametrize("case", [case for case in ADVICE if case != "nio-hefei-2020"])
def test_without_terms_nothing_is_said_of_the_return(appraisals, case):
    found = appraisals[case]
    assert found.versions.paths == 0
    assert found.exposure is None
    assert all(found.figures[id].value is None for id in SIMULATED)
    untested = {row.id for row in found.rows if row.outcome == "no_evidence"}
    assert {"size-quarter", "failure-loss-tenth", "loss-probability-80", "value-or-effect", "put-worth"} <= untested


@pytest.mark.parametrize("case", ADVICE)
def test_the_appraisal_is_the_same_without_an_outcome_and_with_a_spoilt_one(case, tmp_path):
    there = find_case(case)
    assert (there / "outcome").is_dir()
    expected = to_json(appraise(load_case(there), paths=200))
    copy = tmp_path / case
    shutil.copytree(there, copy, ignore=shutil.ignore_patterns("outcome"))
    assert to_json(appraise(load_case(copy), paths=200)) == expected
    (copy / "outcome").mkdir()
    (copy / "outcome" / "facts.yaml").write_bytes(b"\xff\x00{{{")
    assert to_json(appraise(load_case(copy), paths=200)) == expected


WATCHED = """
import sys
from pathlib import PurePath

from guanzi.advice.appraisal import appraise, method_sha256
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook

def watch(event, arguments):
    if event in ("open", "os.listdir", "os.scandir") and "outcome" in PurePath(str(arguments[0])).parts:
        raise RuntimeError(f"{event} {arguments[0]}")

sys.addaudithook(watch)
print(method_sha256(load_playbook("hefei")))
for case in sys.argv[1:]:
    print(appraise(load_case(find_case(case)), paths=50).versions.method_sha256)
"""


def test_the_method_is_hashed_and_the_four_are_appraised_while_no_outcome_can_be_opened():
    done = subprocess.run(
        [sys.executable, "-c", WATCHED, *ADVICE], capture_output=True, text=True, env=dict(os.environ)
    )
    assert done.returncode == 0, done.stderr
    hashes = done.stdout.split()
    assert len(hashes) == 5
    assert set(hashes) == {method_sha256(load_playbook("hefei"))}


def test_the_page_of_the_documentation_says_what_came_out():
    page = PAGE.read_text("utf-8")
    for case, (advice, deciding) in ADVICE.items():
        (line,) = re.findall(rf"^\| `{case}` \| \*\*.*$", page, re.MULTILINE)
        assert f"**{advice.replace('_', ' ')}**" in line
        assert set(re.findall(r"`([a-z0-9-]+)`", line.split("|")[3])) == set(deciding)
    told = {
        (case, row)
        for case, row in re.findall(r"^\| `([\w-]+)` \| `([\w-]+)` \|", page, re.MULTILINE)
        if case in ADVICE
    }
    assert told == set(WARNINGS)
    for case, row in WARNINGS:
        (line,) = re.findall(rf"^\| `{case}` \| `{row}` \|.*$", page, re.MULTILINE)
        assert set(re.findall(r"`([\w-]+)`", line.split("|")[3])) == WARNINGS[case, row]
    assert "knew how the stories ended" in " ".join(page.split())
