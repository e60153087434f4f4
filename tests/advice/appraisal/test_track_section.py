"""A panel of industries beside a case adds a section with its figures, and moves no row of the decision table."""

import re
from datetime import date
from html import unescape

import pytest
from tests.made_up_panel import made_up_panel

from guanzi.advice.appraisal import from_json, prepare, to_json, track_section, why
from guanzi.advice.appraisal.compose import compose
from guanzi.advice.appraisal.section import AppraisalContext
from guanzi.advice.appraisal.sections import SECTIONS
from guanzi.base.core import InvalidInput
from guanzi.jobs.appraisal.documents.dossier import dossier_html
from guanzi.record.evidence import find_case, load_case, load_track
from guanzi.record.playbooks import load_playbook
from guanzi.study.tracks import FIRST, Markets, Priorities, scan_region
from guanzi.study.tracks.forecast import Settings

DAY = date(2020, 4, 29)
WEIGHTS = {"feasible": 1.0, "gain": 1.0, "size": 1.0, "open": 1.0}
QOROS = AppraisalContext(prepare(load_case(find_case("qoros-changshu-2017")), None, load_playbook("hefei")))


@pytest.fixture(scope="module")
def scan():
    market = {"Electric vehicles": load_track("nev")}
    panel = made_up_panel().until(DAY.year - 1)
    return scan_region(panel, "Northport", Settings(form="logit"), Priorities(WEIGHTS), Markets(market, DAY))


@pytest.fixture(scope="module")
def found(scan):
    return compose(QOROS, (*SECTIONS, track_section(scan, "Electric vehicles")))


def test_a_section_of_tracks_moves_neither_advice_nor_row_nor_any_other_figure(found):
    usual = compose(QOROS)
    assert usual.track is None
    assert (found.advice, found.rows, found.summary) == (usual.advice, usual.rows, usual.summary)
    added = set(found.figures) - set(usual.figures)
    assert added == {id for id in found.figures if id.startswith("track.")}
    assert {id: found.figures[id] for id in usual.figures} == usual.figures


def test_its_figures_are_those_of_the_scan_and_lead_back_to_the_panel(found, scan):
    first = scan.ranked[0].candidate
    figure = found.figures["track.chance_1"]
    assert (figure.value, figure.low, figure.high) == (first.probability, first.low, first.high)
    assert found.figures["track.held"].value == scan.stands[-1].diversity
    way = why(found, "track.chance_own")
    assert [step.kind for step in way.parents] == ["industries"]
    assert found.track.sha256 in str(way.parents[0].text.params)


def test_the_panel_is_known_by_what_it_held_on_the_day_and_not_by_what_came_later(found):
    early = made_up_panel().until(DAY.year - 1)
    assert found.track.sha256 == early.sha256 != made_up_panel().sha256
    assert found.track.last_year == DAY.year - 1


def test_the_industry_of_the_case_is_answered_in_full_and_its_window_judged_on_the_day(found):
    asked = {answer.question: answer.sentences for answer in found.track.answers}
    assert tuple(asked) == ("this", "us", "now", "sure", "change")
    assert all(asked.values())
    assert "scan.window.blue" in [sentence.id for sentence in asked["now"]]


def test_an_industry_that_the_region_holds_is_said_to_be_held(scan):
    held = scan.composition[0][0]
    track = compose(QOROS, (*SECTIONS, track_section(scan, held))).track
    assert track.stand.id == "scan.own.held"
    assert track.answers == ()


def test_an_industry_that_the_panel_lacks_is_refused_with_the_nearest(scan):
    with pytest.raises(InvalidInput) as refused:
        track_section(scan, "Electric vehicle")
    assert dict(refused.value.problems[0].fix.params)["near"] == "Electric vehicles"


def test_it_is_read_again_as_it_was_written(found):
    assert from_json(to_json(found), "appraisal.json") == found


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_dossier_has_the_section_with_two_pictures_their_data_and_the_way_to_the_whole_scan(found, lang):
    page = unescape(dossier_html(found, lang))
    part = re.search(r'<section id="track".*?</section>', page, re.DOTALL).group()
    assert part.count('<div role="img"') == 2
    assert part.count("<details>") == 2
    assert 'href="scan.html"' in part
    assert part.count("<dt>") == 5
    assert len(re.findall(r'<th scope="row">', part.split("<details>")[0])) == FIRST
    assert 'href="#track"' in page
    assert 'href="#track"' not in dossier_html(compose(QOROS), lang)
    if lang == "zh":
        assert "北港" in part
        assert "Northport" not in re.sub(r"<svg.*?</svg>", "", part, flags=re.DOTALL)
