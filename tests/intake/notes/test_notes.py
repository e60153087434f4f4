"""Research notes become a case folder: nothing is invented, nothing is lost, and nothing later leaks."""

import re
from copy import deepcopy
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.sampling import examples

from guanzi.base.core import InvalidInput, format_problems
from guanzi.base.reading import read_yaml
from guanzi.intake.notes import import_notes
from guanzi.intake.notes.values import read_value
from guanzi.record.evidence import check_outcome, load_case

NOTES = Path(__file__).resolve().parents[4] / "shared" / "data" / "cases"

GOOD = """\
id: example_riverton_2015
company: Example Motors (the maker)
region: Riverton, Somewhere
country: GB
industry: battery cells
decision_date: '2015-06-30'
instrument: grant
amount: {value: 100, currency: GBP, unit: million, source: "https://www.reuters.com/2015/05/02/example-gets-a-grant"}
counterparties: [Ministry, Example Motors]
tranches:
- {date: '2015-09', amount: 40, unit: GBP m, condition: after the first stone, source: null}
- {date: '2017-02', amount: 20 drawn, unit: GBP m, condition: audit, source: null}
covenants:
- {text: Two thousand jobs within ten years., source: null}
facts_known_at_decision:
- name: planned_jobs
  value: 2000
  unit: jobs (over)
  as_of: '2015-05-01'
  source: https://www.reuters.com/2015/05/02/example-gets-a-grant
  availability: ok
- name: revenue_2014
  value: 0.25
  unit: GBP bn
  as_of: '2014-12-31'
  source: https://unknown.example/page
  note: 'actual of 2016: half'
  availability: ok
- {name: gross_margin_q1_2015, value: -8.5, unit: '%', as_of: '2015-03-31', source: null, availability: ok}
- {name: share_of_voice, value: 3, unit: decibels, as_of: '2015-03-31', source: null, availability: ok}
- {name: going_concern_note, value: true, unit: flag, as_of: '2015-03-31', source: null, availability: ok}
- {name: project_cost, value: 6-12, unit: GBP bn, as_of: '2015-03-31', source: null, availability: ok}
- name: market_value
  value: about 900
  unit: GBP m
  as_of: '2015-08-31'
  source: https://unknown.example/2015/09/03/later
  availability: 'source_dated_after_decision: confirm'
later_evidence:
- {name: subsidy_total, value: 70, unit: GBP m, as_of: '2016-01-31', source: null}
risks_known:
- {text: It has never made a cell., source: null}
outcome_facts:
- {name: bankruptcy, value: '2017-03-01', unit: date, as_of: '2017-03-01', source: null}
outcome_label: failure (no start)
outcome_reason: The money ran out.
missing: [jobs]
counts: {facts_at_decision: 7}
shoe_size: 43
"""


def imported(tmp_path, text=GOOD, **options):
    file = tmp_path / "notes.yaml"
    file.write_text(text, encoding="utf-8")
    return import_notes(file, tmp_path / "made", **options)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    result = imported(tmp_path_factory.mktemp("notes"))
    return result, load_case(result.folder)


def fact(case, id):
    return next(f for f in case.facts if f.id == id)


def test_the_folder_is_a_case_whose_only_warnings_are_unknown_names(made):
    result, case = made
    assert {p.cause.id for p in (*case.warnings, *check_outcome(result.folder))} == {"evidence.fact.unknown_name"}
    assert (case.company.name, case.region.name, case.region.country) == ("Example Motors", "Riverton", "GB")
    assert (case.currency, case.decision, case.decision_date) == ("GBP", "approved", date(2015, 6, 30))


def test_figures_get_a_name_a_unit_and_a_period(made):
    _, case = made
    jobs, revenue, margin = (fact(case, i) for i in ("planned-jobs", "revenue-2014", "gross-margin-q1-2015"))
    assert (jobs.name, jobs.number, jobs.unit, str(jobs.period)) == ("plan_jobs", 2000.0, "jobs", "2015-05-01")
    assert (revenue.name, revenue.number, revenue.unit, str(revenue.period)) == ("revenue", 250.0, "GBP m", "2014")
    assert (margin.name, margin.number, str(margin.period)) == ("gross_margin", -0.085, "2015Q1")
    assert fact(case, "project-cost").interval == (6000.0, 12000.0)


def test_a_fact_is_held_from_the_day_of_its_source_or_else_from_the_decision(made):
    _, case = made
    assert fact(case, "planned-jobs").known_on == date(2015, 5, 2)
    assert fact(case, "revenue-2014").known_on == date(2015, 6, 30)


def test_a_fact_that_is_flagged_is_doubtful_and_out_of_the_view(made):
    _, case = made
    assert fact(case, "market-value").availability == "doubtful"
    assert "market-value" not in {f.id for f in case.view(case.decision_date).facts}
    assert "market-value" in {f.id for f in case.view(case.decision_date, include_doubtful=True).facts}


