"""The loader says everything that is wrong with a case, at once, and where."""

import tempfile
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.record.evidence.folders import CASE, GOOD_FACT, SOURCES, causes_of, facts_yaml, problems_of, write_case
from tests.sampling import examples

from guanzi.base.core import InvalidInput, Message, Place, Problem, format_problem, format_problems, render
from guanzi.record.evidence import check_outcome, load_case


def case_with(tmp_path, *facts):
    return write_case(tmp_path, {"facts/a.yaml": facts_yaml(*facts)})


def changed(**fields):
    """The good fact with some fields replaced (None: left out)."""
    parts = dict(part.split(": ", 1) for part in GOOD_FACT.split(", "))
    parts.update(fields)
    return ", ".join(f"{key}: {value}" for key, value in parts.items() if value is not None)


@pytest.mark.parametrize(("state", "wrong"), [("CN-AH", False), ("US-TX", True), ("Anhui", True)])
def test_a_state_lies_in_the_country_of_its_region(tmp_path, state, wrong):
    header = CASE.replace("country: CN", f"country: CN, state: {state}")
    folder = write_case(tmp_path, {"case.yaml": header})
    if wrong:
        (problem,) = problems_of(folder)
        assert (problem.cause.id, problem.excerpt) == ("reading.format.wrong_value", state)
    else:
        assert load_case(folder).region.state == state


def test_a_case_is_read_with_its_facts_sources_sheets_and_documents(tmp_path):
    folder = write_case(
        tmp_path,
        {
            "case.yaml": CASE + "documents:\n  - {file: a.txt, title: A letter, known_on: 2020-04-01, source: press}\n",
            "facts/a.yaml": facts_yaml(GOOD_FACT),
            "facts/b.csv": (
                "id,subject,name,period,value,low,high,unit,known_on,source,note\n"
                'guidance,,delivery_guidance,2020Q1,,3400,3600,vehicles,2020-03-18,filing,"3,400 to 3,600"\n'
                "plant,,local_plant,2016,2016,,,text,2020-03-18,press,\n"
                "doubt,,going_concern_doubt,2020-03-18,true,,,flag,2020-03-18,filing,\n"
            ),
            "terms/second.yaml": "known_on: 2020-04-29\n",
            "terms/first.yaml": "known_on: 2020-02-25\n",
            "documents/a.txt": "Dear committee",
        },
    )
    case = load_case(folder)
    assert (case.id, case.company.name_zh, case.region.id) == ("example", "蔚来", "hefei")
    values = {fact.id: fact.value for fact in case.facts}
    assert values == {"deliveries-2019": 20565.0, "guidance": (3400.0, 3600.0), "plant": "2016", "doubt": True}
    assert [str(fact.period) for fact in case.facts] == ["2019", "2020-03-18", "2020Q1", "2016"]
    assert case.facts[0].place == Place("facts/a.yaml", 6, 5, "facts.0")
    assert [sheet.name for sheet in case.sheets] == ["first", "second"]
    assert [document.file for document in case.documents] == ["a.txt"]
    assert [source.id for source in case.sources] == ["filing", "press", "undated"]
    assert [source.link for source in case.sources] == ["https://example.org/f", None, None]
    assert case.warnings == ()


def test_all_problems_of_all_files_are_reported_at_once(tmp_path):
    folder = write_case(
        tmp_path,
        {
            "case.yaml": CASE.replace("currency: CNY", "currency: yuan"),
            "facts/a.yaml": facts_yaml(changed(unit="vehicels"), changed(id="two", source="filling")),
            "facts/b.csv": "id,name,period,value,unit,known_on,source\nx,cash,2019,lots,CNY m,2020-03-18,filing\n",
            "terms/t.yaml": "deal: x\n",
        },
    )
    found = [(Path(p.place.file).name, p.place.line, p.place.field) for p in problems_of(folder)]
    assert found == [
        ("case.yaml", 8, "currency"),
        ("a.yaml", 6, "facts.0.unit"),
        ("a.yaml", 7, "facts.1.source"),
        ("b.csv", 2, "value"),
        ("t.yaml", 1, "known_on"),
    ]


def test_a_problem_reads_like_that_of_a_compiler(tmp_path):
    (problem,) = problems_of(case_with(tmp_path, "id: x, unit: vehicels, name: cash, period: 2019, value: 1"))[2:]
    assert format_problem(problem).splitlines() == [
        f"{tmp_path}/facts/a.yaml:6:19: error: `unit` cannot be “vehicels”",
        "   6 |   - {id: x, unit: vehicels, name: cash, period: 2019, value: 1}",
        "     |                   ^^^^^^^^",
        "     = fix: did you mean vehicles?",
    ]


