"""``guanzi patents``, ``routes`` and ``users``."""

import json

import pytest
from tests.study.technology.test_patents import EXPORTS
from tests.study.users.test_users import LIST
from typer.testing import CliRunner

from guanzi.base.reading import read_yaml
from guanzi.cli import app

ROUTES = "year,route,units\n" + "".join(
    f"{2010 + i},{route},{n}\n"
    for i, pair in enumerate([(5, 95), (8, 92), (13, 90), (20, 85), (30, 80), (45, 70), (60, 60), (62, 40)])
    for route, n in zip(("lcd", "plasma"), pair, strict=True)
)
USERS = "user,joined,left,referred\n" + "".join(
    f"u{i},2018-0{1 + i % 9}-01,{'2019-03-01' if i % 3 == 0 else ''},{'yes' if i % 2 else ''}\n" for i in range(40)
)


@pytest.fixture
def run(tmp_path):
    def running(command, text, *words):
        file = tmp_path / "file.csv"
        file.write_text(text, "utf-8")
        return CliRunner().invoke(app, [command, str(file), *words])

    return running


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize(
    ("command", "text"),
    [*(("patents", text) for text in EXPORTS.values()), ("routes", ROUTES), ("users", USERS), ("users", LIST)],
)
def test_each_speaks_both_languages(run, command, text, lang):
    words = ("--as-of", "2020-04-29") if command != "routes" else ()
    done = run(command, text, "--lang", lang, *words)
    assert done.exit_code == 0, done.stderr
    assert len(done.stdout) > 100


@pytest.mark.parametrize(
    ("command", "text"), [("patents", EXPORTS["lens"]), ("routes", ROUTES), ("users", USERS), ("users", LIST)]
)
def test_each_writes_json(run, command, text):
    assert isinstance(json.loads(run(command, text, "--json").stdout), dict)


@pytest.mark.parametrize(
    ("command", "text", "name"),
    [
        ("patents", EXPORTS["lens"], "patent_families"),
        ("users", USERS, "retention_12m"),
        ("users", LIST, "orders_paid_share"),
    ],
)
def test_figures_become_facts_that_can_be_read(run, tmp_path, command, text, name):
    done = run(command, text, "--facts", "--as-of", "2020-04-29")
    file = tmp_path / "facts.yaml"
    file.write_text(done.stdout.replace("publisher: ,", "publisher: Office,"), "utf-8")
    data = read_yaml(file).data
    assert name in {fact["name"] for fact in data["facts"]}


def test_the_route_that_gains_is_seen_to_gain(run):
    lcd, plasma = json.loads(run("routes", ROUTES, "--json").stdout)["routes"]
    assert lcd["fitted"]["growing"] > 0.99
    assert plasma["fitted"]["growing"] < 0.01
    assert lcd["adoption"]["sales"]


def test_a_case_without_shares_says_what_to_enter():
    done = CliRunner().invoke(app, ["routes", "nio-hefei-2020"])
    assert "route_share" in done.stdout


@pytest.mark.parametrize("command", ["patents", "users", "routes"])
def test_a_file_of_something_else_is_refused(run, command):
    done = run(command, "colour,smell\nred,sweet\n")
    assert done.exit_code == 2
    assert "error" in done.stderr


def test_a_list_of_staff_that_is_not_there_is_refused(run):
    assert run("patents", EXPORTS["lens"], "--staff", "nowhere.txt").exit_code == 2


def test_a_file_with_a_head_alone_is_not_called_a_case(run):
    done = run("routes", "year,route,units\n")
    assert "below its header" in done.stdout


def test_a_company_that_holds_nothing_is_told_who_does(run):
    text = "Publication Number,Applicant,Family\nCN1,Aulton,F1\nUS2,Aulton,F1\n"
    done = run("patents", text, "--company", "NIO")
    assert "named NIO" in done.stdout
    assert "Aulton" in done.stdout
    assert json.loads(run("patents", text, "--json").stdout)["families"] == 1
