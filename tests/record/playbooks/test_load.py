"""Reading playbooks, and what the shipped one owes its readers."""

import re
from pathlib import Path

import pytest
import yaml

from guanzi.base.core import InvalidInput, render
from guanzi.record.playbooks import (
    FigureTest,
    FindingTest,
    leaves,
    load_playbook,
    parse_playbook,
    playbook_names,
    playbook_schema,
    worded,
)
from guanzi.study.diligence import checks

FILE = Path(__file__).resolve().parents[3] / "src" / "guanzi" / "library" / "playbooks" / "hefei.yaml"
TEXT = FILE.read_text("utf-8")
HEFEI = load_playbook("hefei")


def test_a_shipped_playbook_is_read_by_name_and_any_by_path():
    assert "hefei" in playbook_names()
    assert load_playbook(FILE) == HEFEI


def test_the_hash_changes_with_the_content_and_not_with_the_layout():
    assert parse_playbook("# a comment\n" + TEXT, "x.yaml").sha256 == HEFEI.sha256
    assert parse_playbook(TEXT.replace("value: 0.6", "value: 0.7"), "x.yaml").sha256 != HEFEI.sha256


def test_an_unknown_name_is_refused_with_the_names_there_are():
    with pytest.raises(InvalidInput) as error:
        load_playbook("atlantis")
    (problem,) = error.value.problems
    assert problem.fix is not None
    assert "atlantis" in render(problem.cause)
    assert "hefei" in render(problem.fix)


@pytest.mark.parametrize(
    ("content", "word", "place"),
    [
        (b"id: a\nname: \xc3\x28", "0xC3", (2, 7)),
        ("id: 合肥".encode("gb18030"), "UTF-8", (1, 5)),
        (b"id: a\n\0", "U+0000", (2, 1)),
        (b"[" * 60 + b"]" * 60, "50", (1, 51)),
        (b"a: &x [1]\nb: [*x, *x]", "aliases", (1, 4)),
        (b"made_on: 2020-02-30", "2020-02-30", (1, 10)),
        (b"id: {", "YAML", (2, 1)),
    ],
    ids=["garbled", "of a spreadsheet", "control character", "bottomless", "alias", "no such day", "cut off"],
)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_file_that_is_no_text_of_yaml_is_refused_at_its_place(tmp_path, content, word, place, lang):
    (tmp_path / "mine.yaml").write_bytes(content)
    with pytest.raises(InvalidInput) as error:
        load_playbook(tmp_path / "mine.yaml")
    problem = next(p for p in error.value.problems if word in render(p.cause, "en"))
    assert render(problem.cause, lang)
    assert problem.place.file.endswith("mine.yaml")
    assert (problem.place.line, problem.place.column) == place


def test_all_mistakes_are_reported_at_once_with_their_lines():
    wrong = TEXT.replace('op: ">=", value: 0.6', 'op: "=", value: 0.6')
    wrong = wrong.replace(f'version: "{HEFEI.version}"', "version: [1]")
    with pytest.raises(InvalidInput) as error:
        parse_playbook(wrong, "wrong.yaml")
    lines = [problem.place.line for problem in error.value.problems]
    text = wrong.splitlines()
    assert len(lines) == 2
    assert "version" in text[lines[0] - 1]
    assert 'op: "="' in text[lines[1] - 1]
    assert all(render(problem.cause) for problem in error.value.problems)


@pytest.mark.parametrize(
    ("old", "new", "word"),
    [
        ("condition: guarantee", "condition: garantee", "garantee"),
        ("source: bartik-2018", "source: bartik-2017", "bartik-2017"),
        ("- id: size-tenth", "- id: size-quarter", "size-quarter"),
        ("low: 0.02", "low: 0.2", "ascend"),
        ("    condition: guarantee\n", "", "condition"),
    ],
)
def test_references_that_lead_nowhere_are_refused(old, new, word):
    assert old in TEXT
    with pytest.raises(InvalidInput) as error:
        parse_playbook(TEXT.replace(old, new, 1), "wrong.yaml")
    assert any(word in render(problem.cause) for problem in error.value.problems)


def test_words_are_read_as_in_every_other_file():
    """No country is false, no time of day a number, no number octal: YAML 1.1 has all three."""
    spoilt = TEXT.replace(f'version: "{HEFEI.version}"', "version: NO").replace("id: hefei\n", "id: 12:30\n", 1)
    assert (parse_playbook(spoilt, "x.yaml").version, parse_playbook(spoilt, "x.yaml").id) == ("NO", "12:30")


def test_a_key_that_stands_twice_is_refused():
    with pytest.raises(InvalidInput) as error:
        parse_playbook(TEXT + "\nid: other\n", "x.yaml")
    assert [p.cause.id for p in error.value.problems] == ["reading.yaml.duplicate_key"]


