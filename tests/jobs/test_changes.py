"""Whoever asks why an appraisal says something else gets causes, parts and what can be verified, in both languages."""

import json
import shutil
from dataclasses import replace
from datetime import date
from itertools import product
from math import fsum

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.watched_case import FACTS, signed_case

from guanzi.advice.appraisal import Text
from guanzi.advice.attribution import (
    METHOD,
    Amounts,
    Cause,
    ComparedItem,
    ItemChange,
    Shift,
    items_of,
    reasons_of,
)
from guanzi.base.core import InvalidInput, render
from guanzi.jobs.appraisal import appraisal, changes
from guanzi.jobs.appraisal.documents.changes import ChangesStudy, changes_document
from guanzi.jobs.shared.run import Run
from guanzi.render import document_html, document_screen

LATER = date(2020, 5, 4)
FEW = 80
CASH = (
    "  - {id: cash, name: cash_and_short_term_investments, period: 2019-12-31, value: 4000, unit: CNY m,"
    " known_on: 2020-05-02, source: release}\n"
)
ODD = (
    "  - {id: odd, name: countries_of_operation, period: 2019, value: 3, unit: count,"
    " known_on: 2020-05-01, source: release}\n"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = signed_case(tmp_path_factory.mktemp("case"))
    (made / "facts" / "facts.yaml").write_text(FACTS + CASH + ODD, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def earlier(folder, tmp_path_factory):
    """The folder of an earlier appraisal."""
    out = tmp_path_factory.mktemp("earlier")
    result = appraisal.appraise(appraisal.Request(str(folder), run=Run(paths=FEW, seed=3)))
    (out / "appraisal.json").write_text(json.dumps(appraisal.data(result)), encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def found(folder, earlier):
    return changes.find_changes(changes.Request(str(folder), str(earlier), LATER))


def test_the_earlier_appraisal_gives_paths_and_seed_and_is_verified(found):
    versions = found.attribution.after.versions
    assert (versions.paths, versions.seed, found.paths, found.seed) == (FEW, 3, FEW, 3)
    assert found.held is not None
    assert (found.held.view, found.held.method, found.held.playbook) == ("same", "same", True)


def test_facts_that_became_known_since_are_the_causes(found):
    data = json.loads(json.dumps(changes.data(found), allow_nan=False))
    assert [c["id"] for c in data["causes"]] == [
        "day",
        "fact:company countries_of_operation 2019",
        "fact:company cash_and_short_term_investments 2019-12-31",
    ]
    assert data["causes"][1]["idle"]
    figures = [d for d in data["differences"] if d["kind"] == "figure" and d["change"] is not None]
    assert figures
    for figure in figures:
        parts = fsum(p["part"] for p in figure["parts"])
        assert parts == pytest.approx(figure["after"]["value"] - figure["before"]["value"], rel=1e-9, abs=1e-9)
    assert not any(p["cause"] == "method" for figure in figures for p in figure["parts"])


def test_the_same_is_found_from_a_day_and_from_an_earlier_folder_of_the_case(folder, found, tmp_path):
    by_day = changes.find_changes(changes.Request(str(folder), "2020-04-29", LATER, paths=FEW, seed=3))
    assert by_day.held is None
    assert changes.data(by_day)["differences"] == changes.data(found)["differences"]
    old = tmp_path / "old"
    shutil.copytree(folder, old)
    (old / "facts" / "facts.yaml").write_text(FACTS, encoding="utf-8")
    by_version = changes.find_changes(changes.Request(str(folder), str(old), LATER, paths=FEW, seed=3))
    assert [c.id for c in by_version.attribution.causes] == [c.id for c in found.attribution.causes[1:]]


@pytest.mark.parametrize(("lang", "words"), [("en", "cash and short-term investments"), ("zh", "2019年12月31日")])
def test_screen_and_page_say_advice_figures_and_causes(found, lang, words):
    document = changes.document_of(found)
    page, screen = document_html(document, lang), document_screen(document, lang)
    assert words in page.lower()
    for sentence in document.sentences():
        if not isinstance(sentence.words, str):
            assert render(sentence.words, lang)
    assert "{" not in screen
    assert document.sections[0].id == "advice"


def test_files_are_written_together(found, tmp_path):
    page = changes.write(found, tmp_path, "en")
    assert page == tmp_path / "changes.html"
    assert {p.name for p in tmp_path.iterdir()} == {"changes.html", "changes.json", "changes.xlsx"}


def test_a_sentence_that_is_no_longer_said_is_named_by_its_id(found):
    finding = found.attribution.before.findings[0]
    gone = finding.model_copy(
        update={"id": "old.one", "text": finding.text.model_copy(update={"id": "appraisal.gone"})}
    )
    before = found.attribution.before.model_copy(update={"findings": (gone,)})
    lost = ItemChange(ComparedItem("finding", "old.one"), "x", None, (Shift(METHOD, "x", None),))
    told = replace(found, attribution=replace(found.attribution, before=before, differences=(lost,)))
    assert "old.one" in document_html(changes.document_of(told), "en")


AMOUNT = st.floats(1.0, 1e6)


@given(AMOUNT, AMOUNT, AMOUNT, AMOUNT)
def test_a_cause_that_moves_one_end_of_a_range_alone_says_which(found, low, high, lower, higher):
    """Between the ends of a range nothing is more likely: there is no part of a change to tell."""
    first, second, third = (Amounts(0.0, *ends, bounds=True) for ends in ((low, high), (lower, high), (lower, higher)))
    one, other = Cause("fact", "company cash 2019"), Cause("playbook")
    shifts = tuple(
        Shift(cause, a, b) for cause, a, b in ((one, first, second), (other, second, third)) if Shift(cause, a, b).moved
    )
    change = ItemChange(ComparedItem("figure", "range.x"), first, third, shifts)
    assert change.end_moved(one) == ("low" if low != lower and shifts[0].cause is one else None)
    assert change.end_moved(other) == ("high" if shifts and shifts[-1].cause is other else None)
    if change.change is None:  # whoever moved either end is named
        assert set(change.because) == {shift.cause for shift in shifts}


def test_every_forecast_that_was_made_without_a_held_fact_says_so(found):
    fact = found.case.facts[0]
    attribution = found.attribution
    for untold in ((), (fact,)):
        document = changes_document(ChangesStudy(attribution, None, (), FEW, untold))
        rows = [row for table in document.tables() if table.id in ("figures", "all") for row in table.rows]
        assert rows
        for row in rows:
            figure = attribution.before.figures.get(row.id.removeprefix("figure:"))
            forecast = figure is not None and figure.value is not None and figure.kind == "simulated"
            said = any(note.words.id == "reports.changes.without.forecast" for note in row.cells[0].notes)
            assert said if forecast and untold else not said or untold


def test_what_the_earlier_day_alone_said_without_held_facts_says_so_where_their_rate_ends_it(found):
    """A rate of exchange first tells the facts that are joined to it; what ends for another reason rests on others."""
    said, fact = found.attribution.before.findings[0], found.case.facts[0]
    rate = Cause("fact", "market usd_cny", (), (fact,), (Cause("fact", f"{fact.subject} {fact.name}", (), (fact,)),))
    for cause, untold in product((METHOD, rate), ((), (fact,))):
        gone = ItemChange(ComparedItem("finding", said.id), "x", None, (Shift(cause, "x", None),))
        attribution = replace(found.attribution, differences=(gone,))
        document = changes_document(ChangesStudy(attribution, None, (), FEW, untold))
        (row,) = next(table for table in document.tables() if table.id == "findings").rows
        noted = [note.words.id for note in row.head.notes]
        assert noted == ["reports.changes.without.statement"] * len(untold if cause is rate else ())


def test_of_two_reasons_of_one_message_each_is_compared_with_itself(found):
    """A reason that both days have is not changed because another of the same message came or went."""
    before = found.attribution.before
    stay, go = (Text(id="appraisal.reason.found", params={"text": {"id": f"diligence.{x}"}}) for x in "ab")
    held, left = (replaced(before, reasons) for reasons in ((go, stay), (stay, go)))
    assert items_of(held) == items_of(left)
    gone = items_of(held).keys() - items_of(replaced(before, (stay,))).keys()
    assert [(one.kind, one.id) for one in gone] == [("reason", "appraisal.reason.found>diligence.b")]
    assert reasons_of(replaced(before, (stay, stay))).keys() == {
        "appraisal.reason.found>diligence.a",
        "appraisal.reason.found>diligence.a#2",
    }


def replaced(appraisal, reasons):
    summary = appraisal.summary.model_copy(update={"reasons": reasons})
    return appraisal.model_copy(update={"summary": summary})


@pytest.mark.parametrize(
    ("since", "day", "id"),
    [
        ("2020-06-01", LATER, "desk.changes.later"),
        ("last week", LATER, "desk.changes.unknown"),
        ("2020-02-31", LATER, "desk.changes.unknown"),
    ],
)
def test_what_cannot_be_compared_is_refused(folder, since, day, id):
    with pytest.raises(InvalidInput) as refused:
        changes.find_changes(changes.Request(str(folder), since, day))
    assert [p.cause.id for p in refused.value.problems] == [id]
    assert refused.value.problems[0].fix is not None


def test_the_appraisal_of_another_case_is_refused(folder, earlier, tmp_path):
    data = json.loads((earlier / "appraisal.json").read_text("utf-8"))
    data["case"]["id"] = "elsewhere"
    (tmp_path / "appraisal.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(InvalidInput) as refused:
        changes.find_changes(changes.Request(str(folder), str(tmp_path), LATER))
    assert [p.cause.id for p in refused.value.problems] == ["desk.changes.other_case"]
