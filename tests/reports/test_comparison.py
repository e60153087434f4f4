"""The comparison page: what a mayor reads, in both languages, with nothing on it that the data do not say."""

import re

import pytest

from guanzi.advice.appraisal import compare_playbooks
from guanzi.record.evidence import find_case, load_case
from guanzi.record.playbooks import load_playbook
from guanzi.reports import comparison_html

NAMES = ["hefei", "shenzhen", "xian"]


def compared(case):
    return compare_playbooks(load_case(find_case(case)), [load_playbook(name) for name in NAMES], paths=128)


@pytest.fixture(scope="module")
def nio():
    return compared("nio-hefei-2020")


@pytest.fixture(scope="module")
def ehang():
    return compared("ehang-hefei-2023")


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_one_file_without_script_and_requests_and_the_same_bytes_again(nio, lang):
    html = comparison_html(nio, lang)
    assert html == comparison_html(nio, lang)
    assert not re.search(r"<script|<img|<link|@import|url\(", html)
    assert f'<html lang="{lang}">' in html


def test_every_link_leads_to_a_place_on_the_page(nio):
    html = comparison_html(nio)
    ids = set(re.findall(r'\sid="([^"]+)"', html))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets
    assert targets <= ids
    assert len(re.findall(r'\sid="([^"]+)"', html)) == len(ids)


def test_the_advice_of_each_playbook_stands_in_the_overview_and_in_its_section(nio):
    html = comparison_html(nio)
    words = {"decline": "Decline", "back_with_conditions": "Back, with conditions"}
    for column in nio.columns:
        section = html.split(f'<section id="{column.id}"')[1].split("</section>")[0]
        assert f"The draft: {words[column.draft.advice]}" in section
        assert f"The deal as it would be here: {words[column.own.advice]}" in section
    assert html.count('<section id="') == len(NAMES)


def test_what_is_the_playbooks_and_what_is_the_drafts_is_marked(nio):
    section = comparison_html(nio).split('<section id="shenzhen"')[1].split("</section>")[0]
    for tag in ("playbook, sourced", "playbook, a judgement", "draft"):
        assert f'<span class="tag">{tag}</span>' in section


def test_what_was_not_found_is_hatched_and_incomplete_pilots_say_what_is_missing(nio):
    html = comparison_html(nio)
    assert '<li class="none">' in html
    assert "No evidence yet; missing: owner, safety case." in html


def test_what_the_draft_does_not_say_is_no_evidence_and_never_a_nought(ehang):
    html = comparison_html(ehang)
    assert "no evidence" in html
    assert "The draft plans no payment of a known form and day." in html
    assert "at what the simulated company is worth" in html
    assert "for the draft it cannot be computed" in html
    bare = ehang.model_copy(
        update={"columns": tuple(c.model_copy(update={"own": None, "changes": ()}) for c in ehang.columns)}
    )
    html = comparison_html(bare)
    assert "is not computed for any of them" in html
    assert "No risk is computed." in html


@pytest.mark.parametrize("case", ["nio", "ehang"])
def test_the_chinese_page_has_no_english_sentence_left(case, request):
    html = comparison_html(request.getfixturevalue(case), "zh")
    body = html.split("<body")[1].split('id="sources-heading"')[0]
    text = re.sub(r"<svg.*?</svg>|<[^>]+>", " ", body, flags=re.DOTALL)
    text = re.sub(r"[A-Z][A-Za-z0-9.-]*|\[[A-D]\]", " ", text)
    assert re.findall(r"\b(?:the|of|and|is|that|with|for|in)\b", text) == []
