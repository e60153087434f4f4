"""A view holds what was known on its day: nothing that came later changes a byte of it."""

import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.evidence.folders import GOOD_FACT, SOURCES, facts_yaml, write_case
from tests.sampling import examples

from guanzi.base.core import Period
from guanzi.record.evidence import load_case

AS_OF = date(2020, 4, 29)

BASE = {
    "facts/a.yaml": facts_yaml(
        GOOD_FACT,
        "id: q4, name: deliveries, period: 2019Q4, value: 8224, unit: vehicles, known_on: 2020-03-18, source: filing",
        "id: q3, name: deliveries, period: 2019Q3, value: 4799, unit: vehicles, known_on: 2020-03-18, source: press",
        "id: gdp, subject: region, name: gdp, period: 2019, value: 940960, unit: CNY m, known_on: 2020-04-29, "
        "source: undated",
    ),
    "terms/framework.yaml": "known_on: 2020-02-25\namount: unknown\n",
}

late_days = st.integers(1, 3000).map(lambda n: AS_OF + timedelta(days=n))
late_facts = st.lists(
    st.builds(
        lambda n, day, name, subject, corrects: (
            f"id: late-{n}, subject: {subject}, name: {name}, period: 2019, value: {n}, unit: vehicles, "
            f"known_on: {day}, source: {('filing', 'later')[n % 2]}" + (corrects if name == "deliveries" else "")
        ),
        st.integers(0, 10**6),
        late_days,
        st.sampled_from(["deliveries", "cumulative_deliveries"]),
        st.just("company"),
        st.sampled_from(["", ", supersedes: deliveries-2019"]),
    ),
    max_size=5,
    unique_by=lambda fact: fact.split(",")[0],
)
files = st.fixed_dictionaries(
    {},
    optional={
        "terms/later.yaml": late_days.map(lambda day: f"known_on: {day}\nput: {{source: later}}\n"),
        "outcome/facts.yaml": st.sampled_from(["facts: []\n", "not yaml: [", facts_yaml(GOOD_FACT)]),
        "documents/README.md": st.text(alphabet="abc", max_size=5),
    },
)
LATER_SOURCE = "  later: {publisher: NIO, title: Q1 2020, date: 2020-04-30, grade: B}\n"


@settings(max_examples=examples(40))
@given(late_facts, files)
def test_what_is_known_later_changes_nothing_before(facts, more):
    with tempfile.TemporaryDirectory() as plain, tempfile.TemporaryDirectory() as grown:
        later = {"facts/z.yaml": facts_yaml(*facts, sources="sources:\n" + LATER_SOURCE)}
        before = load_case(write_case(Path(plain), BASE)).view(AS_OF)
        after_case = load_case(write_case(Path(grown), {**BASE, **later, **more}))
        after = after_case.view(AS_OF)
        assert after.sha256 == before.sha256
        assert after.content() == before.content()
        assert len(after_case.view(date(2040, 1, 1)).facts) == len(before.facts) + len(facts)


@pytest.fixture
def case(tmp_path):
    return load_case(write_case(tmp_path, BASE))


@given(st.dates(date(2020, 1, 1), date(2020, 12, 31)))
def test_everything_in_a_view_was_known_on_its_day(day):
    with tempfile.TemporaryDirectory() as folder:
        case = load_case(write_case(Path(folder), BASE))
    view = case.view(day)
    assert all(fact.known_on <= day for fact in view.facts)
    assert all(sheet.known_on <= day for sheet in view.sheets)
    assert len(view.facts) == sum(fact.known_on <= day for fact in case.facts)


def test_a_fact_is_known_from_its_day_on(case):
    eve = AS_OF - timedelta(days=1)
    assert "gdp" not in {fact.id for fact in case.view(eve).facts}
    assert "gdp" in {fact.id for fact in case.view(AS_OF).facts}


def test_only_cited_sources_are_in_a_view(case):
    assert [source.id for source in case.view(date(2020, 3, 18)).sources] == ["filing", "press"]
    assert [source.id for source in case.view(AS_OF).sources] == ["filing", "press", "undated"]
    assert case.view(date(2020, 1, 1)).sources == ()


