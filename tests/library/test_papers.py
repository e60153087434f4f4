"""A paper of a day says nothing that was written later: not the title of a source, its note, its address, or its name.

Every string of every paper of the shipped cases is read, of one of each sort by ``make test``, of all by the proofs.
Each is appraised for it as of its decision, whatever its company, country and term sheet.
"""

import json
import re
from html import unescape

import pytest
from tests.library.papers import appraised, papers, text_of

from guanzi.advice.appraisal import to_json
from guanzi.base.core import render
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.jobs.shared.documents.figures import format_value
from guanzi.record.evidence import UNITS_BY_NAME, builtin_cases, find_case, load_case

OF_EACH_SORT = (
    *("boe-hefei-2008", "borgward-beijing-2019", "britishvolt-blyth-2022", "ehang-hefei-2023"),
    *("intel-magdeburg-2023", "joby-ohio-2023", "lilium-bavaria-2024", "nio-hefei-2020", "samsung-taylor-2021"),
    "solyndra-fremont-2009",
)
"""These are appraised and read by ``make test``, all cases by ``make prove``."""
PAGES = [
    pytest.param(name, marks=() if name in OF_EACH_SORT else pytest.mark.prove, id=name) for name in builtin_cases()
]


def _later(name):
    case = load_case(find_case(name))
    view = case.view(case.decision_date)
    return [s for s in view.sources if s.date is None or s.date > view.as_of], view


def _strings(data):
    if isinstance(data, dict):
        for value in data.values():
            yield from _strings(value)
    elif isinstance(data, list):
        for value in data:
            yield from _strings(value)
    elif isinstance(data, str):
        yield data


def test_pages_are_read_of_every_company_model_in_every_currency():
    cases = [load_case(find_case(name)) for name in builtin_cases()]
    sorts = {(case.model, case.currency) for case in cases}
    assert {(case.model, case.currency) for case in cases if case.id in OF_EACH_SORT} == sorts


@pytest.mark.parametrize("name", PAGES)
def test_a_case_is_appraised_as_of_its_decision(name):
    case = load_case(find_case(name))
    appraisal = appraised(name)
    assert appraisal.as_of == case.decision_date
    assert appraisal.case.currency == case.currency
    confirmed = {f.id for f in case.facts if f.availability == "confirmed"}
    assert {fact.id for fact in appraisal.facts} <= confirmed | {dated.entity.id for dated in case.entities}
    money = {figure.unit for figure in appraisal.figures.values() if figure.kind != "fact" and figure.unit[3:] == " m"}
    assert money <= {f"{case.currency} m"}


@pytest.mark.parametrize("name", PAGES)
def test_no_paper_tells_the_words_of_a_later_source(name):
    sources, view = _later(name)
    held = {s.title for s in view.sources if s not in sources}
    words = {w for s in sources for w in (s.title, s.note, s.address, s.link) if w} - held
    words |= {f.note for f in view.facts if f.note and f.source in {s.id for s in sources}}
    words -= {f.note for f in view.facts if f.source not in {s.id for s in sources}}
    words = {w for w in words - {view.company.name} if " " in w.strip()}  # the name of the company tells nothing
    names = {s.id for s in sources}
    appraisal = appraised(name)
    strings = set(_strings(json.loads(to_json(appraisal))))
    assert not names & strings
    for paper in papers(name).values():
        assert [w for w in words if w in paper] == []
        assert [n for n in names if f'source-{n}"' in paper] == []


@pytest.mark.parametrize("name", PAGES)
def test_a_later_source_shows_its_grade_and_no_day(name):
    sources, view = _later(name)
    shown = appraised(name).sources
    assert len(shown) == len(view.sources)
    assert sorted(s.grade for s in shown if s.withheld) == sorted(s.grade for s in sources)
    assert all(s.date is None and not s.publisher and not s.title for s in shown if s.withheld)
    assert all(s.date is not None and s.date <= view.as_of for s in shown if not s.withheld)


def test_the_papers_of_nio_say_what_a_later_source_is_in_both_languages():
    assert "a later source of grade A, named in the auditor's appendix" in papers("nio-hefei-2020")["dossier.en"]
    assert "事后来源（A级），名称见审计附录" in papers("nio-hefei-2020")["dossier.zh"]


def test_a_clause_with_a_later_source_says_why_it_was_held():
    clauses = [c for c in appraised("nio-hefei-2020").clauses if c.source.startswith("later-")]
    assert clauses
    assert all(c.held_because is not None for c in clauses)
    assert "the parties had this term sheet from 29 April 2020" in papers("nio-hefei-2020")["dossier.en"]


def test_the_auditor_gets_them_all_on_request():
    asked = appraised("nio-hefei-2020", later_sources=True)
    sources, _ = _later("nio-hefei-2020")
    assert [s.own_id for s in asked.later_sources] == [s.id for s in sources]
    page = dossier_html(asked)
    assert "Auditor's appendix" in unescape(page)
    assert "Form 6-K, interim report for the first half of 2025" in page
    assert asked.sources == appraised("nio-hefei-2020").sources


