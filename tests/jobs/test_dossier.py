"""The dossier is one file, whole, safe and the same each time; every link in it leads somewhere."""

import re
from collections.abc import Callable
from datetime import date
from html.parser import HTMLParser

import pytest
from tests.jobs.looks import look
from tests.jobs.nio import nio
from tests.jobs.sample import sample

from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import Accounts, Appraisal, Summary
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.study.forecasting import REPLAYED

APPRAISAL = sample()
KINDS: dict[str, Callable[[], Appraisal]] = {
    "sample": sample,
    "nio": nio,
    "nio-framework": lambda: nio(date(2020, 2, 25)),
}

RAW = re.compile(
    r"\b(?:None|nan|inf|True|False)\b|\.\d{7,}|(?<!\.)\b\d{5,}|\b(?:reports|appraisal|terms|diligence)\.[a-z]|[{}]"
)


class Page(HTMLParser):
    """What a page holds: ids, links within the summary and elsewhere, elements, words."""

    def __init__(self, html):
        super().__init__()
        self.ids, self.links, self.summary_links, self.outside, self.tags, self.words = [], [], [], [], set(), []
        self._within_summary, self._silent = 0, 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.tags.add(tag)
        self._silent += tag == "style"
        if tag == "div":
            self._within_summary += bool(self._within_summary) or found.get("id") == "front"
        if "id" in found:
            self.ids.append(found["id"])
        link = found.get("href", "")
        if link.startswith("#"):
            self.links.append(link[1:])
            if self._within_summary:
                self.summary_links.append(link[1:])
        self.outside += [found[name] for name in ("src", "srcset", "data", "poster", "xlink:href") if name in found]
        if tag == "link" or (tag != "a" and link and not link.startswith("#")):
            self.outside.append(link)
        self.words += [found[name] for name in ("aria-label", "data-label") if found.get(name)]

    def handle_endtag(self, tag):
        self._silent -= tag == "style"
        self._within_summary -= tag == "div" and bool(self._within_summary)

    def handle_data(self, data):
        if not self._silent and data.strip():
            self.words.append(data.strip())


@pytest.fixture(scope="module", params=KINDS)
def appraisal(request):
    return KINDS[request.param]()


@pytest.fixture(scope="module")
def full(appraisal):
    return dossier_html(appraisal)


@pytest.fixture(scope="module")
def revealed():
    return Page(dossier_html(APPRAISAL, "en", look()))


@pytest.fixture(scope="module")
def full_page(full):
    return Page(full)


@pytest.fixture(scope="module")
def html():
    return dossier_html(APPRAISAL)


@pytest.fixture(scope="module")
def page(html):
    return Page(html)


@pytest.fixture(scope="module")
def bare():
    """An appraisal for want of evidence: nothing simulated, no terms, no findings."""
    return APPRAISAL.model_copy(
        update={
            "advice": "insufficient_evidence",
            "summary": Summary(
                question=APPRAISAL.summary.question, headline=APPRAISAL.summary.headline, figures=(), reasons=(),
                risks=(), assets=(), gaps=(),
            ),
            "rows": (), "reversals": (), "demands": (), "findings": (), "figures": {}, "fans": {}, "trends": {},
            "exposure": None, "accounts": Accounts(fund=(), budget=(), cluster=(), years=()), "clauses": (),
            "parameters": (), "sensitivity": None, "yearly": {}, "facts": (), "sources": (), "ratios": (),
        }
    )  # fmt: skip


def test_every_link_of_the_summary_leads_to_its_anchor(full_page):
    assert len(full_page.summary_links) > 10
    assert [link for link in full_page.summary_links if link not in full_page.ids] == []


def test_every_figure_of_the_summary_links_to_where_it_comes_from(appraisal, full_page):
    assert {f"figure-{id}" for id in appraisal.summary.figures[:4]} <= set(full_page.summary_links)


def test_a_drawn_volume_says_how_often_such_a_band_held_what_came(appraisal, full):
    """A median of 29,000 cars a year was taken for a forecast of the 326,028 that came."""
    drawn = [id for id, fan in appraisal.fans.items() if id in REPLAYED and fan.dates]
    assert full.count("Do not plan with the median.") == len(drawn)


def test_at_most_four_figures_are_read_first_and_each_names_its_deal(full):
    (shown,) = re.findall(r'<div class="key".*?</dl>', full, re.DOTALL)
    figures = re.findall(r"<dt>(.*?)</dt>", shown)
    assert 0 < len(figures) <= 4
    deals = [re.search(r'<span class="tag">(as .+|whatever the terms)</span>', figure) for figure in figures]
    assert all(deals), "every figure names the deal that it is of"


def test_every_link_leads_to_its_anchor(full_page):
    assert [link for link in full_page.links if link not in full_page.ids] == []


