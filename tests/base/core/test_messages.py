"""Messages survive the way through JSON."""

import json

from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Message

names = st.from_regex(r"[a-z]{1,8}", fullmatch=True)
values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: (
        st.lists(inner).map(tuple)
        | st.builds(lambda params: Message.of("core.example", **params), st.dictionaries(names, inner))
    ),
    max_leaves=10,
)


@given(st.dictionaries(names, values))
def test_a_message_reads_back_from_its_plain_form(params):
    message = Message.of("core.example", **params)
    assert Message.from_dict(json.loads(json.dumps(message.as_dict()))) == message


@given(st.dictionaries(names, st.integers()))
def test_the_order_of_parameters_does_not_matter(params):
    assert Message.of("core.example", **dict(reversed(params.items()))) == Message.of("core.example", **params)