# Figures and words


STATISTICS = ("median", "mean", "average", "probability", "share", "worst", "largest", "futures", "expected", "part")
"""Words of which the label of a simulated figure has one: it says which statistic it is."""


@pytest.mark.parametrize("name", PAGES)
def test_every_simulated_figure_says_which_statistic_it_is(name):
    figures = [f for f in appraised(name).figures.values() if f.kind == "simulated"]
    labels = {f.id: render(f.label.model_dump()).lower() for f in figures}
    assert [id for id, label in labels.items() if not any(word in label for word in STATISTICS)] == []
    assert [id for id, label in labels.items() if label.startswith("the same")] == []  # it stands alone among reasons


@pytest.mark.parametrize("name", PAGES)
def test_what_others_lose_and_the_net_gain_add_up_to_the_gross_in_every_column(name):
    for table in appraised(name).fiscal:
        if table.id == "displacement" and table.rows:
            gross, taken, net = ([float(str(cell)) for cell in row[1:]] for row in table.rows)
            assert [t + n for t, n in zip(taken, net, strict=True)] == gross
            assert taken[0] <= taken[1] <= taken[2]


@pytest.mark.parametrize("name", PAGES)
def test_a_difference_of_probabilities_is_told_in_points(name):
    figure = appraised(name).figures.get("additionality.survival")
    if figure is not None and figure.value is not None:
        for lang, unit in (("en", "percentage points"), ("zh", "个百分点")):
            assert unit in format_value(figure, lang)
            assert format_value(figure, lang) in text_of(papers(name)[f"dossier.{lang}"])


@pytest.mark.parametrize("name", PAGES)
def test_no_paper_shows_a_key_of_the_code(name):
    keys = {f.code for f in appraised(name).findings} | set(UNITS_BY_NAME)
    keys -= {part for c in appraised(name).clauses for part in c.id.split(".")}  # where a clause stands in the sheet
    for paper, page in papers(name).items():
        if paper != "appraisal":
            text = re.sub(r"(add a fact|补充事实)[\s`]+[a-z]{3}_[a-z]{3}", "", text_of(page))  # to be typed
            shown = set(re.findall(r"[A-Za-z]+(?:_[A-Za-z0-9]+)+", text))
            assert shown & keys == set(), paper


@pytest.mark.parametrize("name", PAGES)
def test_a_chinese_paper_marks_all_words_that_stand_in_another_language(name):
    for kind in ("dossier.zh", "brief.zh"):
        own = re.sub(r'<(span|cite)[^>]* lang="(?:en|und)">.*?</\1>', " ", papers(name)[kind], flags=re.DOTALL)
        assert re.findall(r"[a-z]{2,}(?: [a-z]{2,}){2,}", text_of(own)) == [], kind


WRONG = {
    "one year has no plural": r"\b1 years\b",
    "a day in digits with hyphens": r"\(20\d\d-\d\d-\d\d\)",
    "a sentence ends before a comma": r"。、|。和(?=[^。]{2,8}自)",
    "a number of the machine": r"0\.0{6,}\d",
    "a part beyond all of it": r"\b10[1-9](?:\.\d)?\s?% \| ",
    "a bare unit between number and words": r"\d百万(?:股|美元)",
    "the unit of a rate after the first number": r"\d至每",
    "one instalment in the plural": r"\b1 instalments|instalments [a-z]\w* \(",
}


@pytest.mark.parametrize("wrong", sorted(WRONG))
@pytest.mark.parametrize("name", ["nio-hefei-2020", "boe-hefei-2008", "byd-hefei-2021"])
def test_no_paper_is_written_carelessly(name, wrong):
    for kind, page in papers(name).items():
        if kind != "appraisal":
            assert re.findall(f".{{0,30}}{WRONG[wrong]}.{{0,30}}", text_of(page)) == [], kind


def test_papers_say_that_distress_is_not_failure_and_whose_world_a_figure_is_of():
    page = papers("nio-hefei-2020")["brief.en"]
    assert "failure means liquidation only" in page
    assert "Distress within five years without the deal" in page
    label = "Probability that the company fails (is liquidated) within five years, {} the deal"
    dossier = papers("nio-hefei-2020")["dossier.en"]
    assert all(label.format(world) in dossier for world in ("with", "without"))
    assert "倒闭仅指清算" in papers("nio-hefei-2020")["brief.zh"]


def test_clauses_and_rivals_are_called_by_their_names_in_both_languages():
    chinese = text_of(papers("nio-hefei-2020")["dossier.zh"])
    assert "违约救济除条款文字外未见其他内容：蔚来持股锁定和总部落户合肥" in chinese
    assert "特斯拉在国内每周生产1,000辆" in chinese
    assert "交割先决条件；陈述、保证与赔偿；" in chinese