def test_a_refusal_names_the_field_and_quotes_what_the_file_says():
    with pytest.raises(InvalidInput) as error:
        parse_playbook(TEXT.replace("value: 0.6", "value: much", 1), "x.yaml")
    (problem,) = error.value.problems
    assert problem.place.field == "governance.limits.4.setting.value"
    assert problem.excerpt == "much"
    assert "value" in render(problem.cause)
    assert problem.fix is not None
    assert "{" not in render(problem.cause) + render(problem.fix)


def test_broken_yaml_is_refused_with_its_place():
    with pytest.raises(InvalidInput) as error:
        parse_playbook("id: [hefei\n", "broken.yaml")
    assert error.value.problems[0].place.line > 0


@pytest.mark.parametrize("name", playbook_names())
def test_every_sentence_of_a_shipped_playbook_can_be_said(name):
    playbook = load_playbook(name)
    words = [playbook.name, *(p.text for p in playbook.practices), *(d.text for d in playbook.demands)]
    words += [statement.text for _, statement in playbook.governance.statements()]
    for lang in ("en", "zh"):
        assert all(render(worded(text), lang) for text in words)
        assert all(render(origin.reason(), lang) for origin in playbook.origins())
        assert all(render(row.message(), lang) for row in playbook.table)
    for row in playbook.table:
        for test in leaves(row.test):
            kind, name = ("figure", test.figure) if isinstance(test, FigureTest) else ("code", test.finding)
            assert render({"id": f"playbooks.{kind}.{name}"})
            if isinstance(test, FindingTest):
                assert all(render({"id": f"playbooks.code.{code}"}) for code in (*test.unless, *test.unknown_if))


def test_every_number_says_where_it_comes_from_and_no_rule_is_called_law_without_a_text():
    for origin in HEFEI.origins():
        assert (origin.kind == "source") == (origin.source is not None)
        assert origin.because is not None or origin.kind == "source"
    assert all(HEFEI.source(o.source).title for o in HEFEI.origins() if o.source)
    assert {p.state for p in HEFEI.practices} == {"known", "open", "default"}
    assert "not law" in render({"id": HEFEI.committee.origin.because})


def test_gates_come_first_and_the_hurdle_in_the_table_is_that_of_the_fund():
    stages = [row.stage for row in HEFEI.table]
    assert stages == sorted(stages, key=["gate", "limit", "tradeoff"].index)
    (irr,) = (
        t for row in HEFEI.table for t in leaves(row.test) if isinstance(t, FigureTest) and t.figure == "fund.irr"
    )
    assert irr.value == HEFEI.hurdle_rate.value


def test_the_table_names_no_company():
    words = yaml.safe_dump(HEFEI.model_dump(mode="json")["table"]).lower()
    assert not any(name in words for name in ("nio", "tesla", "boe", "jac"))


def test_the_but_for_prior_has_the_mean_that_its_source_reports():
    prior = HEFEI.but_for
    assert 0.10 <= (prior.low + prior.mode + prior.high) / 3 <= 0.15


def test_the_schema_describes_the_shipped_file():
    jsonschema = pytest.importorskip("jsonschema")
    day = HEFEI.made_on.isoformat()
    jsonschema.validate(yaml.safe_load(TEXT.replace(day, f'"{day}"')) | {"sources": []}, playbook_schema())


def test_every_code_of_the_table_is_one_that_a_check_can_give():
    sources = FILE.parents[2] / "study" / "diligence" / "checks"
    given = "".join(path.read_text("utf-8") for path in sources.glob("*.py"))
    silent = {"gap_" + check.id.replace("-", "_") for check in checks()}
    for row in HEFEI.table:
        for test in leaves(row.test):
            for code in (test.finding, *test.unless, *test.unknown_if) if isinstance(test, FindingTest) else ():
                assert f'"{code}"' in given or code in silent, code


def wordings(data):
    """Every pair of words in both languages within plain data."""
    if isinstance(data, dict):
        if set(data) == {"en", "zh"}:
            yield data["en"], data["zh"]
        for key, value in data.items():
            if (
                key != "publisher" or not isinstance(value, dict) or value["en"] != value["zh"]
            ):  # a name is left as it is
                yield from wordings(value)
    elif isinstance(data, list):
        for value in data:
            yield from wordings(value)


@pytest.mark.parametrize("name", playbook_names())
def test_words_in_a_playbook_are_chinese_in_chinese_and_end_alike(name):
    pairs = list(wordings(yaml.safe_load((FILE.parent / f"{name}.yaml").read_text("utf-8"))))
    assert pairs
    han = "[\u4e00-\u9fff]"
    english = r"(?i)\b(the|is|are|was|of|to|in|that|with|for|this|which|its|from)\b"
    assert [zh for _, zh in pairs if not re.search(han, zh)] == []
    assert [zh for _, zh in pairs if re.search(english, zh)] == []
    assert [zh for _, zh in pairs if re.search(rf"{han}[,;:?!]|[,;?!]{han}|{han} {han}", zh)] == []
    assert [en for en, _ in pairs if re.search(han, en)] == []
    assert [(en, zh) for en, zh in pairs if en.endswith(".") != zh.endswith("。")] == []
