"""A paper of a day says nothing that was written later: not the title of a source, its note, its address, or its name.

Every string of every paper of every shipped case is read.
"""

import json

import pytest
from tests.library.papers import appraised, papers

from guanzi.appraisal import to_json
from guanzi.evidence import builtin_cases, find_case, load_case
from guanzi.reports import dossier_html


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


@pytest.mark.parametrize("name", builtin_cases())
def test_no_paper_tells_the_words_of_a_later_source(name):
    sources, view = _later(name)
    held = {s.title for s in view.sources if s not in sources}
    words = {w for s in sources for w in (s.title, s.note, s.address, s.link) if w} - held
    words |= {f.note for f in view.facts if f.note and f.source in {s.id for s in sources}}
    words -= {f.note for f in view.facts if f.source not in {s.id for s in sources}}
    words = {w for w in words if " " in w.strip()}  # a title that is the name of the company tells nothing
    names = {s.id for s in sources}
    appraisal = appraised(name)
    strings = set(_strings(json.loads(to_json(appraisal))))
    assert not names & strings
    for paper in papers(name).values():
        assert [w for w in words if w in paper] == []
        assert [n for n in names if f'source-{n}"' in paper] == []


@pytest.mark.parametrize("name", builtin_cases())
def test_a_later_source_shows_its_grade_and_no_day(name):
    sources, view = _later(name)
    shown = appraised(name).sources
    assert len(shown) == len(view.sources)
    assert sorted(s.grade for s in shown if s.withheld) == sorted(s.grade for s in sources)
    assert all(s.date is None and not s.publisher and not s.title for s in shown if s.withheld)
    assert all(s.date is not None and s.date <= view.as_of for s in shown if not s.withheld)


def test_the_papers_of_nio_say_what_a_later_source_is_in_both_languages():
    assert "a later source of grade A, named in the appendix of the auditor" in papers("nio-hefei-2020")["dossier.en"]
    assert "事后来源（A级），名称见审计附录" in papers("nio-hefei-2020")["dossier.zh"]


def test_a_clause_with_a_later_source_says_why_it_was_held():
    clauses = [c for c in appraised("nio-hefei-2020").clauses if c.source.startswith("later-")]
    assert clauses
    assert all(c.held_because is not None for c in clauses)
    assert "the parties had this term sheet from 29 April 2020 on" in papers("nio-hefei-2020")["dossier.en"]


def test_the_auditor_gets_them_all_on_request():
    asked = appraised("nio-hefei-2020", later_sources=True)
    sources, _ = _later("nio-hefei-2020")
    assert [s.own_id for s in asked.later_sources] == [s.id for s in sources]
    page = dossier_html(asked)
    assert "Appendix of the auditor" in page
    assert "Form 6-K, interim report for the first half of 2025" in page
    assert asked.sources == appraised("nio-hefei-2020").sources
