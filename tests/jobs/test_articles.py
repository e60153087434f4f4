"""A claim of an article has the verdict that its figures bear, rests on facts, and knows nothing of later days."""

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.core import InvalidInput
from guanzi.jobs.articles import checking
from guanzi.record.evidence import article_names, city_names, load_article, load_city
from guanzi.render import document_screen

ARTICLES = [load_article(name) for name in article_names()]
CITIES = [load_city(name) for name in city_names()]
CLAIMS = [pytest.param(claim, id=f"{article.id}-{claim.id}") for article in ARTICLES for claim in article.claims]
NEAR = 0.02
"""A figure of a story is rounded: so much of it may lie between."""


def bounds(fact):
    """The least and the most that a fact says; none where it is words."""
    if isinstance(fact.value, bool | str):
        return ()
    return (min(fact.value), max(fact.value)) if isinstance(fact.value, tuple) else (fact.value, fact.value)


def within(figure, fact):
    """Whether a fact bears a figure, by its value or within its bounds."""
    told = bounds(fact)
    return bool(told) and told[0] * (1 - NEAR) <= figure <= told[1] * (1 + NEAR)


@pytest.mark.parametrize("claim", CLAIMS)
def test_a_verdict_rests_on_facts_unless_nothing_was_found(claim):
    assert claim.facts or claim.verdict == "not_found"
    for words in (claim.said, claim.because, *(fact.note for fact in claim.facts)):
        assert re.search("[a-z]", words), claim.id
        assert re.search("[一-鿿]", words.localised("zh")), words


@pytest.mark.parametrize("claim", [one for one in CLAIMS if one.values[0].figure is not None])
def test_a_claim_in_figures_is_confirmed_only_by_a_figure_that_bears_it(claim):
    borne = any(within(claim.figure, fact) for fact in claim.facts)
    assert borne == (claim.verdict in ("confirmed", "in_part")), (claim.figure, [fact.value for fact in claim.facts])


OUTPUTS = [
    pytest.param(fact, city, id=f"{article.id}-{fact.id}")
    for article in ARTICLES
    for fact in {fact.id: fact for claim in article.claims for fact in claim.facts}.values()
    for city in CITIES
    if fact.name == "output" and "New energy vehicles made" in fact.note and city.name in fact.note
]


@pytest.mark.parametrize(("fact", "city"), OUTPUTS)
def test_what_a_city_made_is_one_figure_in_an_article_and_in_the_city(fact, city):
    held = [one for one in city.facts if one.name == "nev_output" and one.period == fact.period]
    assert held
    for one in held:
        (low, high), (least, most) = bounds(fact), bounds(one)
        assert low <= most
        assert least <= high


def test_five_outputs_of_cities_are_compared():
    assert len(OUTPUTS) >= 5


@given(st.integers(0, 6200))
def test_by_a_day_nothing_later_counts_and_verdicts_only_come(days):
    day = date(2010, 1, 1) + timedelta(days)
    for article in ARTICLES:
        then = article.known_by(day)
        for claim, whole in zip(then.claims, article.claims, strict=True):
            assert all(fact.known_on <= day for fact in claim.facts)
            assert claim.verdict in ("not_yet", whole.verdict)
            assert (claim == whole) == (claim.facts == whole.facts)
        assert {source.id for source in then.sources} == {fact.source for claim in then.claims for fact in claim.facts}


def test_every_source_is_used_and_counts_add_up():
    for article in ARTICLES:
        assert {source.id for source in article.sources} == {f.source for c in article.claims for f in c.facts}
        assert sum(checking.counted(article).values()) == len(article.claims)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_shows_every_claim_with_its_verdict(lang):
    article = checking.check_article(checking.Request())
    shown = re.sub(r"\s+", "", document_screen(checking.document_of(article), lang, width=400))
    for claim in article.claims:
        assert re.sub(r"\s+", "", claim.said.localised(lang)) in shown


def test_a_claim_on_a_fact_that_is_not_there_is_refused(tmp_path):
    text = (
        "format: 1\narticle: one\nname: One\nclaims:\n"
        "  - {id: a, said: A, verdict: confirmed, because: B, rests: [nowhere]}\nsources: {}\nfacts: []\n"
    )
    file = tmp_path / "one.yaml"
    file.write_text(text, "utf-8")
    with pytest.raises(InvalidInput) as refused:
        load_article(str(file))
    assert refused.value.problems[0].cause.id == "evidence.article.no_fact"
    assert refused.value.problems[0].place.line == 5
    with pytest.raises(InvalidInput):
        load_article("nowhere")
