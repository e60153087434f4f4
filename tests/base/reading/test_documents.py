"""YAML is read by the rules of the YAML 1.2 core schema, and every value remembers where it stands."""

import re
from datetime import date

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput, Place, format_problem
from guanzi.base.reading import TextFile, parse_yaml, read_yaml
from guanzi.base.reading.yaml import scalar_value


def parse(text):
    return parse_yaml(TextFile("a.yaml", text, tuple(text.split("\n"))))


def problems(text):
    with pytest.raises(InvalidInput) as caught:
        parse(text)
    for problem in caught.value.problems:
        assert format_problem(problem)
    return [(p.cause.id.removeprefix("reading.yaml."), p.place.line, p.place.column) for p in caught.value.problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"),
        ("off", "off"),
        ("yes", "yes"),
        ("no", "no"),
        ("true", True),
        ("False", False),
        ("~", None),
        ("null", None),
        ("12", 12),
        ("-0", 0),
        ("010", 10),
        ("1e6", 1e6),
        ("1.5E-3", 0.0015),
        (".5", 0.5),
        ("20_000", 20000),
        ("2_0", "2_0"),
        ("1:30", "1:30"),
        ("2019Q4", "2019Q4"),
        ("2019-06", "2019-06"),
        ("2020-04-29", date(2020, 4, 29)),
        (".inf", float("inf")),
        ("e5", "e5"),
        ("2019-02-30", "2019-02-30"),
        ("1.2.3", "1.2.3"),
        ("9" * 500, "9" * 500),
    ],
)
def test_unquoted_words_mean_what_yaml_1_2_says(text, value):
    read = scalar_value(text)
    assert read == value
    assert type(read) is type(value)


def test_quoted_words_stay_text():
    assert parse("a: '12'\nb: \"true\"\nc: '2020-04-29'\n").data == {"a": "12", "b": "true", "c": "2020-04-29"}


def test_keys_are_always_text():
    assert parse("2019: 1\non: 2\n2020-04-29: 3\n").data == {"2019": 1, "on": 2, "2020-04-29": 3}


keys = st.from_regex(r"[a-z]{1,6}", fullmatch=True)
trees = st.recursive(
    st.booleans() | st.integers(-(10**6), 10**6) | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4),
    max_leaves=12,
)


def paths(value, path=()):
    yield path, value
    if isinstance(value, dict):
        for key, item in value.items():
            yield from paths(item, (*path, key))
    elif isinstance(value, list):
        for index, item in enumerate(value):
            yield from paths(item, (*path, index))


@given(trees, st.booleans())
def test_what_is_written_is_read_and_stands_where_it_says(tree, flow):
    text = yaml.safe_dump(tree, default_flow_style=flow, allow_unicode=True, sort_keys=False)
    document = parse(text)
    assert document.data == tree
    lines = text.split("\n")
    for path, value in paths(tree):
        place = document.places[path]
        assert document.get(path) == value
        assert place.field == ".".join(str(step) for step in path)
        if isinstance(value, bool | int) and not isinstance(value, float):
            assert lines[place.line - 1].startswith(str(value).lower(), place.column - 1)
        if path and isinstance(path[-1], str):
            key = document.key_places[path]
            assert path[-1] in lines[key.line - 1][key.column - 1 :]


def test_a_missing_value_has_the_place_of_what_surrounds_it():
    document = parse("a:\n  b: 1\n")
    assert document.place(("a", "c", "d")) == Place("a.yaml", 2, 3, "a.c.d")
    assert document.place(()) == Place("a.yaml", 1, 1, "")


def test_duplicate_keys_are_reported_with_the_first():
    assert problems("a: 1\nb: {x: 1, x: 2}\na: 3\n") == [("duplicate_key", 2, 11), ("duplicate_key", 3, 1)]


def test_a_file_that_would_expand_without_bound_is_refused():
    bomb = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"
    assert {cause for cause, _, _ in problems(bomb)} == {"alias"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a: !!python/object:os.system x\n", ("tag", 1, 4)),
        ("a: 1\n---\nb: 2\n", ("second_document", 2, 1)),
        ("? [a, b]\n: 1\n", ("key_not_text", 1, 3)),
        ("a: [1, 2\nb: 3\n", ("syntax", 1, 4)),
        ("a: 1\nb: {x: 1\nc: 3\n", ("syntax", 2, 4)),
        ("a: 1\nb: 'x\nc: 3\n", ("syntax", 2, 4)),
        ("a: b: c\n", ("syntax", 1, 5)),
        ("a: x\x07y\n", ("character", 1, 5)),
        ("a: " + "[" * 200 + "]" * 200, ("too_deep", 1, 53)),
    ],
)
def test_what_cannot_be_read_is_refused_where_it_stands(text, found):
    assert problems(text) == [found]


def test_garbled_bytes_are_found(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes("a: 蔚来\nb: x\xff\n".encode("latin-1", errors="ignore"))
    with pytest.raises(InvalidInput) as caught:
        read_yaml(path, "a.yaml")
    assert caught.value.problems[0].place == Place("a.yaml", 2, 5)


def test_a_missing_file_is_a_problem_and_not_a_crash(tmp_path):
    with pytest.raises(InvalidInput) as caught:
        read_yaml(tmp_path / "none.yaml")
    assert caught.value.problems[0].cause.id == "core.file.unreadable"


@pytest.mark.parametrize("kind", ["absent", "folder", "circle"])
def test_why_a_file_cannot_be_read_is_said_in_the_language_of_the_reader(tmp_path, kind):
    path = tmp_path / "a.yaml"
    if kind == "folder":
        path.mkdir()
    elif kind == "circle":
        path.symlink_to(path.name)
    with pytest.raises(InvalidInput) as caught:
        read_yaml(path, "a.yaml")
    (problem,) = caught.value.problems
    assert not re.search("[a-z]{3}", format_problem(problem, "zh").replace("a.yaml", ""))
    assert problem.fix is not None


def test_windows_line_ends_and_byte_order_marks_do_not_matter(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_bytes(b"\xef\xbb\xbfa: 1\r\nb: 2\r\n")
    document = read_yaml(path, "a.yaml")
    assert document.data == {"a": 1, "b": 2}
    assert document.place(("b",)) == Place("a.yaml", 2, 4, "b")


@given(st.text(alphabet=st.sampled_from("ab:-[]{}&*!#|>'\"\n ,?%@`0.~\t\x00é\U0001f600"), max_size=60))
def test_any_text_is_either_read_or_refused(text):
    sentences = []
    try:
        parse(text)
    except InvalidInput as error:
        sentences = [format_problem(problem) for problem in error.problems]
    assert all(sentences)
