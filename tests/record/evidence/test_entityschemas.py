"""Entities against the schemas of FollowTheMoney: slips are named, what is sound passes; no library, no words."""

import json

import pytest

from guanzi.record.evidence import entityschemas, find_case, schema_problems

LINES = (
    {"id": "a", "schema": "Company", "properties": {"name": ["Acme"], "adress": ["Main Street 1"]}},
    {"id": "b", "schema": "Owership", "properties": {"owner": ["c"], "asset": ["a"]}},
    {"id": "c", "schema": "Person", "properties": {"name": ["Anna"]}},
)


@pytest.fixture
def folder(tmp_path):
    text = "".join(json.dumps(line) + "\n" for line in LINES)
    (tmp_path / "entities.ftm.json").write_text(text)
    return tmp_path


def test_a_wrong_schema_and_a_wrong_property_are_named_with_what_was_meant(folder):
    pytest.importorskip("followthemoney")
    found = [(p.cause.id, p.place.line, p.severity, dict(p.fix.params)) for p in schema_problems(folder)]
    assert found == [
        ("evidence.entities.no_property", 1, "warning", {"near": "address"}),
        ("evidence.entities.no_schema", 2, "warning", {"near": "Ownership"}),
    ]


def test_a_shipped_case_holds_nothing_that_other_tools_do_not_know():
    pytest.importorskip("followthemoney")
    assert list(schema_problems(find_case("qoros-changshu-2017"))) == []


def test_without_the_library_or_without_entities_nothing_is_said(folder, tmp_path, monkeypatch):
    assert list(schema_problems(tmp_path / "none")) == []
    monkeypatch.setattr(entityschemas, "find_spec", lambda name: None)
    assert list(schema_problems(folder)) == []
