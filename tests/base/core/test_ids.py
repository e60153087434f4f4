"""Ids are safe in files and addresses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput, check_slug, is_slug, suggest_slug


@given(st.text())
def test_what_is_proposed_as_an_id_is_one(text):
    proposal = suggest_slug(text)
    assert proposal == "" or is_slug(proposal)


@pytest.mark.parametrize("text", ["nio-hefei-2020", "t3", "fact.2019q4", "a_b"])
def test_ids(text):
    assert check_slug(text) == text


@pytest.mark.parametrize("text", ["", "NIO", "a b", "../a", "a--b", "-a", "a/", "..", "蔚来", "a\n", "a" * 101])
def test_what_is_no_id_is_refused(text):
    with pytest.raises(InvalidInput):
        check_slug(text)
