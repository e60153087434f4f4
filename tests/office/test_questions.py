"""A question of a job is declared once: a command, a program and a model ask the same and get the same."""

import json
from pathlib import Path

import pytest
from tests.office.asking import ASKED, CASE
from tests.office.test_interface import token
from typer.testing import CliRunner

from guanzi.base.core import Message, render
from guanzi.cli import app
from guanzi.console import asked_fields
from guanzi.jobs import declared
from guanzi.office.actions import perform

SPOKEN = {"explain"}
"""Questions whose command prints no JSON."""


@pytest.fixture
def ask(office, client):
    perform(office.lead, "case.open", {"builtin": CASE}, "open")
    held = {"lead": token(office.lead, "read"), "analyst": token(office.analyst, "read")}

    def get(address, by="lead", **asked):
        return client.get(f"/api/{address}", asked, headers={"Authorization": f"Bearer {held[by]}"})

    return get


def address(question):
    return question.address.lstrip("/").replace("{case}", CASE)


OFFERED = [question for question in declared.OFFERED if not question.slow]


def test_every_address_is_tried():
    assert {question.id for question in OFFERED} == set(ASKED)


def test_an_address_answers_what_the_command_prints_and_only_those_who_see_the_case(ask):
    for question in OFFERED:
        asked = ASKED[question.id]
        answer = ask(address(question), **asked)
        assert answer.status_code == 200, answer.content
        assert "/laid/" not in answer.content.decode()
        if question.case:
            assert ask(address(question), by="analyst", **asked).status_code == 404
        if question.name not in SPOKEN:
            assert printed(question, asked) == answer.json(), question.name


def printed(question, asked):
    """What the command of a question prints as JSON."""
    flags = {one.name: one.asked.flag for one in asked_fields(question.asks)}
    words = [word for name, value in asked.items() for word in (flags[name], str(value)) if word not in ("", "True")]
    done = CliRunner().invoke(app, [*question.name.split(), *([CASE] if question.case else []), *words, "--json"])
    return json.loads(done.stdout)


def test_what_is_refused_names_the_case_and_not_where_it_lies(ask):
    refused = ask(f"cases/{CASE}/explain", as_of="2019-01-01")
    assert refused.status_code == 409
    assert f"{CASE}/terms" in refused.content.decode()
    assert "/laid/" not in refused.content.decode()


def test_no_file_is_asked_and_nothing_that_only_a_command_may(client, office):
    described = client.get("/api/openapi.json").json()["paths"]
    for question in OFFERED:
        offered = {one["name"] for one in described[f"/api{question.address}"]["get"]["parameters"]}
        kept = {one.name for one in asked_fields(question.asks) if one.asked.local or one.kind in (Path, Path | None)}
        assert offered & kept == set()


def test_a_file_is_not_read_where_a_city_is_asked(ask, tmp_path):
    (tmp_path / "bets.csv").write_text("id,outcome\na,worked\n", "utf-8")
    for name in ("bets.csv", "bets.CSV"):
        assert ask("bets/track-record", of=str(tmp_path / name)).status_code == 422
    assert ask("bets/track-record", of="nowhere").status_code == 409


def test_a_refusal_is_in_the_language_asked_for(client, office):
    headers = {"Authorization": f"Bearer {token(office.member, 'read')}", "Accept-Language": "zh"}
    (problem,) = client.get("/api/bets/show?id=x", headers=headers).json()["problems"]
    assert problem["text"] == render(Message.of(problem["id"], bet="x"), "zh")