def test_an_unknown_unit_keeps_the_number_in_words_and_is_listed(made):
    result, case = made
    assert fact(case, "share-of-voice").value == "3 decibels"
    assert "decibels" in (result.folder / "NOTES.md").read_text("utf-8")


def test_what_the_notes_say_of_later_times_reaches_no_view(made):
    _, case = made
    assert "half" not in str(case.view(case.decision_date).content())
    assert "drawn" not in str(case.view(case.decision_date).content())
    assert "subsidy_total" not in str(case.view(case.decision_date).content())


def test_every_clause_is_in_words_and_gets_no_meaning(made):
    _, case = made
    sheet = case.sheets[0].document.data
    assert "instruments" not in sheet
    assert any("Two thousand jobs" in clause["text"] for clause in sheet["unknown_clauses"].values())


def test_the_outcome_is_apart_with_a_label_to_be_completed(made):
    result, _ = made
    label = read_yaml(result.folder / "outcome" / "label.yaml").data
    assert (label["label"], label["company"]["result"]) == ("failure", "failure")
    assert label["accounts"]["budget"]["result"] == "unknown"
    facts = read_yaml(result.folder / "outcome" / "facts.yaml").data["facts"]
    assert ("insolvency_opened", True) in {(f["name"], f["value"]) for f in facts}


def test_what_no_rule_reads_is_listed_with_its_line(made):
    result, _ = made
    text = (result.folder / "NOTES.md").read_text("utf-8")
    line = GOOD.splitlines().index("shoe_size: 43") + 1
    assert re.search(rf"notes.yaml:{line}: .*shoe_size.*43", text)
    assert "It has never made a cell." in text


def test_the_list_speaks_chinese(tmp_path):
    result = imported(tmp_path, lang="zh")
    assert "待办事项" in (result.folder / "NOTES.md").read_text("utf-8")


@pytest.mark.parametrize(
    ("old", "new", "cause", "line"),
    [
        ("company: Example Motors (the maker)\n", "", "reading.format.missing_field", 1),
        ("facts_known_at_decision:", "facts_known_at_decison:", "reading.format.missing_field", 15),
        ("decision_date: '2015-06-30'", "decision_date: '2015-06-31'", "reading.yaml.no_such_day", 6),
        ("decision_date: '2015-06-30'", "decision_date: soon", "reading.format.wrong_value", 6),
        ("as_of: '2015-05-01'", "as_of: spring", "reading.format.wrong_value", 19),
        ("- name: planned_jobs\n", "- nam: planned_jobs\n", "reading.format.missing_field", 16),
        ("  value: 2000\n", "", "reading.format.missing_field", 16),
        ("country: GB", "country: Britain", "reading.format.wrong_value", 4),
        ("missing: [jobs]", "missing: {jobs: 1}", "reading.format.wrong_value", 47),
        ("id: example_riverton_2015", "id: [", "reading.yaml.syntax", 1),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_nothing_is_made(tmp_path, old, new, cause, line):
    assert old in GOOD
    with pytest.raises(InvalidInput) as caught:
        imported(tmp_path, GOOD.replace(old, new, 1))
    assert format_problems(caught.value.problems)
    assert (cause, line) in {(p.cause.id, p.place.line) for p in caught.value.problems}
    assert [path.name for path in tmp_path.iterdir()] == ["notes.yaml"]


def test_everything_that_is_wrong_is_said_at_once(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        imported(
            tmp_path, GOOD.replace("2015-06-30", "soon").replace("  value: 2000\n", "").replace("region:", "regio:")
        )
    assert len(caught.value.problems) == 3


def test_a_folder_that_holds_something_is_not_overwritten(tmp_path):
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "mine.txt").write_text("x", encoding="utf-8")
    with pytest.raises(InvalidInput):
        imported(tmp_path)
    assert [p.name for p in (tmp_path / "made").iterdir()] == ["mine.txt"]


def test_the_same_notes_give_the_same_bytes(tmp_path):
    (tmp_path / "a").mkdir()
    (tmp_path / "b").mkdir()
    first, second = imported(tmp_path / "a").folder, imported(tmp_path / "b").folder
    names = sorted(p.relative_to(first) for p in first.rglob("*") if p.is_file())
    assert len(names) == 7
    for name in names:
        assert (first / name).read_bytes() == (second / name).read_bytes()


@pytest.mark.parametrize(
    ("value", "unit", "expected"),
    [
        (1.9, "CNY bn", (1900.0, "CNY m")),
        (0, "GBP", (0.0, "GBP")),
        (25_500, "CNY thousand for 8.612%", (25.5, "CNY m")),
        (33, "% (derived)", (0.33, "ratio")),
        (180_000, "m2", (18.0, "hectares")),
        (4.0, "m cars", (4_000_000.0, "vehicles")),
        ("over 1,500", "jobs", (1500.0, "jobs")),
        ("12%", "", (0.12, "ratio")),
        ("-8.5 %", "%", (-0.085, "ratio")),
        ("12%", "text", ("12%", "text")),
        ("over 10 on 8.0 placed", "CNY bn", (10_000.0, "CNY m")),
        ("about 2bn", "CNY", (2000.0, "CNY m")),
        ("2bn", "CNY bn", ("2bn CNY bn", "text")),
        ("2200 [1,500 Pryor, 700 other]", "jobs", (2200.0, "jobs")),
        ("1,200, of which 700 new", "jobs", (1200.0, "jobs")),
        ("2 or 3", "cars", ("2 or 3 cars", "text")),
        (1.5, "KRW trillion", (1_500_000.0, "KRW m")),
        (300, "million SEK", (300.0, "SEK m")),
        (25, "INR crore", (250.0, "INR m")),
        (40, "¥ bn", ("40 ¥ bn", "text")),
        (3, "NOK/kWh", (3.0, "NOK per kWh")),
        (0.0055, "CNY per KRW", (0.0055, "CNY per KRW")),
        (9, "thousand vehicles", (9000.0, "vehicles")),
        (3, "GBP m/month", ("3 GBP m/month", "text")),
        ("ten", "cars", ("ten cars", "text")),
    ],
)
def test_units_of_the_notes_become_units_of_the_vocabulary(value, unit, expected):
    read = read_value(value, unit)
    assert (read.value, read.unit) == expected


PLAIN = yaml.safe_load(GOOD)
PLACES = [(key,) for key in PLAIN] + [
    ("facts_known_at_decision", i, key)
    for i in range(7)
    for key in ("name", "value", "unit", "as_of", "source", "note")
]
ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-(10**12), 10**12),
    st.floats(allow_nan=False, allow_infinity=False),
    st.text(max_size=30),
    st.lists(st.text(max_size=5), max_size=2),
    st.dictionaries(st.text(max_size=5), st.integers(), max_size=2),
    st.sampled_from(["2015-13-01", "CNY bn", "https://", "http://a.b/2014/02/31/x", "6-12", "refused", "over 5", "Q1"]),
)


