"""Plain data written as YAML reads back as the same data."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.reading import TextFile, parse_yaml, yaml_text

keys = st.text(st.characters(codec="utf-8"), max_size=8)
tricky = st.sampled_from(
    ["yes", "1e6", "null", "~", "2020-04-29", "2020-02-30", "0x1F", "- a", "a: b", "a #b", "#", "", ".5"]
)
scalars = (
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.floats(allow_nan=False)
    | st.dates()
    | st.text(st.characters(codec="utf-8"), max_size=12)
    | tricky
)
trees = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys | tricky, inner, max_size=4),
    max_leaves=15,
)


def read(text):
    return parse_yaml(TextFile("a.yaml", text, tuple(text.split("\n")))).data


def exact(value):
    if isinstance(value, dict):
        return [(key, exact(inner)) for key, inner in value.items()]
    return [exact(inner) for inner in value] if isinstance(value, list) else (type(value), repr(value))


@given(trees)
def test_what_is_written_reads_back(data):
    assert exact(read(yaml_text(data))) == exact(data)


def test_long_entries_are_broken_over_lines():
    data = {"facts": [{"id": f"fact-{n}", "due": date(2020, 1, 1), "note": "word " * 30} for n in range(3)]}
    text = yaml_text(data)
    assert read(text) == data
    assert len(text.splitlines()) > 6
