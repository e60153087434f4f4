"""What stands on a page in another language is marked with it."""

from guanzi.base.core import Bilingual
from guanzi.render.foreign import entered, mark_foreign


def test_words_with_a_chinese_form_are_said_in_it_and_marked_nowhere():
    words = Bilingual("a plant in Hefei", "合肥工厂")
    assert (entered(words, "zh"), entered(words, "en")) == ("合肥工厂", "a plant in Hefei")


def test_words_in_one_language_are_marked_on_a_page_of_the_other():
    assert entered("a plant in Hefei", "zh") == '<span lang="en">a plant in Hefei</span>'
    assert entered("合肥工厂", "en") == '<span lang="zh-Hans">合肥工厂</span>'
    assert entered("Volkswagen eröffnet ein Zentrum", "zh") == '<span lang="und">Volkswagen eröffnet ein Zentrum</span>'


def test_a_number_and_a_word_of_the_own_language_are_marked_nowhere():
    assert (entered("4,803", "zh"), entered("counted", "en")) == ("4,803", "counted")


def test_entered_words_are_escaped():
    assert entered("<b>bold words</b>", "zh") == '<span lang="en">&lt;b&gt;bold words&lt;/b&gt;</span>'


def test_a_title_within_a_chinese_sentence_is_marked_and_a_name_is_not():
    page = "<p>见《The Base Rate Book》，蔚来 NIO Inc.，EBITDA。</p>"
    assert mark_foreign(page, "zh") == '<p>见《<span lang="en">The Base Rate Book</span>》，蔚来 NIO Inc.，EBITDA。</p>'
    assert mark_foreign(page, "en") == page


def test_code_styles_pictures_and_what_is_marked_already_stay_as_they_are():
    page = (
        "<style>of this page alone</style><code>of this page alone</code><svg><text>of this page alone</text></svg>"
        '<span lang="en">of <span>this</span> page alone</span>'
    )
    assert mark_foreign(page, "zh") == page
    alone = "<b>of this page alone</b>"
    assert mark_foreign(page + alone, "zh") == page + '<b><span lang="en">of this page alone</span></b>'
