"""The brief: one page for a committee, and nothing on it that the appraisal does not say."""

import re
from datetime import date
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.jobs.nio import nio
from tests.jobs.sample import sample, words

from guanzi.advice.appraisal import Accounts, Demand, Text, to_json
from guanzi.jobs.appraisal.documents.brief import WORTH, brief_html, fitting, lines_of

APPRAISAL = sample()
TEXTS = st.lists(st.text("ab 合肥", max_size=200), max_size=20)


@pytest.fixture(scope="module")
def html():
    return brief_html(APPRAISAL)


def points(html, heading):
    part = html.split(f'id="{heading}"')[1].split("</ol>")[0]
    return re.findall(r"<li>(?:<span>)?(.*?)(?:</span>)?</li>", part)


@pytest.mark.parametrize("as_of", [date(2020, 4, 29), date(2020, 2, 25)])
def test_two_reasons_two_risks_and_no_risk_that_is_a_reason(as_of):
    html = brief_html(nio(as_of))
    reasons, risks = points(html, "reasons-heading"), points(html, "risks-heading")
    assert len(reasons) == len(risks) == 2
    assert not set(reasons) & set(risks)


def test_advice_vote_dissent_and_hashes_are_there(html):
    assert "Back, with conditions</h2>" in html
    for part in ("Dissent", "Vote", "Against", "Chair", APPRAISAL.versions.method_sha256, APPRAISAL.playbook.sha256):
        assert part in html


def test_the_hash_is_that_of_appraisal_json(html):
    assert sha256(to_json(APPRAISAL).encode()).hexdigest() in html


def test_the_years_of_payment_stand_against_the_budget(html):
    rows = re.findall(r'<th scope="row">(\d{4})</th>(.*?)</tr>', html, re.DOTALL)
    assert [year for year, _ in rows] == ["2020", "2021"]  # 2022 has receipts only
    assert "6.0" in rows[0][1]
    assert "8\xa0%" in rows[0][1] or "8 %" in rows[0][1]


def test_no_script_and_nothing_from_outside(html):
    assert not re.search(r"<script|<img|<link|@import|url\(|\shref=", html)


def test_conditions_without_room_are_counted_not_dropped():
    many = tuple(Demand(id=f"d{i}", text=words(f"Condition {i}: " + "so it must be " * 12)) for i in range(40))
    html = brief_html(APPRAISAL.model_copy(update={"demands": many}))
    shown = len(points(html, "conditions-heading"))
    assert 0 < shown < 40
    assert f"{40 - shown} more in the dossier." in html


def test_without_a_term_sheet_the_money_says_what_is_missing():
    bare = APPRAISAL.model_copy(update={"accounts": Accounts(fund=(), budget=(), cluster=(), years=())})
    assert "plan no payment of a known amount" in brief_html(bare)


@given(TEXTS, st.integers(1, 30))
def test_what_fits_has_room_and_one_more_has_not(texts, lines):
    n = fitting(texts, 20, lines)
    assert sum(lines_of(t, 20) for t in texts[:n]) <= lines
    assert n == len(texts) or sum(lines_of(t, 20) for t in texts[: n + 1]) > lines


def test_the_sentence_on_value_stands_on_the_brief_where_its_sign_cannot_be_told_too():
    found = nio()
    said = next(s for s in found.summary.sentences if s.id.startswith(WORTH))
    unclear = Text(id="appraisal.sentence.value_unclear", params={"said": said.model_dump(), "error": 268.0})
    sentences = tuple(unclear if s is said else s for s in found.summary.sentences)
    summary = found.summary.model_copy(update={"sentences": sentences})
    assert "cannot be told from zero" in brief_html(found.model_copy(update={"summary": summary}))
