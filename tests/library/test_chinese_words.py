"""What the library holds of cities and markets is said in Chinese on a Chinese page, publishers and values too."""

import re

import pytest

from guanzi.base.core import Bilingual
from guanzi.record.evidence import city_names, load_city, load_track, track_names
from guanzi.record.playbooks import load_playbook, playbook_names
from guanzi.render import localise

KINDS = ((load_city, city_names()), (load_track, track_names()))
HELD = {f"{load.__name__} {name}": (load, name) for load, names in KINDS for name in names}
ENGLISH = re.compile(r"\b(?:a|and|by|copy|for|from|in|of|on|press|report|the|with)\b|\([^)]*\)")
"""Words that only a sentence in English has, and brackets of half width."""


@pytest.mark.parametrize("held", HELD)
def test_every_publisher_title_and_value_has_a_chinese_form(held):
    load, name = HELD[held]
    found = load(name)
    words = [word for source in found.sources for word in (source.publisher, source.title)]
    words += [fact.value for fact in found.facts if isinstance(fact.value, str)]
    words += [fact.note for fact in found.facts if fact.note]
    lacking = [word for word in words if not isinstance(word, Bilingual) or not word.zh]
    assert not lacking


@pytest.mark.parametrize("name", playbook_names())
def test_every_publisher_of_a_playbook_has_a_chinese_form(name):
    publishers = [source.publisher for source in load_playbook(name).sources]
    chinese = [told.zh if isinstance(told, Bilingual) else "" for told in publishers]
    assert not [told for told in chinese if not told or ENGLISH.search(told)]


@pytest.mark.parametrize("held", HELD)
def test_a_chinese_publisher_has_no_english_sentence_in_it(held):
    load, name = HELD[held]
    assert not [source.id for source in load(name).sources if ENGLISH.search(localise(source.publisher, "zh"))]
