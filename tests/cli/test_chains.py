"""``guanzi chain``: what is printed, what is written, and what is refused."""

import json
import re

import pytest
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.console import say
from guanzi.intake.chains import chain_names, load_chain
from guanzi.jobs.chains.places import anchors_of, places_of

RUN = CliRunner()


def run(*words):
    found = RUN.invoke(app, ["chain", *words])
    assert found.exit_code == 0, found.output
    return found.stdout


def test_links_are_shown_with_their_states_and_firms():
    text = run("show", "nev")
    assert "no evidence" in text
    assert "Gotion High-tech" in text
    assert json.loads(run("show", "nev", "--json"))["links"]


def test_an_earlier_day_says_how_much_became_known_only_later():
    assert "became known later" in run("show", "nev", "--as-of", "2020-04-29")


@pytest.mark.parametrize("words", [("gaps", "nev", "--anchor", "byd", "--output", "8000-12000"), ("targets", "nev")])
def test_gaps_and_targets_speak_both_languages(words):
    english, chinese = run(*words), run(*words, "--lang", "zh")
    assert english != chinese
    assert "动力电池系统" in chinese or "激光雷达" in chinese


def test_targets_come_with_a_plan_and_its_open_questions():
    text = run("targets", "nev", "--anchor", "nio", "--as-of", "2020-04-29", "--top", "5")
    assert "Potential customers: JAC and NIO." in text
    assert "Ask first:" in text
    data = json.loads(run("targets", "nev", "--top", "5", "--json"))
    assert len(data["targets"]) == 5
    assert {"tier", "unknown", "top", "rank"} <= set(data["targets"][0])


def test_links_can_be_ranked_without_naming_firms():
    assert "any maker" in run("targets", "nev", "--links", "--top", "3")


def test_openness_tells_the_verdict_and_what_is_missing_to_say_more():
    text = run("open", "nev", "--anchor", "byd,vw-anhui")
    assert "The evidence is inconclusive" in text
    assert "For a closer answer, ask" in text
    assert json.loads(run("open", "nev", "--anchor", "byd", "--json"))["removal"]["missing"]


def test_laboratories_are_matched_with_links():
    assert re.search(r"Group for solid .*electrolyte  .*H01M 10.*\n\s*electrolytes", run("labs", "nev"))
    assert "No source names a local laboratory" in run("labs", "evtol")


@pytest.mark.parametrize("ending", ["graphml", "ftm"])
def test_a_chain_is_written_for_other_tools(tmp_path, ending):
    run("show", "nev", "--out", str(tmp_path / f"nev.{ending}"))
    assert "gotion" in (tmp_path / f"nev.{ending}").read_text("utf-8")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("show", "nevv"), "name a CSV or XLSX file, or one of: nev"),
        (("show", "nev", "--at", "hefi"), "name one of: Hefei"),
        (("show", "nev", "--out", "nev.doc"), "use one of these extensions"),
        (("gaps", "nev", "--anchor", "bydd"), "name one of: BYD"),
        (("gaps", "nev", "--output", "much"), "LOW-HIGH"),
        (("open", "nev"), "--anchor byd"),
        (("gaps", "nev", "--as-of", "1900-01-01"), "--as-of: error: No source mentions New energy vehicles"),
        (("gaps", "nev", "--as-of", "1900-01-01"), "31 December 1993 or a later day"),
    ],
)
def test_what_cannot_be_done_is_refused_with_its_mend(words, told):
    found = RUN.invoke(app, ["chain", *words])
    assert found.exit_code == 2
    assert told in " ".join(found.stderr.split())


def test_what_is_one_number_is_not_told_as_two(tmp_path):
    run("new", str(tmp_path / "our.csv"))
    for lang in ("en", "zh"):
        text = run("open", str(tmp_path / "our.csv"), "--at", "riverton", "--anchor", "anchor-h2", "--lang", lang)
        for twice in ("50 % to 50", "50 % and 50", "50 % – 50", "50% – 50", "至 50%"):
            assert twice not in text


def test_an_offer_may_be_of_several_kinds(tmp_path):
    run("new", str(tmp_path / "our.csv"))
    text = run("targets", str(tmp_path / "our.csv"), "--at", "riverton", "--anchor", "anchor-h2", "--top", "1")
    assert "What the place can offer in people is unknown: ask." in text


def test_of_a_day_before_any_plant_nothing_is_counted():
    text = run("open", "nev", "--anchor", "byd", "--at", "wuxi", "--as-of", "1994-01-01")
    assert "No source names a local supplier of BYD" in text
    assert "0 links" not in text
    assert "0 of the 0" not in run("gaps", "nev", "--anchor", "byd", "--as-of", "1994-01-01")


@pytest.mark.parametrize("chain", chain_names())
def test_a_place_and_a_firm_are_found_by_id_and_by_name_in_both_languages(chain):
    """Every shipped chain, and the help names each of them."""
    held = load_chain(chain)
    for id, city in held.cities.items():
        for name in (id, city.name, city.name.localised("zh"), f"{city.name.localised('zh')}市", id.upper()):
            assert places_of(held, name) == (id,)
    for name in ("合肥，Hefei", "hefei,合肥市"):
        assert places_of(held, name) == ("hefei",)
    for id, firm in held.firms.items():
        assert anchors_of(held.view(), id) == (id,)
        assert anchors_of(held.view(), firm.name.localised("zh")) == anchors_of(
            held.view(), firm.name.localised("zh").upper()
        )
    assert all(chain in say("cli.help.argument.chain", lang) for lang in ("en", "zh"))


def test_a_day_after_the_newest_statement_says_how_far_the_chain_reaches():
    newest = load_chain("nev").newest
    assert "the latest statement is dated" in run("gaps", "nev", "--as-of", "2050-01-01")
    assert "the latest statement is dated" not in run("gaps", "nev", "--as-of", newest.isoformat())


def test_links_that_hang_by_different_groups_are_not_said_to_hang_by_one():
    gaps = json.loads(run("gaps", "nev", "--json"))
    assert len({tuple(gap["groups"]) for gap in gaps if gap["single"]}) > 1
    assert re.search(r"links depend each on a\s+single group", run("gaps", "nev"))
    assert "个环节各仅依赖一家集团" in "".join(run("gaps", "nev", "--lang", "zh").split()).replace("\n", "")
