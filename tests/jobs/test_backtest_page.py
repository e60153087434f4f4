"""The page of the backtest: whole, the same each time, in both languages, and honest where nothing can be said."""

import re

import pytest
from tests.advice.backtest.library import small_library

from guanzi.advice.backtest import backtest, load_library
from guanzi.jobs.backtest.documents.backtest import backtest_document
from guanzi.record.playbooks import load_playbook
from guanzi.render import document_html

HEFEI = load_playbook("hefei")
NAMES = ("nio-hefei-2020", "boe-hefei-2008", "evergrande-guangzhou-2019", "nio-huzhou-2019", "rongan-hefei-2007")
RAW = re.compile(r"\b(?:None|nan|inf|True|False)\b|\.\d{7,}|\b(?:reports|backtest|appraisal|diligence)\.[a-z]|[{}]")


def result(folder):
    cases, problems = load_library(folder)
    return backtest(cases, HEFEI, 300, unreadable=problems)


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return result(small_library(tmp_path_factory.mktemp("library"), NAMES))


def page_of(found, lang="en"):
    return document_html(backtest_document(found), lang)


def words_of(page):
    body = re.sub(r"(?s)<style>.*?</style>|<svg.*?</svg>", " ", page)
    return re.sub(r"<[^>]+>", " ", body)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_it_is_the_same_each_time_and_says_no_code(found, lang):
    page = page_of(found, lang)
    assert page == page_of(found, lang)
    assert RAW.findall(words_of(page)) == []
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="(?!#)', page)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_case_stands_on_it_and_every_miss_is_explained(found, lang):
    page = page_of(found, lang)
    shown = {section.id for section in backtest_document(found).sections}
    for r in found.cases:
        assert (f"miss-{r.replay.profile.case}" in shown) == r.missed
        assert (r.replay.title_zh if lang == "zh" else r.replay.title) in page.replace("&#39;", "'")
        assert (f'id="miss-{r.replay.profile.case}"' in page) == r.missed
    assert "rongan-hefei-2007" in page
    assert any(r.missed for r in found.cases)


def test_links_lead_somewhere(found):
    page = page_of(found)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= set(re.findall(r'id="([^"]+)"', page))


def test_hashes_and_the_effect_of_the_contract_are_told(found):
    page = page_of(found)
    assert found.frozen_sha256 in page
    assert found.method.sha256 in page
    assert "1.45" in page  # what Evergrande was to get, in bn yuan


def test_without_a_scored_case_it_claims_nothing(tmp_path):
    nothing = result(small_library(tmp_path / "library", ("nio-huzhou-2019",)))
    page = words_of(page_of(nothing))
    assert "No case could be scored" in page
    assert RAW.findall(page) == []
