"""Entities in FollowTheMoney form: nothing is lost, bad lines are named."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput
from guanzi.record.evidence import Entity, read_entities

texts = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=12)
entities = st.lists(
    st.builds(
        Entity,
        texts.filter(str.strip),
        st.sampled_from(["Company", "Person", "Ownership", "UnheardOf"]),
        st.dictionaries(texts, st.lists(texts, max_size=3).map(tuple), max_size=3),
        st.dictionaries(st.sampled_from(["datasets", "caption", "x"]), st.lists(texts, max_size=2), max_size=2),
    ),
    unique_by=lambda e: e.id,
    max_size=5,
)


def line_of(entity):
    properties = {name: list(values) for name, values in entity.properties.items()}
    return json.dumps({"id": entity.id, "schema": entity.schema, "properties": properties, **entity.rest})


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(entities)
def test_nothing_is_lost_on_reading(tmp_path, drawn):
    file = tmp_path / "entities.ftm.json"
    file.write_text("".join(line_of(entity) + "\n" for entity in drawn), "utf-8")
    back = read_entities(file)
    assert [(e.id, e.schema, e.properties, e.rest) for e in back] == [
        (e.id, e.schema, e.properties, e.rest) for e in drawn
    ]


def test_every_bad_line_is_named(tmp_path):
    good = json.dumps({"id": "a", "schema": "Company", "properties": {"name": ["Acme"]}})
    lines = [good, "{broken", "[]", '{"id": "b"}', '{"id": "c", "schema": "Person", "properties": {"name": "x"}}', good]
    (tmp_path / "list.json").write_text("\n".join(lines), "utf-8")
    with pytest.raises(InvalidInput) as refused:
        read_entities(tmp_path / "list.json")
    assert [p.place.line for p in refused.value.problems] == [2, 3, 4, 5, 6]
