"""Facts that disagree stay side by side; which one counts follows a rule that is shown."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import Period, Place, render
from guanzi.record.evidence import Fact, Source
from guanzi.record.evidence.resolution import resolve_facts
from guanzi.record.evidence.sources import Grade

GRADES: tuple[Grade, ...] = ("A", "B", "C", "D")
SOURCES: dict[str, Source] = {grade: Source(grade, "publisher", "title", None, None, False, grade) for grade in GRADES}
FACT = Fact(
    id="f",
    subject="company",
    name="cash",
    value=1.0,
    unit="CNY m",
    period=Period.parse("2019"),
    known_on=date(2020, 1, 1),
    known_to="public",
    source="B",
    confidence="medium",
    note="",
    held_because="",
    supersedes=None,
    place=Place("facts/a.yaml"),
)

facts = st.lists(
    st.builds(
        lambda id, value, grade, day, confidence: replace(
            FACT, id=id, value=value, source=grade, known_on=date(2020, 1, day), confidence=confidence
        ),
        st.sampled_from("abcdefgh"),
        st.sampled_from([1.0, 2.0, 3.0]),
        st.sampled_from("ABCD"),
        st.integers(1, 3),
        st.sampled_from(["high", "medium", "low"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda fact: fact.id,
)


def resolved(facts):
    """What counts among some facts, of which there is at least one."""
    resolution = resolve_facts(facts, SOURCES)
    assert resolution
    return resolution


@given(facts, st.randoms(use_true_random=False))
def test_the_order_in_which_facts_stand_does_not_matter(facts, random):
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert resolved(shuffled) == resolved(facts)


@given(facts)
def test_no_fact_is_lost_and_none_has_a_better_source(facts):
    resolution = resolved(facts)
    assert {f.id for f in (resolution.fact, *resolution.others)} == {f.id for f in facts}
    assert resolution.fact.source == min(f.source for f in facts)
    assert render(resolution.rule)


@given(facts, st.permutations("abcdefgh"))
def test_ids_decide_nothing_but_which_of_equal_facts_is_cited(facts, ids):
    told = dict(zip("abcdefgh", ids, strict=True))
    other = resolved([replace(fact, id=told[fact.id]) for fact in facts])
    assert (other.value, other.rule) == (resolved(facts).value, resolved(facts).rule)


@pytest.mark.parametrize(
    ("better", "worse", "rule"),
    [
        ({"source": "A"}, {"source": "B", "known_on": date(2020, 1, 2), "confidence": "high"}, "grade"),
        ({"known_on": date(2020, 1, 2)}, {"confidence": "high"}, "later"),
        ({"confidence": "high"}, {"confidence": "low"}, "confidence"),
        ({"value": 0.5}, {}, "least_favourable"),
        ({"name": "net_loss", "value": 2.0}, {"name": "net_loss"}, "least_favourable"),
        ({"name": "gdp", "value": 0.5}, {"name": "gdp"}, "lowest"),
        ({"value": "a"}, {"value": "b"}, "not_comparable"),
    ],
)
def test_grade_comes_before_day_before_confidence_before_value(better, worse, rule):
    one = replace(FACT, **{"id": "z", "value": 2.0, **better})
    other = replace(FACT, **{"id": "g", **worse})
    resolution = resolved([other, one])
    assert (resolution.fact, resolution.others) == (one, (other,))
    assert resolution.rule.id == f"evidence.rule.{rule}"


def test_a_corrected_fact_drops_out_whatever_its_grade():
    old = replace(FACT, source="A")
    new = replace(FACT, id="new", value=2.0, source="D", known_on=date(2020, 1, 2), supersedes="f")
    resolution = resolved([old, new])
    assert (resolution.fact, resolution.others) == (new, ())
    assert resolution.rule.id == "evidence.rule.newest"


def test_facts_that_agree_are_said_to_agree():
    assert resolved([FACT, replace(FACT, id="g")]).rule.id == "evidence.rule.agree"
    assert resolved([FACT]).rule.id == "evidence.rule.only"
    assert resolve_facts([], SOURCES) is None


def test_intervals_flags_and_words_have_their_readings():
    interval = resolved([replace(FACT, value=(3400.0, 3600.0))])
    assert (interval.value, interval.interval) == (3500, (3400, 3600))
    flag = resolved([replace(FACT, value=True, unit="flag")])
    assert (flag.value, flag.interval) == (1, (1, 1))
    words = resolved([replace(FACT, value="JAC", unit="text")])
    assert (words.text, words.period) == ("JAC", Period.parse("2019"))
    with pytest.raises(TypeError):
        _ = words.value
    with pytest.raises(TypeError):
        _ = interval.text
