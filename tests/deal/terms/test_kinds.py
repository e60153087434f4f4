"""The path of a new instrument is complete: what is in the table is read, said, lowered, tested and documented."""

import re
from dataclasses import is_dataclass
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from tests.deal.terms.known_company import sheet
from tests.sampling import examples
from tests.strategies import document_of, sheet_data

from guanzi.base.core import Message, localised, render
from guanzi.base.reading import TextFile, parse_yaml
from guanzi.deal.program.registry import lowerings
from guanzi.deal.terms import KINDS, explain, json_schema, parse_sheet
from guanzi.deal.terms.instruments.kind import SECTIONS

REPO = Path(__file__).resolve().parents[3]
REFERENCE = REPO / "docs" / "reference" / "term-sheet.md"
PROGRAM = REPO / "src" / "guanzi" / "deal" / "program"
ALL = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.types[0])


@ALL
def test_a_kind_is_a_frozen_dataclass_with_a_file_for_its_data_and_one_for_its_lowering(kind):
    assert is_dataclass(kind.data)
    assert kind.data.__dataclass_params__.frozen
    file = kind.data.__module__.rsplit(".", 1)[1]
    assert kind.data.__module__ == f"guanzi.deal.terms.instruments.{file}"
    assert (PROGRAM / f"{file}.py").is_file()
    assert kind.data in lowerings()


def test_nothing_is_lowered_that_is_not_in_the_table():
    assert set(lowerings()) == {kind.data for kind in KINDS}


def test_random_sheets_contain_every_type_and_the_schema_knows_it():
    wanted = {word: kind for kind in KINDS for word in kind.types}
    seen = set()

    @given(sheet_data())
    @settings(max_examples=40, deadline=None, derandomize=True, database=None, phases=[Phase.generate])
    def look(data):
        terms = parse_sheet(document_of(data))
        places = {clause.place for clause in explain(terms)}
        for section in SECTIONS:
            schema = json_schema()["properties"][section]["additionalProperties"]["oneOf"]
            types = [s["properties"]["type"] for s in schema]
            for item in data[section].values():
                word = item["type"]
                assert sum(word == t.get("const") or word in t.get("enum", ()) for t in types) == 1
                assert {x.place for x in terms.of(wanted[word].data)} <= places
                seen.add(word)

    look()
    assert seen == set(wanted)


@ALL
def test_the_reference_of_the_language_and_the_workbook_know_every_type(kind):
    reference = REFERENCE.read_text("utf-8")
    for word in kind.types:
        assert f"`{word}`" in reference, f"docs/reference/term-sheet.md does not say what `{word}` is"


@pytest.mark.parametrize("body", re.findall(r"```yaml\n(.*?)```", REFERENCE.read_text("utf-8"), re.DOTALL))
def test_every_example_of_the_reference_can_be_read(body):
    found = sheet(body)
    assert [*found.items(), *found.covenants]


def test_every_kind_has_a_name_in_both_languages():
    words = {word for kind in KINDS for word in kind.types}
    for lang in ("en", "zh"):
        names = {word: render(Message.of(f"terms.called.{word}"), lang) for word in words}
        assert len(set(names.values())) == len(words)
        assert all(bool(re.search("[a-z_]", name)) == (lang == "en") for name in names.values())


@settings(max_examples=examples(20), deadline=None)
@given(sheet_data())
def test_an_instrument_of_any_kind_is_called_by_the_name_that_its_sheet_gives_it(data):
    named = [(id, item) for section in SECTIONS for id, item in data[section].items()]
    for n, (_, item) in enumerate(named):
        item["name"] = {"en": f"clause number {n}", "zh": f"第{n}款"}
    terms = parse_sheet(document_of(data))
    told = [terms.called(id) for id, _ in named]
    assert told == [item["name"]["en"] for _, item in named]
    assert [localised(words, "zh") for words in told] == [item["name"]["zh"] for _, item in named]


def test_what_nobody_named_is_called_by_its_kind_and_not_by_its_id():
    sheets = REPO / "tests" / "truth" / "cases" / "northvolt-heide-2024" / "terms"
    text = (sheets / "2024-03-20-federation-and-land.yaml").read_text("utf-8")
    found = parse_sheet(parse_yaml(TextFile("terms.yaml", text, tuple(text.split("\n")))))
    told = {item.id: found.called(item.id) for item in found.instruments}
    assert localised(told["note"], "zh") == "可转债"
    assert told["land_grant"] == "grant of Land Schleswig-Holstein"
    assert localised(told["land_grant"], "zh") == "石勒苏益格-荷尔斯泰因州的补助"
    assert localised(found.called_clause("party.federation", "parties"), "zh") == "德国联邦"
    assert localised(found.called_clause("deal", "deal"), "zh") == "交易"