@settings(max_examples=examples(150), deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(changes=st.lists(st.tuples(st.sampled_from(PLACES), ODD), min_size=1, max_size=4))
def test_odd_notes_become_a_case_or_a_sentence(tmp_path_factory, changes):
    data = deepcopy(PLAIN)
    for path, value in changes:
        inside = data
        for step in path[:-1]:
            inside = inside[step] if isinstance(inside, dict) or (isinstance(inside, list) and len(inside) == 7) else {}
        if isinstance(inside, dict):
            inside[path[-1]] = value
    folder = tmp_path_factory.mktemp("odd")
    refused = ""
    try:
        result = imported(folder, yaml.safe_dump(data, allow_unicode=True))
    except InvalidInput as error:
        refused = format_problems(error.problems)
    if refused:
        assert [p.name for p in folder.iterdir()] == ["notes.yaml"]
        return
    case = load_case(result.folder)
    assert not [p for p in check_outcome(result.folder) if p.severity == "error"]
    assert all(f.known_on <= case.decision_date for f in case.facts)


@pytest.mark.skipif(not NOTES.is_dir(), reason="the research notes are not here")
@pytest.mark.parametrize("path", sorted(NOTES.glob("*.yaml")), ids=lambda p: p.stem)
def test_real_notes_become_a_case_that_loses_no_figure(tmp_path, path):
    result = import_notes(path, tmp_path / "made")
    case = load_case(result.folder)
    problems = [*case.warnings, *check_outcome(result.folder)]
    assert {p.cause.id for p in problems} <= {"evidence.fact.unknown_name"}
    data = yaml.safe_load(path.read_text("utf-8"))
    outcome = read_yaml(result.folder / "outcome" / "facts.yaml").data["facts"]
    assert len(case.facts) == len(data["facts_known_at_decision"])
    assert len(outcome) == len(data["outcome_facts"]) + len(data["later_evidence"])
    flagged = data["counts"]["facts_flagged_availability"]
    assert sum(f.availability == "doubtful" for f in case.facts) >= flagged


def test_chinese_names_are_kept_and_get_an_id(tmp_path):
    result = imported(
        tmp_path, GOOD.replace("Example Motors (the maker)", "示例汽车（整车）").replace("Riverton, Somewhere", "某市")
    )
    case = load_case(result.folder)
    assert (case.company.id, case.company.name, case.company.name_zh) == ("company", "示例汽车", "示例汽车")
    assert case.region.id == "region"


def test_notes_that_know_too_little_make_an_unfit_case(tmp_path):
    data = yaml.safe_load(GOOD)
    data["facts_known_at_decision"] = data["facts_known_at_decision"][:2]
    case = load_case(imported(tmp_path, yaml.safe_dump(data)).folder)
    assert case.fitness == "unfit"
    assert case.unfit_because
    (tmp_path / "full").mkdir()
    assert load_case(imported(tmp_path / "full").folder).fitness == "fit"