def test_a_term_sheet_brings_the_sources_that_it_cites(tmp_path):
    sheet = "known_on: 2020-02-25\nput: {holders: [{source: press}]}\n"
    case = load_case(write_case(tmp_path, {"facts/a.yaml": SOURCES, "terms/t.yaml": sheet}))
    assert [source.id for source in case.view(date(2020, 2, 25)).sources] == ["press"]
    assert case.view(date(2020, 2, 24)).sources == ()


def test_the_newest_term_sheet_held_counts(tmp_path):
    sheets = {"terms/a-final.yaml": "known_on: 2020-04-29\n", "terms/b-framework.yaml": "known_on: 2020-02-25\n"}
    case = load_case(write_case(tmp_path, sheets))
    days = (AS_OF, date(2020, 4, 28), date(2020, 2, 24))
    held = [case.view(day).sheet for day in days]
    assert [sheet and sheet.name for sheet in held] == ["a-final", "b-framework", None]


def test_the_hash_is_of_the_content_and_not_of_the_folder(tmp_path):
    one = load_case(write_case(tmp_path / "one", BASE))
    lines = BASE["facts/a.yaml"].splitlines(keepends=True)
    head, facts = lines[:5], lines[5:]
    other_files = {
        "facts/x.yaml": "# another layout\n" + "".join(head) + "".join(reversed(facts)),
        "terms/framework.yaml": "amount: 'unknown'\nknown_on: 2020-02-25   # a comment\n",
    }
    other = load_case(write_case(tmp_path / "two", other_files))
    assert one.view(AS_OF).sha256 == other.view(AS_OF).sha256


@pytest.mark.parametrize(
    ("old", "new"),
    [("8224", "8225"), ("grade: A", "grade: B"), ("undated}", "undated, note: x}"), ("A story", "A tale")],
)
def test_every_change_of_content_changes_the_hash(case, tmp_path, old, new):
    facts = BASE["facts/a.yaml"].replace(old, new)
    assert facts != BASE["facts/a.yaml"] or pytest.fail("nothing was changed")
    other = load_case(write_case(tmp_path / "other", {**BASE, "facts/a.yaml": facts}))
    assert other.view(AS_OF).sha256 != case.view(AS_OF).sha256


def test_two_days_are_two_views(case):
    assert case.view(AS_OF).sha256 != case.view(AS_OF + timedelta(days=1)).sha256


def test_what_is_computed_once_for_a_view_is_computed_anew_for_another(case):
    asked = []

    def day_of(view):
        asked.append(view.as_of)
        return view.as_of

    one, other = case.view(AS_OF), case.view(AS_OF + timedelta(days=1))
    days = [one.as_of, one.as_of, other.as_of]
    assert [view.once(day_of) for view in (one, one, other)] == days
    assert asked == days[1:]


def test_facts_are_found_by_name_period_and_id(case):
    view = case.view(AS_OF)
    assert [str(fact.period) for fact in view.named("deliveries")] == ["2019Q3", "2019", "2019Q4"]
    assert view.resolve("deliveries", period="2019").value == 20565
    assert view.resolve("deliveries", period=Period.parse("2019Q3")).value == 4799
    assert view.resolve("gdp", "region").fact.id == "gdp"
    assert [r.value for r in view.series("deliveries", kind="quarter")] == [4799, 8224]
    assert [r.value for r in view.series("deliveries")] == [20565]
    assert view.fact("q4").number == 8224
    assert view.source("press").grade == "B"


def test_without_a_period_the_latest_counts(case):
    assert case.view(AS_OF).resolve("deliveries").fact.id == "q4"


def test_no_evidence_is_a_value_of_its_own(case):
    view = case.view(AS_OF)
    assert view.resolve("cash") is None
    assert view.resolve("deliveries", period="2018") is None
    assert view.resolve("deliveries", subject="tesla") is None
    assert view.series("cash") == ()
    with pytest.raises(KeyError):
        view.fact("nothing")
    with pytest.raises(KeyError):
        view.source("nothing")