def test_every_figure_leads_on_to_all_of_its_parents(appraisal, full):
    entries = dict(re.findall(r'<tr id="figure-([^"]+)">(.*?)</tr>', full, re.DOTALL))
    assert set(entries) == set(appraisal.figures)
    placed = {id: [p for p in f.parents if not p.startswith("prior.")] for id, f in appraisal.figures.items()}
    short = {id: parents for id, parents in placed.items() if entries[id].count('href="#') != len(parents)}
    assert short == {}


def test_ids_and_links_hold_with_the_outcome_revealed(revealed):
    assert sorted(revealed.ids) == sorted(set(revealed.ids))
    assert [link for link in revealed.links if link not in revealed.ids] == []
    assert revealed.tags.isdisjoint({"script", "iframe", "object", "embed", "link", "img"})


def test_ids_are_unique(full_page):
    assert sorted(full_page.ids) == sorted(set(full_page.ids))


def test_the_page_asks_for_nothing_from_outside_and_runs_no_script(full, full_page):
    assert full_page.outside == []
    assert full_page.tags.isdisjoint({"script", "iframe", "object", "embed", "link", "img"})
    assert not re.search(r"@import|url\(|<[^>]*\son[a-z]+=", full)


def test_no_message_id_and_no_raw_value_is_shown(appraisal, full_page):
    own = {*appraisal.figures, *(c.id for c in appraisal.clauses), *(s.title for s in appraisal.sources)}
    odd = [w for w in full_page.words if w not in own and not re.fullmatch(r"[0-9a-f]{64}", w) and RAW.search(w)]
    assert odd == []


def test_a_source_without_address_is_named_and_not_linked(html):
    entry = re.search(r'<li id="source-mirror">(.*?)</li>', html, re.DOTALL)
    assert entry
    assert "href" not in entry[1]
    assert "Reuters" in entry[1]


def test_what_nobody_knows_is_hatched(html):
    assert re.search(r'<td[^>]* class="none"><a href="#figure-cluster.jobs">no evidence</a>', html)


def test_a_work_that_several_findings_rest_on_is_named_once(full):
    lines = re.findall(r"Reasoning based on:(.*?)</p>", full, re.DOTALL)
    assert lines
    for line in lines:
        works = [work.strip() for work in line.split("; ")]
        assert len(works) == len(set(works))


def test_among_the_open_questions_unseen_clauses_are_counted_and_the_terms_show_each(html):
    questions = html.split('<section id="questions"')[1].split('<section id="evidence"')[0]
    assert "not seen" in questions
    assert 'href="#terms"' in questions
    assert 'id="clause-put.obligors"' in html.split('<section id="questions"')[0]
    assert 'href="#clause-t1"' not in questions


def test_sections_stand_in_the_reader_s_order(page):
    order = ["summary", "findings", "workstreams", "terms", "decision", "exposure", "accounts", "fiscal", "fans"]
    order += ["sensitivity", "questions", "evidence", "trends", "figures", "simulation", "playbook", "versions"]
    order.append("sources")
    assert [id for id in page.ids if id in order] == order


def test_the_annex_is_folded_and_nothing_else_is(html):
    folded = re.findall(r'<section id="([\w-]+)"[^>]*>\s*<details class="annex">', html)
    assert folded == ["evidence", "trends", "figures", "simulation", "playbook", "versions", "sources"]


def test_each_chart_has_a_sentence_a_table_and_an_alternative_text(html):
    charts = re.findall(r'<figure class="chart">(.*?)</figure>', html, re.DOTALL)
    assert len(charts) == 8
    for chart in charts:
        assert re.search(r"<figcaption>.{20,}</figcaption>", chart)
        assert re.search(r'role="img" aria-label=".{20,}"', chart)
    assert all("<table" in chart for chart in charts)


def test_the_same_appraisal_is_the_same_bytes(html):
    assert dossier_html(Appraisal.model_validate_json(APPRAISAL.model_dump_json())) == html


def test_words_of_a_case_cannot_break_the_page():
    evil = "<script>alert(1)</script>\"'&"
    summary = APPRAISAL.summary.model_copy(update={"headline": Text(id="reports.unit.count", params={"number": evil})})
    fact = APPRAISAL.facts[0].model_copy(update={"note": evil, "held_because": evil})
    page = dossier_html(APPRAISAL.model_copy(update={"summary": summary, "facts": (fact, *APPRAISAL.facts[1:])}))
    assert "<script" not in page
    assert "&lt;script&gt;" in page


def test_a_source_s_address_that_is_no_web_address_is_no_link():
    source = APPRAISAL.sources[0].model_copy(update={"address": "javascript:alert(1)"})
    page = dossier_html(APPRAISAL.model_copy(update={"sources": (source, *APPRAISAL.sources[1:])}))
    assert "javascript:" not in page


def test_an_appraisal_without_evidence_says_what_is_missing_and_what_to_do(bare):
    html = dossier_html(bare)
    page = Page(html)
    assert "Insufficient evidence" in html
    assert html.count('<p class="unknown"') >= 8
    assert [link for link in page.links if link not in page.ids] == []