@pytest.mark.parametrize(
    ("fields", "cause", "field"),
    [
        ({"unit": None}, "format.missing_field", "facts.0.unit"),
        ({"unit": "percent", "name": "gross_margin"}, "format.percent", "facts.0.unit"),
        ({"unit": "vehicels"}, "format.wrong_value", "facts.0.unit"),
        ({"unit": "people"}, "fact.unit_of_name", "facts.0.unit"),
        ({"period": "2019Q5"}, "core.period.invalid", "facts.0.period"),
        ({"period": "2019.5"}, "format.wrong_value", "facts.0.period"),
        ({"value": "many"}, "fact.value_of", "facts.0.value"),
        ({"value": "true"}, "fact.value_of", "facts.0.value"),
        ({"value": ".nan"}, "format.wrong_value", "facts.0.value"),
        ({"value": "-.inf"}, "format.wrong_value", "facts.0.value"),
        ({"value": "[1, 2]"}, "format.wrong_value", "facts.0.value"),
        ({"value": "{low: 1}"}, "format.missing_field", "facts.0.value.high"),
        ({"value": "{low: 3, high: 2}"}, "fact.interval_order", "facts.0.value"),
        ({"value": "{low: 1, hihg: 2, high: 3}"}, "format.unknown_field", "facts.0.value.hihg"),
        ({"known_on": "soon"}, "format.wrong_value", "facts.0.known_on"),
        ({"known_on": "2020-02-30"}, "yaml.no_such_day", "facts.0.known_on"),
        ({"known_on": "2020-03-17"}, "fact.source_is_later", "facts.0.known_on"),
        ({"source": "nowhere"}, "fact.unknown_source", "facts.0.source"),
        ({"sorce": "filing"}, "format.unknown_field", "facts.0.sorce"),
        ({"id": "Deliveries 2019"}, "format.wrong_value", "facts.0.id"),
        ({"confidence": "certain"}, "format.wrong_value", "facts.0.confidence"),
        ({"known_to": "me"}, "format.wrong_value", "facts.0.known_to"),
        ({"supersedes": "nothing"}, "fact.supersedes_unknown", "facts.0.supersedes"),
    ],
)
def test_a_fact_that_cannot_be_used_is_refused(tmp_path, fields, cause, field):
    (problem,) = problems_of(case_with(tmp_path, changed(**fields)))
    assert problem.cause.id in {cause, f"evidence.{cause}", f"reading.{cause}"}
    assert problem.place.field == field


@pytest.mark.parametrize(
    ("fields", "proposal"),
    [({"unit": "vehicels"}, "vehicles"), ({"sorce": "x"}, "source"), ({"source": "fillings"}, "filing")],
)
def test_a_misspelling_is_mended_by_the_nearest_name(tmp_path, fields, proposal):
    (problem,) = problems_of(case_with(tmp_path, changed(**fields)))
    assert problem.fix
    assert dict(problem.fix.params)["near"] == proposal


def test_a_source_that_is_dated_later_needs_a_reason(tmp_path):
    folder = case_with(tmp_path, changed(known_on="2020-03-17", held_because="the company told the parties"))
    assert load_case(folder).facts[0].held_because == "the company told the parties"


@pytest.mark.parametrize(
    ("fields", "cause"),
    [
        ({"name": "delivereis"}, "fact.unknown_name"),
        ({"name": "gross_margin", "unit": "ratio", "value": "-9.9"}, "fact.large_ratio"),
        ({"period": "2020"}, "fact.known_before_end"),
    ],
)
def test_what_looks_wrong_but_may_be_right_is_a_warning(tmp_path, fields, cause):
    (warning,) = load_case(case_with(tmp_path, changed(**fields))).warnings
    assert (warning.cause.id, warning.severity) == (f"evidence.{cause}", "warning")
    assert "warning" in format_problem(warning)


def test_guidance_may_speak_of_a_time_to_come(tmp_path):
    assert load_case(case_with(tmp_path, changed(name="delivery_guidance", period="2020Q2"))).warnings == ()


def test_fact_and_source_ids_are_unique_over_all_files(tmp_path):
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT), "facts/b.yaml": facts_yaml(GOOD_FACT)})
    assert sorted(causes_of(folder)) == ["fact.duplicate"] + ["source.duplicate"] * 3


