"""The effect of an event on an industry of a province: told with its interval, or why it is not."""

import json

import pytest

from guanzi.base.core import InvalidInput, dump_json
from guanzi.jobs.tracks import effects
from guanzi.jobs.tracks.declared import EffectRequest
from guanzi.render import document_screen


def told(**asked):
    found = effects.judge(EffectRequest(**asked))
    return json.loads(dump_json(effects.data(found))), found


def test_after_the_last_year_of_the_panel_nothing_is_identified():
    data, found = told()
    assert (data["identified"], data["obstacle"], data["years"]) == (False, "no_later", [])
    assert data["chance"] is None
    assert "2019" in document_screen(effects.document_of(found), "en")


def test_a_year_in_the_middle_has_donors_placebos_and_an_interval():
    data, _ = told(region="安徽", industry="汽车", since=2010)
    assert data == told(region="Anhui", since=2010)[0]
    assert data["identified"]
    assert data["donors"] >= data["placebos"] >= 15
    assert sum(data["mixture"].values()) == pytest.approx(1, abs=0.05)
    assert [year["year"] for year in data["years"]] == list(range(2010, 2020))
    for year in data["years"]:
        assert 0 < year["came"] < 1
        assert year["low"] <= year["effect"] <= year["high"]
        assert year["effect"] == pytest.approx(year["came"] - year["without"])


@pytest.mark.parametrize("since", [2006, 2009, 2012])
def test_few_provinces_without_any_event_that_we_know_leave_out_nought(since):
    last = []
    for region in told(since=since)[1].panel.regions:
        data, _ = told(region=str(region), since=since, until=since + 4)
        last += data["years"][-1:]
    assert len(last) >= 15
    assert sum(year["low"] > 0 or year["high"] < 0 for year in last) / len(last) <= 0.2


@pytest.mark.parametrize(
    ("asked", "where"),
    [
        ({"panel": "nz-employment"}, "--panel"),
        ({"panel": "nowhere"}, "--panel"),
        ({"region": "Atlantis"}, "PROVINCE"),
        ({"industry": "Spaceships"}, "--industry"),
    ],
)
def test_what_there_is_none_of_is_refused_at_what_was_typed(asked, where):
    with pytest.raises(InvalidInput) as refused:
        effects.judge(EffectRequest(**asked))
    assert refused.value.problems[0].fix
    assert str(refused.value.problems[0].place) == where


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_says_what_is_not_seen(lang):
    found = effects.judge(EffectRequest(since=2010))
    shown = "".join(document_screen(effects.document_of(found), lang, width=400).split())
    for words in found.panel.record.unseen:
        assert "".join(words.localised(lang).split()) in shown
