"""The comparison: what a mayor reads, in both languages, with nothing on it that the data do not say."""

import re
from html import unescape

import pytest
from tests.announced import announced_only

from guanzi.advice.appraisal import compare_playbooks
from guanzi.base.core import render
from guanzi.jobs.appraisal.documents.comparison import comparison_document
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook
from guanzi.render import Measurement, document_html

NAMES = ["hefei", "shenzhen", "xian"]


def compared(case):
    return compare_playbooks(case, [load_playbook(name) for name in NAMES], paths=128)


def page(comparison, lang="en"):
    return document_html(comparison_document(comparison), lang)


def table(comparison, id):
    return next(table for table in comparison_document(comparison).tables() if table.id == id)


def told(words):
    return words if isinstance(words, str) else render(words)


@pytest.fixture(scope="module")
def nio():
    return compared(load_case(find_case("nio-hefei-2020")))


@pytest.fixture(scope="module")
def announced(tmp_path_factory):
    return compared(announced_only(tmp_path_factory.mktemp("announced")))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_file_without_script_and_requests_and_the_same_bytes_again(nio, lang):
    html = page(nio, lang)
    assert html == page(nio, lang)
    assert not re.search(r"<script|<img|<link|@import|url\(", html)
    assert f'<html lang="{lang}">' in html


def test_every_link_leads_to_a_place_on_the_page(nio):
    html = page(nio)
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets
    assert targets <= ids
    assert len(re.findall(r'\sid="([^"]+)"', html)) == len(ids)


def test_the_advice_of_each_playbook_on_the_draft_and_on_its_own_deal_stands_in_the_overview(nio):
    words = {"decline": "Decline", "back_with_conditions": "Back, with conditions"}
    rows = table(nio, "overview").rows
    assert [row.id for row in rows] == [f"playbook:{name}" for name in NAMES]
    for column, row in zip(nio.columns, rows, strict=True):
        assert (told(row.cells[0].value), told(row.cells[-1].value)) == (
            words[column.draft.advice],
            words[column.own.advice],
        )


def test_what_playbooks_have_alike_is_said_once_with_their_names(nio):
    html = page(nio)
    common = [set(map(repr, column.draft.deciding)) for column in nio.columns if column.draft.advice == "decline"]
    assert len(common) > 1
    assert set.intersection(*common)
    assert [told(row.head.value) for row in table(nio, "reasons").rows].count("Hefei and Xi'an (Shaanxi)") == 1
    assert html.count("making each later instalment depend on the next commitment") == 1
    sources = re.findall(r'<li id="source-[^"]+">(.*?)</li>', html)
    assert len(sources) == len(set(sources))


def test_figures_of_all_deals_stand_side_by_side_where_they_differ(nio):
    risk = table(nio, "risk")
    assert [told(column.head) for column in risk.columns][1:] == ["As signed", "Hefei", "Shenzhen", "Xi'an (Shaanxi)"]
    for row in risk.rows:
        id = row.id.removeprefix("figure:")
        deals = (nio.columns[0].draft, *(column.own for column in nio.columns))
        assert [cell.value and cell.value.value for cell in row.cells] == [deal.figures[id].value for deal in deals]
        assert len({repr(cell.value) for cell in row.cells}) > 1


def test_figures_that_are_the_same_under_every_deal_are_said_in_a_sentence(nio):
    first = nio.columns[0]
    one = nio.model_copy(update={"columns": (first.model_copy(update={"own": first.draft}),)})
    assert not [held for held in comparison_document(one).tables() if held.id == "risk"]
    assert "Public money in every form, with guarantees to others than public parties: 7.0 bn yuan" in page(one)


def test_drafts_that_playbooks_count_apart_have_columns_of_their_own(nio):
    last = nio.columns[-1]
    figures = {id: f.model_copy(update={"value": (f.value or 0.0) + 1.0}) for id, f in last.draft.figures.items()}
    other = last.model_copy(update={"draft": last.draft.model_copy(update={"figures": figures})})
    risk = table(nio.model_copy(update={"columns": (*nio.columns[:-1], other)}), "risk")
    assert [told(column.head) for column in risk.columns][1:3] == [
        "As signed, as judged by Hefei and Shenzhen",
        "As signed, as judged by Xi'an (Shaanxi)",
    ]
    assert risk.rows[0].cells[1].value == Measurement(7001.0, "CNY m")


def test_what_stands_behind_each_change_is_marked(nio):
    changes = table(nio, "changes")
    behind = {told(row.cells[1].value) for row in changes.rows}
    assert behind == {"playbook, sourced", "playbook, judgement"}
    sourced = [row for row in changes.rows if told(row.cells[1].value) == "playbook, sourced"]
    anchors = comparison_document(nio).anchors
    assert all(set(row.cells[2].rests) <= anchors and row.cells[2].rests for row in sourced)


def test_payments_of_all_deals_stand_in_the_order_of_their_days(nio):
    rows = table(nio, "plans").rows
    days = [row.head.value for row in rows]
    assert days == sorted(days)
    deals = (nio.columns[0].draft, *(column.own for column in nio.columns))
    assert sum(row.cells[2].value for row in rows) == pytest.approx(sum(e.public for deal in deals for e in deal.plan))


def test_what_was_not_found_is_hatched_and_incomplete_pilots_say_what_is_missing(nio):
    html = page(nio)
    assert re.search(r'<td data-label="What it says" class="none">', html)
    assert "No evidence yet; missing: owner and safety case." in html


def test_what_the_draft_does_not_say_is_no_evidence_and_never_a_nought(announced):
    html = page(announced)
    assert "no evidence" in html
    assert {cell.value for row in table(announced, "risk").rows for cell in row.cells[:1]} == {None}
    assert "The deal as it stands plans no payment with a known form and date." in html
    assert "at the company's value" in unescape(html)
    assert "for the deal as it stands it is not computed" in html
    bare = announced.model_copy(
        update={"columns": tuple(c.model_copy(update={"own": None, "changes": ()}) for c in announced.columns)}
    )
    html = page(bare)
    assert "No deal was simulated for the possible public loss" in html
    assert "No risk was computed" in html
    assert "nothing was simulated." in html
    assert "the same futures" not in html


@pytest.mark.parametrize("case", ["nio", "announced"])
def test_the_chinese_page_has_no_english_sentence_left(case, request):
    html = page(request.getfixturevalue(case), "zh")
    body = html.split("<body")[1].split('id="sources-heading"')[0]
    publishers = r'<a href="#source-[^"]+">.*?</a>'  # cited as they call themselves
    text = re.sub(rf"{publishers}|<svg.*?</svg>|<[^>]+>", " ", body, flags=re.DOTALL)
    text = re.sub(r"[A-Z][A-Za-z0-9.-]*|\[[A-D]\]", " ", text)
    assert re.findall(r"\b(?:the|of|and|is|that|with|for|in)\b", text) == []