def test_a_broken_source_is_reported_once_and_not_at_every_citation(tmp_path):
    sources = SOURCES.replace("grade: A", "grade: Z")
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT, changed(id="two"), sources=sources)})
    assert causes_of(folder) == ["format.wrong_value"]


def test_a_file_that_cannot_be_read_does_not_make_its_sources_unknown(tmp_path):
    folder = write_case(tmp_path, {"facts/a.yaml": SOURCES + "facts: [\n", "facts/b.yaml": f"facts: [{{{GOOD_FACT}}}]"})
    assert causes_of(folder) == ["yaml.syntax"]


@pytest.mark.parametrize(
    ("old", "new", "cause"),
    [
        ("id: two", "id: two, supersedes: two", "fact.supersedes_later"),
        ("id: two", "id: two, supersedes: deliveries-2019, known_on: 2020-03-19", "fact.supersedes_other"),
    ],
)
def test_a_correction_corrects_an_older_fact_of_the_same_name_and_period(tmp_path, old, new, cause):
    second = "id: two, name: deliveries, period: 2018, value: 11348, unit: vehicles, source: filing"
    second = second.replace(old, new)
    if "known_on" not in second:
        second += ", known_on: 2020-03-18"
    assert causes_of(case_with(tmp_path, GOOD_FACT, second)) == [cause]


def test_text_with_a_comma_inside_braces_gets_its_own_mend(tmp_path):
    (problem,) = problems_of(case_with(tmp_path, GOOD_FACT + ", note: cut from 9,900 by a quarter"))
    assert problem.fix
    assert problem.fix.id == "reading.format.comma"


def test_a_term_sheet_cites_sources_of_the_case_or_states_a_judgement(tmp_path):
    sheet = "known_on: 2020-02-25\nput: {source: filling}\ntiers: [{leaving_costs: {source: 'judgement: a guess'}}]\n"
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT), "terms/t.yaml": sheet})
    (problem,) = problems_of(folder)
    assert (problem.cause.id, problem.place.field) == ("evidence.fact.unknown_source", "put.source")


def test_a_folder_without_case_yaml_is_no_case(tmp_path):
    assert causes_of(tmp_path) == ["case.no_case_yaml"]
    assert causes_of(tmp_path / "nowhere") == ["case.no_case_yaml"]


@pytest.mark.parametrize("content", ["", "- a\n", "hello\n"])
def test_files_that_are_no_mappings_are_refused(tmp_path, content):
    assert "format.wrong_file" in causes_of(write_case(tmp_path, {"case.yaml": content}))


def test_facts_and_sources_have_their_shapes(tmp_path):
    folder = write_case(tmp_path, {"facts/a.yaml": "facts: {a: 1}\nsources: [1]\nfact: []\n", "facts/b.yaml": "- 1\n"})
    assert causes_of(folder) == [
        "format.wrong_value",
        "format.wrong_value",
        "format.unknown_field",
        "format.wrong_file",
    ]


def test_what_lies_about_and_is_not_read_is_a_warning(tmp_path):
    folder = write_case(
        tmp_path,
        {
            "facts/notes.txt": "x",
            "facts/.hidden": "x",
            "terms/old.yaml.bak": "x",
            "documents/letter.pdf": "x",
            "documents/README.md": "x",
        },
    )
    warnings = load_case(folder).warnings
    assert [Path(w.place.file).name for w in warnings] == ["letter.pdf", "notes.txt", "old.yaml.bak"]
    assert format_problems(warnings)


def test_a_link_cannot_lead_into_the_outcome(tmp_path):
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT), "outcome/o.yaml": facts_yaml()})
    (folder / "facts" / "o.yaml").symlink_to(folder / "outcome" / "o.yaml")
    assert causes_of(folder) == ["file.outside"]


def test_a_document_lies_in_documents(tmp_path):
    entry = "documents:\n  - {file: ../outcome/o.yaml, title: A, known_on: 2020-01-01}\n"
    folder = write_case(tmp_path, {"case.yaml": CASE + entry, "outcome/o.yaml": "x: 1\n", "documents/x/.keep": ""})
    assert causes_of(folder) == ["document.missing"]


def test_the_outcome_is_neither_opened_nor_listed(tmp_path, monkeypatch):
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT), "outcome/o.yaml": "not: [yaml"})
    touched = []
    for name in ("iterdir", "read_bytes", "is_dir", "is_file", "rglob"):
        original = getattr(Path, name)

        def watched(self, *args, _original=original, **kwargs):
            touched.append(self)
            return _original(self, *args, **kwargs)

        monkeypatch.setattr(Path, name, watched)
    load_case(folder).view(date(2030, 1, 1))
    assert touched
    assert not [path for path in touched if "outcome" in path.parts]


