"""The same content has the same hash, and different content a different one."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Message, Period, canonical_json, sha256_of

plain = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=20,
)


@given(plain)
def test_canonical_json_keeps_the_content(value):
    assert json.loads(canonical_json(value)) == value


@given(st.dictionaries(st.text(), plain))
def test_the_order_of_keys_does_not_matter(content):
    assert sha256_of(dict(reversed(content.items()))) == sha256_of(content)


def test_days_periods_and_messages_have_plain_forms():
    message = Message.of("core.period.invalid", text="x")
    content = {"day": date(2020, 4, 29), "period": Period.parse("2019Q4"), "message": message}
    assert json.loads(canonical_json(content)) == {
        "day": "2020-04-29",
        "period": "2019Q4",
        "message": {"id": "core.period.invalid", "params": {"text": "x"}},
    }


@pytest.mark.parametrize("value", [float("nan"), [float("inf")]])
def test_what_is_no_number_has_no_hash(value):
    with pytest.raises(ValueError, match="JSON"):
        sha256_of(value)


@pytest.mark.parametrize("value", [{1: "a"}, {"a": {None: 1}}, object()])
def test_keys_that_are_not_text_would_collide_and_are_refused(value):
    with pytest.raises(TypeError):
        sha256_of(value)


def test_bytes_are_hashed_as_they_are():
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
