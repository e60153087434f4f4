"""The shipped packs: whole, sourced, dated, in both languages, and every rule proved by its own examples."""

import re

import pytest
from jsonschema import Draft202012Validator

from guanzi.base.core import Period
from guanzi.base.reading import read_yaml
from guanzi.deal.compliance.pack import RANKS, pack_schema
from guanzi.deal.compliance.reading import example_value, form_day, read_packs, words_of
from guanzi.deal.compliance.shipped import shipped_packs
from guanzi.deal.terms import Type
from guanzi.deal.terms.typing import observables

PACKS = shipped_packs()
RULES = PACKS.rules
JUDGED = [(pack, rule) for pack, rule in RULES if rule.judged]
WORDS = words_of(PACKS.questions)
HAN = re.compile(r"[㐀-鿿]")


def name(value):
    return getattr(value, "id", None)


def texts(value, path=""):
    """Every text of a pack, with its way."""
    if isinstance(value, dict) and set(value) == {"en", "zh"}:
        yield path, value
    elif isinstance(value, dict):
        for key, inner in value.items():
            yield from texts(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from texts(inner, f"{path}.{index}")


@pytest.mark.parametrize("pack", PACKS.packs, ids=name)
def test_a_pack_follows_its_schema(pack, repository):
    data = pack.form.model_dump(mode="json", exclude_none=True)
    assert list(Draft202012Validator(pack_schema()).iter_errors(data)) == []


@pytest.mark.parametrize("pack", PACKS.packs, ids=name)
def test_every_text_is_said_in_english_and_in_chinese(pack):
    found = list(texts(pack.form.model_dump(mode="json", exclude_none=True)))
    assert found
    assert [path for path, text in found if not HAN.search(text["zh"])] == []
    assert [path for path, text in found if HAN.search(text["en"])] == []
    assert [path for path, text in found if re.search(r"(?i)\b(null|none seen|tbd|todo)\b", text["en"])] == []
    halfwidth = rf"{HAN.pattern}[,;:?!]|[,;?!]{HAN.pattern}|{HAN.pattern} {HAN.pattern}"
    assert [path for path, text in found if re.search(halfwidth, text["zh"])] == []


@pytest.mark.parametrize("pack", PACKS.packs, ids=name)
def test_nothing_of_a_pack_is_null(pack, repository):
    path = repository / "src" / "guanzi" / "library" / "rules" / f"{pack.id}.yaml"
    document = read_yaml(path)
    empty = [place for place in document.places if document.get(place) is None]
    assert empty == []


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=name)
def test_a_rule_has_a_source_with_publisher_and_title_and_says_what_is_known_of_its_dates(pack, rule):
    source = pack.form.sources[rule.source]
    assert source.publisher.en
    assert source.title.zh
    since = rule.in_force.since
    assert since in ("unknown", "always") or Period.parse(since)
    assert source.date is not None or since not in ("unknown", "always") or source.number or source.read


@pytest.mark.parametrize(("pack", "rule"), RULES, ids=name)
def test_a_rule_is_never_graver_than_its_pack(pack, rule):
    assert rule.kind != "watch" or rule.severity == "info"
    assert RANKS.index(rule.severity) <= RANKS.index(pack.form.at_most)


def test_a_rule_has_an_id_of_its_own():
    ids = [rule.id for _, rule in RULES]
    assert len(ids) == len(set(ids))


def test_every_rule_that_can_be_broken_has_examples():
    assert [rule.id for _, rule in JUDGED if rule.examples is None] == []
    assert JUDGED


@pytest.mark.parametrize(("pack", "rule"), JUDGED, ids=name)
@pytest.mark.parametrize(("kind", "broken"), [("violated", True), ("clean", False)])
def test_an_example_decides_its_rule_and_holds_nothing_more(pack, rule, kind, broken):
    example = getattr(rule.examples, kind)
    test, day = pack.tests[rule.id], form_day(rule)
    assert example_value(test, rule, example, day) is broken
    for left_out in example:
        less = {name: value for name, value in example.items() if name != left_out}
        assert example_value(test, rule, less, day) is not broken, f"{left_out} is not needed"


@pytest.mark.parametrize(("pack", "rule"), JUDGED, ids=name)
def test_a_rule_of_which_nothing_is_known_cannot_be_judged(pack, rule):
    assert example_value(pack.tests[rule.id], rule, {}, form_day(rule)) is None


def test_every_question_is_asked_by_a_rule():
    used = {f"rate_{rule.currency.lower()}" for _, rule in RULES if rule.currency}
    for pack, rule in RULES:
        test = pack.tests[rule.id]
        used |= {word for tree in (test.applies, test.violated) if tree is not None for word in observables(tree)}
    assert set(PACKS.questions) - used == set()


def test_questions_ask():
    asked = [question.ask for question in PACKS.questions.values()]
    assert [
        text.en for text in asked if not text.en.rstrip(" .0123456789abcdefghijklmnopqrstuvwxyzIT").endswith("?")
    ] == []
    assert [text.zh for text in asked if "？" not in text.zh] == []


def test_a_truth_has_no_unit_and_a_number_has_one():
    for word in WORDS.values():
        assert bool(word.unit) == (word.type is Type.NUMBER), word.name


@pytest.mark.parametrize("pack", PACKS.packs, ids=name)
def test_a_pack_needs_no_other_pack(pack, repository):
    path = repository / "src" / "guanzi" / "library" / "rules" / f"{pack.id}.yaml"
    alone = read_packs([read_yaml(path)])
    assert [p.id for p in alone.packs] == [pack.id]
    assert set(alone.questions) == set(pack.form.questions)
