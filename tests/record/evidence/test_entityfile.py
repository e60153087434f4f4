"""The entities of a case: each is known from a day on and from a source, and what is later is in no view."""

import json
import tempfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.evidence.folders import GOOD_FACT, facts_yaml, problems_of, write_case
from tests.sampling import examples

from guanzi.base.core import format_problem
from guanzi.record.evidence import ENTITIES, find_case, load_case, new_case

AS_OF = date(2020, 4, 29)
STAMP = {"known_on": "2020-03-18", "source": "filing"}


def line(id, schema, properties, **stamp):
    """An object of the file; a field of the stamp that is None is left out."""
    held = {name: value for name, value in {**STAMP, **stamp}.items() if value is not None}
    values = {name: [value] if isinstance(value, str) else value for name, value in properties.items()}
    return json.dumps({"id": id, "schema": schema, "properties": values, **held}, ensure_ascii=False)


OWN = line("nio", "Company", {"name": "NIO"})
FUND = line("fund", "Company", {"name": ["Fund", "基金"]})
SHARE = line("share", "Ownership", {"owner": "fund", "asset": "nio", "percentage": "24.1"})
SALE = line("sale", "UnknownLink", {"subject": "fund", "object": "nio", "role": "Buyer"})
SEAT = line("seat", "Directorship", {"director": "fund", "organization": "nio", "role": "supervisor"})


def folder_of(folder, *lines):
    """A case folder with these entities."""
    return write_case(folder, {"facts/a.yaml": facts_yaml(GOOD_FACT), "entities.ftm.json": "\n".join(lines) + "\n"})


def warnings_of(folder):
    """Ids of the causes of warnings, with their lines."""
    found = load_case(folder).warnings
    for problem in found:
        format_problem(problem)
    return [(problem.cause.id, problem.place.line) for problem in found]


def test_a_tie_is_a_fact_with_day_source_and_line(tmp_path):
    view = load_case(folder_of(tmp_path, OWN, FUND, SHARE, SALE, SEAT)).view(AS_OF)
    share, sale, seat = (view.fact(id) for id in ("share", "sale", "seat"))
    assert (share.name, share.subject, share.value) == ("ownership", "company", "Fund → NIO: 24.1 %")
    assert (share.known_on, share.source, share.place.line) == (date(2020, 3, 18), "filing", 3)
    assert share.place.file == "entities.ftm.json"
    assert (sale.name, sale.value) == ("buyer", "Fund → NIO: Buyer")
    assert (seat.name, seat.value) == ("directorship", "Fund → NIO: supervisor")
    assert {e.id for e in view.entities} == {"nio", "fund", "share", "sale", "seat"}
    assert "filing" in {source.id for source in view.sources}


def test_a_case_without_entities_has_the_hash_it_had(tmp_path):
    view = load_case(write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT)})).view(AS_OF)
    assert "entities" not in view.content()


def test_owners_do_not_compete_for_one_fact(tmp_path):
    other = line("other", "Ownership", {"owner": "nio", "asset": "nio", "percentage": "2"})
    again = line("share-2", "Ownership", {"owner": "fund", "asset": "nio", "percentage": "25"}, source="press")
    view = load_case(folder_of(tmp_path, OWN, FUND, SHARE, other, again)).view(AS_OF)
    counts = {id: view.resolution_of(view.fact(id)).fact.id for id in ("share", "other", "share-2")}
    assert counts == {"share": "share", "other": "other", "share-2": "share"}  # the better grade counts


@pytest.mark.parametrize(
    ("end", "held"), [("2020-04-28", True), ("2020-04-29", True), ("2020-04-30", False), ("2020", False)]
)
def test_an_end_is_known_once_it_has_come(tmp_path, end, held):
    ended = line("share", "Ownership", {"owner": "fund", "asset": "nio", "percentage": "24.1", "endDate": end})
    view = load_case(folder_of(tmp_path, OWN, FUND, ended)).view(AS_OF)
    (share,) = (entity for entity in view.entities if entity.id == "share")
    assert ("endDate" in share.properties) is held


late = st.integers(1, 3000).map(lambda n: (AS_OF + timedelta(days=n)).isoformat())
later_lines = st.lists(
    st.builds(
        lambda n, schema, day, end: line(
            f"late-{n}",
            schema,
            {"owner": "late-0", "asset": "nio", "director": "late-0", "organization": "nio", "endDate": end},
            known_on=day,
        ),
        st.integers(0, 10**6),
        st.sampled_from(["Ownership", "Directorship", "UnknownLink", "Company", "Unheard"]),
        late,
        st.dates(date(2000, 1, 1)).map(date.isoformat),
    ),
    max_size=5,
    unique_by=lambda text: json.loads(text)["id"],
)


@settings(max_examples=examples(40), deadline=None)
@given(later_lines, late)
def test_what_is_known_later_changes_nothing_before(lines, end):
    ended = json.loads(SHARE)
    ended["properties"]["endDate"] = [end]
    ended["last_seen"] = end
    with tempfile.TemporaryDirectory() as plain, tempfile.TemporaryDirectory() as grown:
        before = load_case(folder_of(Path(plain), OWN, FUND, SHARE)).view(AS_OF)
        after = load_case(folder_of(Path(grown), *lines, json.dumps(ended), FUND, OWN))
        assert after.view(AS_OF).content() == before.content()
        assert after.view(AS_OF).sha256 == before.sha256
        assert len(after.view(date(2040, 1, 1)).entities) == 3 + len(lines)


