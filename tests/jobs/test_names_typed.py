"""What a page calls a thing can be typed: shipped cities, tracks, chains and playbooks are found by their names."""

import pytest

from guanzi.base.core import Bilingual, InvalidInput
from guanzi.intake.chains import chain_names, load_chain
from guanzi.jobs.chains import multipliers
from guanzi.jobs.playbooks.declared import CityRequest
from guanzi.jobs.playbooks.replicability import judge_city
from guanzi.record.evidence import city_names, load_city, load_track, track_names
from guanzi.record.playbooks import load_playbook, playbook_names

KINDS = {
    "city": (city_names, load_city, lambda city: Bilingual(city.name, city.name_zh)),
    "track": (track_names, load_track, lambda track: track.name),
    "chain": (chain_names, load_chain, lambda chain: chain.name),
    "playbook": (playbook_names, load_playbook, lambda playbook: playbook.called),
}


@pytest.mark.parametrize("kind", KINDS)
def test_each_name_that_is_printed_is_found(kind):
    names, load, called = KINDS[kind]
    for id in names():
        held = load(id)
        for name in (called(held), called(held).zh, called(held).zh.removesuffix("市")):
            assert load(name) == held, name


@pytest.mark.parametrize("kind", KINDS)
def test_a_name_of_nothing_is_refused(kind):
    _, load, _ = KINDS[kind]
    for name in ("火星", "市", ""):
        with pytest.raises(InvalidInput):
            load(name)


def test_a_city_is_judged_alike_by_each_of_its_names():
    english, chinese = (
        judge_city(CityRequest(playbook, city)) for playbook, city in (("hefei", "xian"), ("合肥", "西安"))
    )
    assert english == chinese


@pytest.mark.parametrize(("city", "province"), [("合肥", "Anhui"), ("苏州市", "Jiangsu"), ("Xi'an", "Shaanxi")])
def test_a_city_stands_for_its_province_in_multipliers(city, province):
    asked = multipliers.Request(table="china-2020-42", bill="nev", region=city)
    found = multipliers.multiply(asked).region
    assert (str(found.name), found.city != "") == (province, True)
