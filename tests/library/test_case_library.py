"""The case library: every figure has a source and a grade, no outcome leaks, every case is listed and judged."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from guanzi.base.core import format_problems, localised
from guanzi.base.reading import read_yaml
from guanzi.cli import app
from guanzi.deal.terms import parse_sheet, read_sheet
from guanzi.record.evidence import (
    Case,
    builtin_cases,
    check_outcome,
    find_case,
    load_case,
    replayed_cases,
    watched_case,
)
from guanzi.record.evidence.factfiles import read_fact_file
from guanzi.record.evidence.vocabulary import looks_ahead

NOTES = Path(__file__).resolve().parents[3] / "shared" / "data" / "cases"
CASES = {name: load_case(find_case(name)) for name in builtin_cases()}
DAY = re.compile(r"\d{4}-\d\d-\d\d")
#: Names of facts that state terms of a deal, which look ahead; so do those of a bond, whose day of repayment is agreed.
AGREED = {"put_triggers", "public_offer_text", "lender_review", "policy_text", "subsidy_text", "market_forecast"}
#: Facts whose note names a day that lay ahead and was announced: a due date, a planned start.
ANNOUNCED = {"byton-nanjing-2018": {"cumulative-deliveries"}, "nio-hefei-2020": {"notes-2020-02", "notes-2020-03"}}
HAN = re.compile(r"[\u4e00-\u9fff]")


@pytest.fixture(params=sorted(CASES))
def case(request) -> Case:
    return CASES[request.param]


def outcome_of(case: Case) -> Any:
    return read_yaml(case.folder / "outcome" / "label.yaml").data


def test_a_case_loads_and_checks_clean(case):
    problems = [*watched_case(case).warnings, *check_outcome(case.folder)]
    for sheet in case.sheets:
        problems += read_sheet(sheet.document).problems
    assert format_problems(problems) == ""


def test_every_figure_has_a_source_with_publisher_title_and_grade(case):
    sources = {source.id: source for source in case.sources}
    for path in (case.folder / "outcome").glob("*.yaml"):
        if path.name != "label.yaml":
            file = read_fact_file(path, path.name)
            sources |= {row.id: row.source for row in file.sources if row.source is not None}
            assert all(row.entry is not None and row.entry.source in sources for row in file.facts)
    assert case.facts
    for source in sources.values():
        assert source.publisher
        assert source.title
        assert source.grade in "ABCD"
        assert source.date is not None or source.note, source.id


def test_no_fact_and_no_sheet_is_younger_than_the_decision(case):
    assert all(fact.known_on <= case.decision_date for fact in case.facts)
    assert all(sheet.known_on <= case.decision_date for sheet in case.sheets)
    assert all(dated.stamp.known_on <= case.decision_date for dated in case.entities)


def test_a_fact_is_about_the_past_unless_it_is_a_plan(case):
    late = [f.id for f in case.facts if f.period.start > case.decision_date and not f.name.startswith("plan_")]
    assert [id for id in late if not id.startswith("nev-share-target")] == []


def test_a_fact_from_a_later_source_says_why_it_was_held(case):
    sources = {source.id: source for source in case.sources}
    for fact in case.facts:
        published = sources[fact.source].date
        assert published is None or published <= fact.known_on or fact.held_because, fact.id
    for dated in case.entities:
        published = sources[dated.stamp.source].date
        assert published is None or published <= dated.stamp.known_on or dated.stamp.held_because, dated.entity.id


def test_no_words_of_the_outcome_stand_in_what_analyses_see(case):
    """No figure of the outcome with its unit, and no long run of its words, is in the view."""
    held = [f.content() for f in case.facts] + [dated.content() for dated in case.entities]
    seen = json.dumps(held, ensure_ascii=False) + case.question + case.title
    later = [
        row
        for path in (case.folder / "outcome").glob("*.yaml")
        if path.name != "label.yaml"
        for row in read_fact_file(path, path.name).facts
    ]
    for row in later:
        if row.entry is not None and isinstance(row.entry.value, str):
            assert row.entry.value not in seen, row.entry.id
    for sentence in (outcome_of(case)["because"], outcome_of(case)["company"]["text"]):
        assert sentence not in seen


def test_facts_of_the_record_speak_of_no_later_year(case):
    """Notes and words of facts name no year after the decision, except plans, and terms that were agreed."""
    for fact in case.facts:
        if (
            looks_ahead(fact.name)
            or fact.name in AGREED
            or fact.name.startswith("bond_")
            or fact.id in ANNOUNCED.get(case.id, ())
        ):
            continue
        words = f"{fact.note} {fact.value}" if fact.unit == "text" else fact.note
        years = [int(y) for y in re.findall(r"(?<![\d,.])(20\d\d)(?![\d,])", words)]
        assert all(year <= case.decision_date.year for year in years), fact.id


def test_the_judgement_has_three_accounts_and_a_reason_in_both_languages(case):
    label = outcome_of(case)
    assert HAN.search(label["because_zh"])
    assert set(label["accounts"]) == {"fund", "budget", "cluster"}
    for account in (*label["accounts"].values(), label["company"]):
        assert account["text"]
        assert HAN.search(account["text_zh"])


def words_of(data):
    """Everything in a term sheet that a person wrote for readers."""
    if isinstance(data, dict) and data and set(data) <= {"en", "zh"}:
        yield data
    elif isinstance(data, dict):
        for key, value in data.items():
            told = key in {"title", "name", "text", "what", "proof", "note"} or str(value).startswith("judgement:")
            if told and isinstance(value, str):
                yield value
            else:
                yield from words_of(value)
    elif isinstance(data, list):
        for item in data:
            yield from words_of(item)


def test_question_title_and_clauses_stand_in_both_languages(case):
    said = [case.question.plain(), case.title.plain(), *(case.unfit_because and [case.unfit_because.plain()])]
    said += [words for sheet in case.sheets for words in words_of(sheet.document.data)]
    english = [w for w in said if not isinstance(w, dict) or not re.search(f"{HAN.pattern}|^[A-Z][a-z]+$", w["zh"])]
    assert english == []


def test_what_the_papers_show_of_facts_stands_in_both_languages(case):
    """Titles of documents stay as they are; everything that was written for the case is said in Chinese, too."""
    words = [w for f in case.facts for w in (f.note, f.held_because, f.value) if isinstance(w, str) and w]
    words = [w for w in words if not DAY.fullmatch(w)]
    words += [source.note for source in case.sources if source.note]
    assert [w for w in words if not HAN.search(localised(w, "zh"))] == []


def test_a_reason_why_a_fact_was_held_speaks_of_no_later_document(case):
    told = re.compile(r"\b(later|repeats?|gathers|afterwards|recounts)\b|\b202[3-9]\b")
    assert [(f.id, f.held_because) for f in case.facts if told.search(f.held_because) and f.known_on.year < 2023] == []


def test_a_case_has_its_question_in_english_and_says_what_it_lacks(case):
    assert case.question.endswith("?")
    readme = (case.folder / "README.md").read_text("utf-8")
    assert len(readme.split()) > 50


def test_an_account_with_a_result_rests_on_facts(case):
    """A gain or a loss is told by facts, or says in words that no figure was seen."""
    label = outcome_of(case)
    bare = [n for n, a in label["accounts"].items() if a["result"] in {"gain", "loss"} and not a.get("facts")]
    assert all(re.search("not seen|not known|nothing", label["accounts"][n]["text"]) for n in bare), bare


def test_every_case_is_listed_with_its_decision():
    listed = json.loads(CliRunner().invoke(app, ["cases", "--json"]).output)
    assert [row["id"] for row in listed] == list(builtin_cases())
    assert {row["decision"] for row in listed} <= {"approved", "refused"}
    assert all({"industry", "model", "region", "country", "fitness", "decision_date"} <= set(row) for row in listed)


def test_the_list_speaks_chinese():
    text = CliRunner().invoke(app, ["cases", "--lang", "zh"]).output
    assert CASES["nio-hefei-2020"].title.zh in text


def test_a_case_is_fit_by_a_rule_that_knows_no_outcome(case):
    """Fit: at least four confirmed facts about the company, other than what it was offered, from two sources."""
    own = [
        fact
        for fact in case.facts
        if fact.subject == "company" and fact.availability == "confirmed" and not fact.name.startswith("public_")
    ]
    enough = len(own) >= 4 and len({fact.source for fact in own}) >= 2
    assert (case.fitness == "fit") == enough, [fact.id for fact in own]
    assert bool(case.unfit_because) == (case.fitness == "unfit")


def test_twenty_six_cases_are_replayed_two_of_them_refusals():
    replayed = [CASES[name] for name in replayed_cases()]
    assert len(replayed) == 26
    assert sorted(c.id for c in replayed if c.decision == "refused") == ["lilium-bavaria-2024", "nio-huzhou-2019"]


def test_early_loss_is_not_failure():
    """The panel maker that lost money for years is a success of its record: the label looks beyond its horizon."""
    label = outcome_of(CASES["boe-hefei-2008"])
    assert label["label"] == "success"
    assert label["judged_on"].year - CASES["boe-hefei-2008"].decision_date.year >= 8


def runs(text: str, length: int = 10) -> set[tuple[str, ...]]:
    words = re.findall(r"[a-z0-9]+", re.sub(r"https?://\S+", "", text).lower())
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


@pytest.mark.skipif(not NOTES.is_dir(), reason="the research notes are not here")
def test_no_sentence_is_copied_from_the_research_notes(case):
    """No run of ten words, addresses apart, stands in the notes and in what was written for the library."""
    noted = set().union(*(runs(path.read_text("utf-8")) for path in NOTES.glob("*.yaml")))
    written = [(case.folder / "README.md").read_text("utf-8"), case.question]
    written += [f"{fact.note} | {fact.value} | {fact.held_because}" for fact in case.facts]
    written += [f"{dated.stamp.note} | {dated.stamp.held_because}" for dated in case.entities]
    written.append((case.folder / "outcome" / "label.yaml").read_text("utf-8"))
    later = read_fact_file(case.folder / "outcome" / "facts.yaml", "facts.yaml")
    written += [f"{row.entry.note} | {row.entry.value}" for row in later.facts if row.entry is not None]
    assert not noted & set().union(*(runs(text) for text in written))


def test_every_covenant_of_the_library_has_a_name_in_both_languages():
    covenants = [
        (name, covenant)
        for name, case in CASES.items()
        for version in case.sheets
        for covenant in parse_sheet(version.document).covenants
    ]
    assert len(covenants) > 10
    assert [(n, c.id) for n, c in covenants if c.name == localised(c.name, "zh")] == []