def test_the_outcome_is_checked_when_asked(tmp_path):
    late = changed(id="later", period="2024", known_on="2025-03-18")
    folder = write_case(
        tmp_path,
        {
            "facts/a.yaml": facts_yaml(GOOD_FACT),
            "outcome/o.yaml": facts_yaml(late, changed(id="early"), changed(unit="x", id="u"), sources=""),
        },
    )
    problems = check_outcome(folder)
    assert [(p.cause.id, p.severity) for p in problems] == [
        ("evidence.outcome.known_before", "warning"),
        ("evidence.outcome.known_before", "warning"),
        ("evidence.fact.unit_of_name", "error"),
    ]
    assert format_problems(problems)
    assert load_case(folder).id == "example"


@pytest.mark.parametrize("day", ["2020-04-31", "2020-4-3"])
def test_all_fields_of_case_yaml_are_checked_at_once(tmp_path, day):
    spoilt = CASE.replace("format: 1", "format: 2").replace("case: example", "case: An Example")
    spoilt = spoilt.replace("title: An example", "title: 7").replace("country: CN", "country: China")
    spoilt = spoilt.replace("currency: CNY", "currency: yuan").replace(
        "decision_date: 2020-04-29", f"decision_date: {day}"
    )
    spoilt = spoilt.replace("industry: battery-electric-vehicles\n", "").replace("question:", "qestion:")
    fields = [p.place.field for p in problems_of(write_case(tmp_path, {"case.yaml": spoilt}))]
    wrong = [
        "format",
        "case",
        "title",
        "region.country",
        "currency",
        "decision_date",
        "qestion",
        "industry",
        "question",
    ]
    assert sorted(fields) == sorted(wrong)


def test_one_wrong_field_hides_nothing_else_in_the_record_or_the_file(tmp_path):
    wrong = [
        changed(unit="vehicels", source="s9", period="2019Q5", known_on="2020-02-30"),
        changed(known_to="me", id="two", value="abc", unit="people"),
        changed(confidence="certain", known_on="2020-03-17"),
        changed(source=None, id="four", supersedes="nobody"),
        changed(name="Deliveries", id="five", value="{low: 3, high: 2}"),
    ]
    found = [
        (p.place.field, p.cause.id.removeprefix("evidence.").removeprefix("reading."))
        for p in problems_of(case_with(tmp_path, *wrong))
    ]
    assert sorted(found) == [
        ("facts.0.known_on", "yaml.no_such_day"),
        ("facts.0.period", "core.period.invalid"),
        ("facts.0.source", "fact.unknown_source"),
        ("facts.0.unit", "format.wrong_value"),
        ("facts.1.known_to", "format.wrong_value"),
        ("facts.1.unit", "fact.unit_of_name"),
        ("facts.1.value", "fact.value_of"),
        ("facts.2.confidence", "format.wrong_value"),
        ("facts.2.id", "fact.duplicate"),
        ("facts.2.known_on", "fact.source_is_later"),
        ("facts.3.source", "format.missing_field"),
        ("facts.3.supersedes", "fact.supersedes_unknown"),
        ("facts.4.name", "format.wrong_value"),
        ("facts.4.value", "fact.interval_order"),
    ]


def test_the_same_holds_for_tables(tmp_path):
    rows = (
        "id,name,period,value,unit,known_on,source\n"
        "a,cash,2019Q5,lots,CNY m,2020-02-30,s9\n"
        "a,cash,2019-02-30,1,CNY,2020-03-18,filing\n"
    )
    found = problems_of(write_case(tmp_path, {"facts/a.yaml": SOURCES, "facts/b.csv": rows}))
    assert [(p.place.line, p.place.field) for p in found] == [
        *((2, "period"), (2, "value"), (2, "known_on"), (2, "source")),
        *((3, "id"), (3, "period"), (3, "unit")),
    ]


@pytest.mark.parametrize("address", ["ftp:/x", "example.org/f", "'javascript:alert(1)'", "https://", "https://a b"])
def test_the_address_of_a_source_is_one_of_the_web(tmp_path, address):
    sources = SOURCES.replace('"https://example.org/f"', address)
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT, sources=sources)})
    (problem,) = problems_of(folder)
    assert problem.place.field == "sources.filing.address"
    assert problem.fix
    assert "https://" in render(problem.fix)


