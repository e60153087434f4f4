"""Text of others on a terminal."""

import json

from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import safe_text

OBEYED = {*map(chr, range(32)), *map(chr, range(0x7F, 0xA0)), *"\u061c\u200e\u200f\u2028\u2029\ufeff"}
OBEYED |= {*map(chr, range(0x202A, 0x202F)), *map(chr, range(0x2066, 0x206A))} - {"\t", "\n"}
OBEYED -= {"\t", "\n"}


@given(st.text(st.sampled_from(sorted(OBEYED | set("a é汉\t\n")))))
def test_nothing_that_a_terminal_obeys_is_left(text):
    assert not set(safe_text(text)) & OBEYED


@given(st.text(st.characters(exclude_categories=["Cc", "Cf", "Cs", "Zl", "Zp"])))
def test_all_other_text_stays_as_it_is(text):
    assert safe_text(text) == text


def test_in_json_a_mark_that_was_made_visible_means_the_same():
    assert json.loads(safe_text(json.dumps("left \u202e right", ensure_ascii=False))) == "left \u202e right"


def test_a_byte_of_a_file_name_that_is_no_text_can_be_printed():
    assert safe_text(b"f\xff.yaml".decode("utf-8", "surrogateescape")).encode("utf-8") == rb"f\udcff.yaml"
