"""Words in two languages: one value, said in the language of the sentence around it."""

import copy
import pickle

import pytest

from guanzi.base.core import Bilingual, Message, canonical_json, localised, plain_words, render

PLANT = Bilingual("plant in Hefei", "合肥工厂")


def test_words_are_said_in_the_language_of_the_sentence_also_after_they_were_stored():
    for message in (Message.of("appraisal.tier", name=PLANT), Message.of("appraisal.tier", name=PLANT).as_dict()):
        assert (render(message), render(message, "zh")) == ("plant in Hefei", "合肥工厂")


def test_words_in_a_list_are_said_in_its_language():
    message = Message.of("core.error.several", names=(PLANT, Bilingual("road", "道路")))
    stored = Message.from_dict(message.as_dict())
    assert message.params == (("names", ("plant in Hefei", "road")),)
    assert stored.as_dict() == message.as_dict()


@pytest.mark.parametrize(
    ("value", "en", "zh"),
    [
        ("plant", "plant", "plant"),
        ({"en": "plant", "zh": "工厂"}, "plant", "工厂"),
        ({"zh": "工厂"}, "工厂", "工厂"),
        ({"en": "plant"}, "plant", "plant"),
        (PLANT, "plant in Hefei", "合肥工厂"),
    ],
)
def test_one_language_stands_for_both(value, en, zh):
    words = Bilingual.read(value)
    assert (localised(words, "en"), localised(words, "zh")) == (en, zh)


@pytest.mark.parametrize("value", [{"de": "Werk"}, {}, {"en": ""}, {"en": 3}, ["plant"], 5, {"en": "a", "fr": "b"}])
def test_what_is_neither_text_nor_both_languages_is_refused(value):
    with pytest.raises(ValueError, match="languages"):
        Bilingual.read(value)


def test_copies_and_stored_words_keep_both_languages():
    for copied in (copy.deepcopy(PLANT), pickle.loads(pickle.dumps(PLANT)), Bilingual.read(plain_words(PLANT))):
        assert (copied, copied.zh) == (PLANT, PLANT.zh)
    assert plain_words("plant") == plain_words(Bilingual("plant")) == "plant"
    assert canonical_json(plain_words(PLANT)) == '{"en":"plant in Hefei","zh":"合肥工厂"}'