def test_a_day_that_no_calendar_has_is_refused_where_a_day_is_asked_for(tmp_path):
    entry = "documents:\n  - {file: a.txt, title: A, known_on: 2020-06-31}\n"
    files = {"terms/t.yaml": "known_on: 2020-02-30\n", "documents/a.txt": "x"}
    sources = SOURCES.replace("date: 2020-03-18, address", "date: 2020-13-18, address")
    note = changed(note="2020-04-31")
    folder = write_case(
        tmp_path, {"case.yaml": CASE + entry, "facts/a.yaml": facts_yaml(note, sources=sources), **files}
    )
    found = [(p.cause.id, p.place.field) for p in problems_of(folder)]
    assert {cause for cause, _ in found} == {"reading.yaml.no_such_day"}
    assert [field for _, field in found] == ["documents.0.known_on", "sources.filing.date", "known_on"]


def test_a_source_is_defined_once_even_if_one_of_the_two_is_broken(tmp_path):
    second = "sources:\n  filing: {publisher: SEC, title: Annual report, grade: Z}\n"
    folder = write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT), "facts/b.yaml": second})
    assert sorted(causes_of(folder)) == ["format.wrong_value", "source.duplicate"]


def test_every_refusal_of_a_fact_says_how_to_mend_it(tmp_path):
    facts = [
        changed(value="{low: 3, high: 2}"),
        changed(id="two", supersedes="zzz"),
        changed(id="three", supersedes="three"),
        changed(id="four", supersedes="deliveries-2019", period="2018"),
        changed(id="five", unit=None),
    ]
    found = problems_of(case_with(tmp_path, *facts))
    assert len(found) == 5
    assert [p.cause.id for p in found if p.fix is None] == []


def test_a_link_to_another_place_is_refused_alone_since_it_may_hold_what_others_name(tmp_path):
    folder = case_with(tmp_path, changed(), changed(id="two", supersedes="zzz"))
    (tmp_path / "elsewhere.yaml").write_text("facts: []\n", "utf-8")
    (folder / "facts" / "link.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert causes_of(folder) == ["file.outside"]


scraps = st.text(alphabet=st.sampled_from("abid:-[]{} \n,.0159e\"'#_Q"), max_size=40)


@settings(max_examples=examples(40))
@given(st.dictionaries(st.sampled_from(["value", "period", "known_on", "unit", "id", "source", "note"]), scraps))
def test_any_case_is_either_read_or_refused_with_sentences(fields):
    with tempfile.TemporaryDirectory() as folder:
        case_with(Path(folder), changed(**fields))
        refused = ""
        try:
            read = load_case(Path(folder)).facts
        except InvalidInput as error:
            refused, read = format_problems(error.problems), ()
        assert refused or isinstance(read, tuple)


SHEET = "deal: d\ncurrency: {}\nknown_on: 2020-03-18\nsource: filing\n"


def test_a_sheet_in_another_currency_than_its_case_is_refused(tmp_path):
    files = {"facts/a.yaml": facts_yaml(GOOD_FACT), "terms/a.yaml": SHEET.format("USD")}
    (problem,) = problems_of(write_case(tmp_path, files))
    assert problem.cause.id == "evidence.sheet.currency"
    assert (problem.place.line, problem.excerpt) == (2, "USD")
    (tmp_path / "terms" / "a.yaml").write_text(SHEET.format("CNY"), "utf-8")
    assert len(load_case(tmp_path).sheets) == 1


def test_what_has_the_name_of_a_file_and_is_none_is_refused(tmp_path):
    write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT)})
    (tmp_path / "facts" / "b.yaml").mkdir()
    (tmp_path / "facts" / "c.csv").symlink_to("nowhere.csv")
    assert [(p.place.file.split("/")[-1], p.cause.id) for p in problems_of(tmp_path)] == [
        ("b.yaml", "reading.file.not_a_file"),
        ("c.csv", "reading.file.not_a_file"),
    ]


def test_problems_of_a_sheet_are_told_with_the_way_to_the_case(tmp_path):
    case = load_case(write_case(tmp_path, {"facts/a.yaml": facts_yaml(GOOD_FACT)}))
    (told,) = case.located([Problem(Message.of("reading.file.not_a_file"), Place("terms/a.yaml", 3, 1))])
    assert str(told.place) == f"{tmp_path}/terms/a.yaml:3:1"
