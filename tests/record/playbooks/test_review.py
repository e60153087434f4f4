"""What a reader is told of a playbook: what is sourced, what is open, and which pilot counts for nothing."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guanzi.base.reading import TextFile, parse_yaml
from guanzi.record.playbooks import (
    PARTS,
    Pilot,
    Scenarios,
    Wording,
    load_playbook,
    new_playbook,
    parse_playbook,
    playbook_names,
    review,
)

HEFEI = load_playbook("hefei")
COUNTS = HEFEI.governance.scenarios.counts
WORDS = Wording(en="There.", zh="有。")
TEXT = new_playbook("lyon", date(2026, 1, 2))


@pytest.mark.parametrize("name", playbook_names())
def test_a_shipped_playbook_is_sound_and_silent_on_nothing(name):
    found = review(load_playbook(name))
    assert found.problems == ()
    assert found.empty == ()
    assert found.open > 0, "nobody knows everything of a government"


@pytest.mark.parametrize("name", playbook_names())
def test_every_number_and_row_is_counted_once(name):
    book = load_playbook(name)
    found = review(book)
    assert found.sourced + found.judged == len(book.origins()) >= len(book.table)


@given(st.sets(st.sampled_from(PARTS)))
def test_a_pilot_counts_only_when_it_is_complete(there):
    parts = {part: "third_party" if part == "measured_by" else WORDS for part in there}
    pilot = Pilot.model_validate({"id": "p", "text": WORDS, "state": "open", **parts})
    assert set(pilot.missing) == set(PARTS) - there
    assert Scenarios(counts=COUNTS).grade(pilot) == ("B" if len(there) == len(PARTS) else None)


def test_who_measures_decides_the_grade_and_the_company_itself_has_the_lowest():
    full = dict.fromkeys(PARTS[:-1], WORDS)
    grades = [
        Scenarios(counts=COUNTS).grade(
            Pilot.model_validate({"id": "p", "text": WORDS, "state": "open", "measured_by": who, **full})
        )
        for who in ("authority", "third_party", "owner", "company")
    ]
    assert grades == ["A", "B", "C", "D"]


def test_a_row_that_nobody_can_feed_is_found():
    text = TEXT.replace("mechanism.public_share, op", "mechanism.luck, op")
    assert text != TEXT
    causes = [problem.cause.id for problem in review(parse_playbook(text, "lyon.yaml")).problems]
    assert "playbooks.error.unknown_figure" in causes


def test_a_new_playbook_says_what_is_to_be_filled_in():
    document = parse_yaml(TextFile("lyon.yaml", TEXT, tuple(TEXT.split("\n"))))
    found = review(parse_playbook(TEXT, "lyon.yaml"), document)
    assert {problem.cause.id for problem in found.problems} == {"playbooks.error.unfilled"}
    said = {dict(problem.cause.params)["text"] for problem in found.problems}
    assert {"NAME IN ENGLISH", "WHO PUBLISHED IT", "WHY THIS NUMBER", "WHERE", "中文名称", "取此数的理由"} <= said
    assert found.empty == ()
    for problem in found.problems:
        assert dict(problem.cause.params)["text"] in TEXT.splitlines()[problem.place.line - 1]


def said_of(text):
    document = parse_yaml(TextFile("lyon.yaml", text, tuple(text.split("\n"))))
    found = review(parse_playbook(text, "lyon.yaml"), document)
    return {dict(problem.cause.params)["text"] for problem in found.problems}


def test_a_playbook_that_was_filled_in_in_english_alone_asks_for_the_chinese():
    said = said_of(TEXT.replace("NAME IN ENGLISH", "Lyon"))
    assert "NAME IN ENGLISH" not in said
    assert "中文名称" in said


def test_a_title_in_capitals_is_no_word_of_the_form():
    assert "INVESTMENT ACT 2019" not in said_of(TEXT.replace("TITLE OF THE TEXT", "INVESTMENT ACT 2019"))
