"""What changed since an earlier day is told as the two days have it, and laid to what made it."""

from dataclasses import replace

import pytest
from tests.sampling import swept, taken
from tests.truth.altered import _as_published, altered
from tests.truth.beside import add_changes
from tests.truth.entries import misrowed
from tests.truth.generation import library
from tests.truth.lies import substituted
from tests.truth.properties import foreign
from tests.truth.reading import read

from guanzi.advice.appraisal import appraise
from guanzi.advice.attribution import items_of
from guanzi.jobs.appraisal import changes
from guanzi.record.evidence import UNCOUNTED, load_case, product_unit
from guanzi.record.playbooks import load_playbook
from guanzi.render import Measurement

CASES = {data.label: data for data in (*foreign(), *library())}
CHANGED = [*(data.label for data in foreign()), "ehang-hefei-2023", "evergrande-guangzhou-2019"]


@pytest.fixture(scope="module", params=swept(CHANGED, 5))
def reading(request, tmp_path_factory):
    """A case with what changed since one of its days."""
    folder = tmp_path_factory.mktemp("case")
    found = read(CASES[request.param], folder, paths=16, whole=False)
    add_changes(found, folder, paths=16)
    return found


def test_a_day_before_the_rates_of_exchange_is_compared_too(reading):
    assert not reading.refused
    assert "changes" in reading.documents


def test_changes_are_told_as_both_days_have_them(reading):
    assert [str(fault) for fault in altered(reading)] == []
    assert [str(fault) for fault in misrowed(reading, "changes", reading.documents["changes"])] == []


def test_a_figure_of_another_day_and_an_interval_that_it_has_not_are_noticed(reading):
    page, n = reading.documents["changes"], 0
    for table in (table for table in page.tables() if table.id == "all"):
        for row in table.rows:
            cell = next((cell for cell in row.cells[:2] if isinstance(cell.value, Measurement)), None)
            if cell is None or cell.value.value is None:
                continue
            bare = cell.value.low is None
            ends = {"low": cell.value.value - 1.0, "high": cell.value.value + 1.0} if bare else {"low": None}
            lied = substituted(page, cell, replace(cell, value=replace(cell.value, **ends)))
            told = _as_published(replace(reading, documents={"changes": lied}), reading.published["changes"])
            assert [fault.said for fault in told] == [row.id]
            n += 1
    assert n


def test_a_product_that_nothing_counts_has_no_figure_in_pieces(reading):
    counted = product_unit(reading.view) != UNCOUNTED
    for end in reading.published["changes"]["ends"]:
        assert counted or [id for id, figure in end["figures"].items() if figure["unit"] == "units"] == []


def test_no_row_on_cash_with_the_deal_passes_without_a_deal(reading):
    for end in reading.published["changes"]["ends"]:
        codes = {finding["code"] for finding in end["findings"]}
        (row,) = (row for row in end["rows"] if row["id"] == "funding-gap")
        shown = codes & {"runway_with_deal", "self_funding"} or (end["sheet"] and codes & {"runway"})
        assert row["outcome"] != "pass" or shown


def test_what_no_rate_told_then_is_one_change_with_the_rate_that_tells_it(tmp_path):
    data = next(data for data in CASES.values() if data.label.startswith("northvolt"))
    data.write(tmp_path)
    found = changes.find_changes(changes.Request(str(tmp_path), "2024-01-18", paths=16))
    told = changes.data(found)
    assert {"loss-9m-2023", "revenue-q3-2023", "raised"} <= set(told["untold"])
    causes = {cause["id"]: cause for cause in told["causes"]}
    rates = {key: len(causes[f"fact:fx {key} 2024-03-19"]["joined"]) for key in ("eur_sek", "eur_usd")}
    assert rates == {"eur_sek": 5, "eur_usd": 1}
    assert not found.attribution.vital
    assert causes["fact:fx eur_sek 2024-03-19"]["advice_without"] not in (None, told["after"]["advice"])


def test_a_finding_is_laid_to_exactly_the_facts_without_which_it_is_not_said_so(tmp_path):
    """By a second path: each fact is left out of the folder, and the case is appraised anew."""
    data = next(data for label, data in CASES.items() if label.startswith("lithium"))
    data.write(tmp_path)
    found = changes.find_changes(changes.Request(str(tmp_path), "2024-03-20", paths=16)).attribution
    case, told = load_case(tmp_path), found.of("finding")
    assert len(told) > 8
    looked_at = taken([cause.id for cause in found.causes], 3)
    for cause in found.causes:
        ids = {fact.id for fact in cause.after}
        if cause.kind != "fact" or cause.id in found.vital or cause.id not in looked_at:
            continue
        left = replace(case, facts=tuple(fact for fact in case.facts if fact.id not in ids))
        said = items_of(appraise(left, found.after.as_of, load_playbook("hefei"), 16))
        for one in told:
            named = one.bond == "needed" and cause in one.because
            assert named == (said.get(one.item) != one.after), (one.item.id, cause.id)