def test_doubtful_entities_are_left_out_unless_asked_for(tmp_path):
    doubtful = line("share", "Ownership", {"owner": "fund", "asset": "nio"}, availability="doubtful")
    case = load_case(folder_of(tmp_path, OWN, FUND, doubtful))
    assert "share" not in {e.id for e in case.view(AS_OF).entities}
    assert "share" in {e.id for e in case.view(AS_OF, include_doubtful=True).entities}
    assert "share" in {fact.id for fact in case.counting_doubtful().view(AS_OF).facts}


@pytest.mark.parametrize(
    ("changes", "cause", "field"),
    [
        ({"source": "filling"}, "evidence.fact.unknown_source", "source"),
        ({"known_on": "2020-02-30"}, "reading.yaml.no_such_day", "known_on"),
        ({"known_on": "soon"}, "reading.format.wrong_value", "known_on"),
        ({"known_on": "2020-01-01"}, "evidence.fact.source_is_later", "known_on"),
        ({"confidence": "sure"}, "reading.format.wrong_value", "confidence"),
        ({"availability": "perhaps"}, "reading.format.wrong_value", "availability"),
    ],
)
def test_a_wrong_stamp_is_refused_where_it_stands(tmp_path, changes, cause, field):
    wrong = line("share", "Ownership", {"owner": "fund", "asset": "nio"}, **changes)
    (problem,) = problems_of(folder_of(tmp_path, OWN, FUND, wrong))
    assert (problem.cause.id, problem.severity) == (cause, "error")
    assert problem.place.file == str(tmp_path / "entities.ftm.json")
    assert (problem.place.line, problem.place.column) == (3, wrong.index(f'"{field}"') + 1)


@pytest.mark.parametrize(
    ("property", "text", "cause"),
    [
        ("endDate", "2020-13-01", "reading.yaml.no_such_day"),
        ("startDate", "last year", "evidence.entities.day"),
        ("dissolutionDate", "x", "evidence.entities.day"),
    ],
)
def test_a_day_that_is_none_is_refused(tmp_path, property, text, cause):
    wrong = line("share", "Ownership", {"owner": "fund", "asset": "nio", property: text})
    (problem,) = problems_of(folder_of(tmp_path, OWN, FUND, wrong))
    assert (problem.cause.id, problem.place.line, problem.place.field) == (cause, 3, property)
    assert problem.fix is not None


def test_a_broken_line_and_a_link_out_of_the_case_are_refused(tmp_path):
    (problem,) = problems_of(folder_of(tmp_path / "a", OWN, "{"))
    assert (problem.cause.id, problem.place.line) == ("evidence.entities.no_json", 2)
    assert problem.place.file == str(tmp_path / "a" / "entities.ftm.json")
    folder = folder_of(tmp_path / "b", OWN)
    (tmp_path / "elsewhere").write_text(OWN)
    (folder / "entities.ftm.json").unlink()
    (folder / "entities.ftm.json").symlink_to(tmp_path / "elsewhere")
    (problem,) = problems_of(folder)
    assert problem.cause.id == "evidence.entities.outside"


def test_a_broken_line_hides_nothing_on_the_others_and_loosens_no_end(tmp_path):
    fund = line("fund", "Company", {"name": "Fund"}, source="filling")
    found = problems_of(folder_of(tmp_path, OWN, fund, SHARE, "{not json"))
    assert [(p.place.line, p.severity) for p in found] == [(2, "error"), (4, "error")]


def test_a_tie_with_the_id_of_a_fact_is_refused(tmp_path):
    clash = line("deliveries-2019", "Ownership", {"owner": "fund", "asset": "nio"})
    (problem,) = problems_of(folder_of(tmp_path, OWN, FUND, clash))
    assert (problem.cause.id, problem.place.line) == ("evidence.fact.duplicate", 3)


@pytest.mark.parametrize("lacking", [("known_on",), ("source",), ("known_on", "source")])
def test_an_object_without_day_or_source_is_a_warning_and_in_no_view(tmp_path, lacking):
    bare = line("share", "Ownership", {"owner": "fund", "asset": "nio"}, **dict.fromkeys(lacking))
    folder = folder_of(tmp_path, OWN, FUND, bare)
    assert warnings_of(folder) == [("evidence.entities.undated", 3)]
    case = load_case(folder)
    assert case.warnings[0].fix is not None
    assert {e.id for e in case.view(date(2040, 1, 1)).entities} == {"nio", "fund"}


def test_slips_of_ids_are_warnings(tmp_path):
    assert warnings_of(folder_of(tmp_path / "a", FUND, SHARE)) == [
        ("evidence.entities.no_company", 0),
        ("evidence.entities.loose_end", 2),
    ]
    loose = line("share", "Ownership", {"owner": "fnud", "asset": "nio"})
    assert warnings_of(folder_of(tmp_path / "b", OWN, FUND, loose)) == [("evidence.entities.loose_end", 3)]
    half = line("share", "Ownership", {"owner": "fund"})
    assert warnings_of(folder_of(tmp_path / "c", OWN, FUND, half)) == [("evidence.entities.no_end", 3)]
    assert warnings_of(folder_of(tmp_path / "d", FUND)) == []  # no ties, nobody to tie


def test_a_copy_of_a_case_takes_its_entities_along(tmp_path):
    made = new_case(tmp_path, "mine", find_case("qoros-changshu-2017"))
    assert load_case(made).entities == load_case(find_case("qoros-changshu-2017")).entities


def test_the_library_says_what_it_notes_of_an_entity_in_both_languages():
    shipped = [path.name for path in find_case("qoros-changshu-2017").parent.iterdir() if (path / ENTITIES).is_file()]
    stamps = [one.stamp for name in shipped for one in load_case(find_case(name)).entities]
    noted = [words for stamp in stamps for words in (stamp.note, stamp.held_because) if words]
    assert noted
    assert [words for words in noted if not words.zh] == []
