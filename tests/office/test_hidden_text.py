"""No name or title holds what nobody sees, no text turns its order, whatever field and whichever way it comes in."""

import json
from typing import get_args
from unicodedata import normalize

import pytest
from hypothesis import settings
from pydantic import ValidationError
from tests.office import evidence_of, tiedcase
from tests.office.committee import KEYS
from tests.office.forks import run_apart
from tests.record.ledger.server import running
from tests.sampling import PROVE

from guanzi.base.core import InvalidInput, hidden_in_name, hidden_in_text, render
from guanzi.office.actions import ACTIONS, load_actions, perform
from guanzi.office.actions.texts import HIDDEN, TextKind
from guanzi.office.models import Person
from guanzi.office.serving.beginning import begin_organisation

load_actions()
FIELDS = [(id, name) for id, what in ACTIONS.items() for name in what.asks.model_fields]
NOWHERE = ["\0", "\x1b", "\u202a", "\u202e", "\u2066", "\u2069", "\ud800"]
"""Refused in every text but a password."""
NOT_IN_NAMES = [*NOWHERE, "\n", "\u200b", "\u200c", "\u200d", "\u200e", "\u200f", "\u061c", "\u2060", "\ufeff",
                "\u00ad", "\u2028", "\u3164", "\u180e", "\ufe0f", "\U000e0041"]  # fmt: skip
ONE_IN = 1 if settings.get_current_profile_name() == PROVE else 4
"""Of so many actions one is sent a NUL."""
SHOWN = ("name", "name_zh", "title", "title_zh", "filename", "publisher", "owner", "place", "unit", "username", "id")


def kind_of(id, name):
    """What a field holds by its type; None: an encoded file."""
    field = ACTIONS[id].asks.model_fields[name]
    parts = [*field.metadata, *parts_of(field.annotation)]
    return None if bytes in parts else next((one for one in parts if isinstance(one, TextKind)), TextKind.NAME)


def parts_of(annotation):
    """A type and everything within it."""
    within = (*get_args(annotation), *getattr(annotation, "__metadata__", ()))
    return [annotation, *(one for part in within for one in parts_of(part))]


def refused(id, name, value):
    """Whether an action refuses what a field holds for what it hides."""
    try:
        ACTIONS[id].asks.model_validate({name: value})
    except ValidationError as error:
        return any(told["type"] == HIDDEN and told["loc"][0] == name for told in error.errors())
    return False


@pytest.mark.parametrize(("id", "name"), FIELDS)
def test_every_field_of_every_action_refuses_what_is_hidden(id, name):
    kind = kind_of(id, name)
    characters = {TextKind.NAME: NOT_IN_NAMES, TextKind.LONG: NOWHERE, TextKind.SECRET: ["\ud800"], None: []}[kind]
    for character in characters:
        for value in (f"a{character}b", [f"a{character}b"], {"x": f"a{character}b"}, {f"a{character}b": "x"}):
            assert refused(id, name, value), (ascii(character), value)


def test_what_is_no_name_is_said_by_its_type_and_is_no_name():
    kinds = {pair: kind_of(*pair) for pair in FIELDS}
    secret = {pair for pair, kind in kinds.items() if kind is TextKind.SECRET}
    assert secret == {("person.change_password", "old"), ("person.change_password", "new")}
    assert not [pair for pair, kind in kinds.items() if pair[1] in SHOWN and kind is not TextKind.NAME]
    assert {name for (_, name), kind in kinds.items() if kind is None} == {"archive", "file", "report"}


def test_longer_texts_keep_their_lines_and_names_are_composed():
    asks = ACTIONS["vote.cast"].asks
    words = "First.\r\n\tSecond: e\u0301, \u200d"
    asked = asks.model_validate({"case": "x", "sitting": 1, "vote": "back", "reason": words})
    assert asked.model_dump()["reason"] == words
    name = "Ame\u0301lie"
    asked = ACTIONS["token.make"].asks.model_validate({"name": name, "scopes": ["read"]})
    assert asked.model_dump()["name"] == normalize("NFC", name)


def test_whoever_bears_a_name_that_hides_something_is_not_invited(office):
    for name in ("Gao\u200b Yuan", "\u202eEvil", "Gao\0"):
        asked = {"username": "second", "name": name, "roles": ["analyst"]}
        with pytest.raises(InvalidInput) as told:
            perform(office.administrator, "person.invite", asked, next(KEYS))
        (problem,) = told.value.problems
        assert (problem.cause.id, str(problem.place)) == ("office.refused.hidden", "name")
        assert "U+" in render(problem.cause, "en")
        with pytest.raises(InvalidInput):
            begin_organisation("town", name, "ada")
    assert not Person.objects.filter(username__startswith="second").exists()


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        ("case.yaml", "{en: A small case", '{en: "A \\u202esmall case"'),
        ("case.yaml", "name_zh: 制造商", 'name_zh: "制造\\u200b商"'),
        ("case.yaml", "name: Town", 'name: "To\\u2066wn"'),
        ("facts/company.yaml", "title: Annual report", 'title: "Annual\\u200dreport"'),
        ("facts/company.yaml", "publisher: {en: Maker", 'publisher: {en: "Ma\\ufeffker"'),
        ("facts/company.yaml", "source: report}", 'source: report, note: "paid \\u202e001"}'),
    ],
)
def test_a_folder_that_hides_something_is_no_case(office, file, old, new):
    text = evidence_of.FILES[file].decode()
    assert old in text
    files = evidence_of.FILES | {file: text.replace(old, new, 1).encode()}
    with pytest.raises(InvalidInput) as told:
        perform(office.lead, "case.open", {"archive": evidence_of.zipped(files)}, next(KEYS))
    assert {problem.cause.id for problem in told.value.problems} == {"office.refused.hidden"}
    perform(office.lead, "case.open", {"archive": evidence_of.zipped(evidence_of.FILES)}, next(KEYS))
    with pytest.raises(InvalidInput):
        perform(office.lead, "evidence.replace_folder", evidence_of.folder_of(files), next(KEYS))


@pytest.mark.parametrize("name", ["notes/a\u202etxt.exe.txt", "notes/a\u200b.txt", "documents/\u2066a.txt"])
def test_a_file_whose_name_hides_something_is_refused(office, name):
    files = evidence_of.FILES | {name: b"words"}
    with pytest.raises(InvalidInput) as told:
        perform(office.lead, "case.open", {"archive": evidence_of.zipped(files)}, next(KEYS))
    assert [problem.cause.id for problem in told.value.problems] == ["office.refused.path"]


def test_nobody_hides_an_interest_by_a_mark_that_nobody_sees(office):
    hidden = json.loads(tiedcase.entity("owner", "Person", name="Oswald Owner\u200bman"))
    ties = [json.dumps(hidden) if '"owner", "schema"' in line else line for line in tiedcase.TIES]
    files = {name: text.encode() for name, text in tiedcase.files(ties).items()}
    with pytest.raises(InvalidInput) as told:
        perform(office.lead, "case.open", {"archive": evidence_of.zipped(files)}, next(KEYS))
    assert {problem.cause.id for problem in told.value.problems} == {"office.refused.hidden"}


@pytest.mark.parametrize("text", ["合肥 Motors", "Ünïcode & Söhne", "“Fund” – No. 3 · A/S", "𠮷野家", "a\u00a0b", "①②"])
def test_what_people_write_is_taken(text):
    assert hidden_in_name(text) == hidden_in_text(text) == ""


def test_a_nul_is_no_error_of_the_server_and_ten_guesses_at_once_are_ten_on_sqlite(tmp_path, tables):
    assert run_apart("nul_everywhere", tables.into(tmp_path / "apart"), (ONE_IN,)) == "held 10\n"


@pytest.mark.prove
def test_a_nul_is_no_error_of_the_server_and_ten_guesses_at_once_are_ten_on_postgresql(tmp_path):
    with running() as address:
        assert run_apart("nul_everywhere", tmp_path, (1,), address) == "held 10\n"
