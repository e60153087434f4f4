"""A firm of a chain becomes a case of its own: with its facts, those of the city, and nothing of another case."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from guanzi.advice.appraisal import appraise
from guanzi.base.core import InvalidInput, render
from guanzi.cli import app
from guanzi.intake.chains import chain_names, load_chain
from guanzi.jobs.chains.declared import LeadRequest
from guanzi.jobs.chains.leads import find, write
from guanzi.jobs.evidence.cases import Beginning, begin_case, check_case, head_of
from guanzi.jobs.shared.documents.words import of_text
from guanzi.record.evidence import city_names, find_case, load_case, load_city

CHAINS = {name: load_chain(name) for name in chain_names()}
FIRMS = sorted((name, firm) for name, chain in CHAINS.items() for firm in chain.firms)


@given(st.sampled_from(FIRMS), st.dates(date(2015, 1, 1), date(2026, 12, 1)), st.data())
def test_a_case_of_any_firm_holds_only_what_was_known_of_it(tmp_path_factory, lead, day, data):
    name, firm = lead
    chain = CHAINS[name]
    if not chain.view(day).statements:
        return
    place = data.draw(st.sampled_from(sorted(chain.cities)))
    folder = tmp_path_factory.mktemp("lead") / "new"
    write(find(LeadRequest(name, firm, place, as_of=day)), folder, "en")
    assert not check_case(str(folder)).errors
    case = load_case(folder)
    assert (case.company.id, case.region.id, case.sheets) == (firm, place, ())
    assert all(fact.known_on <= day for fact in case.facts)
    stated = {f"{name}-{s.id}" for s in chain.statements if s.of == firm}
    city = {fact.id for fact in load_city(place).facts} if place in city_names() else set()
    assert {fact.id for fact in case.facts} <= stated | city
    assert {fact.source for fact in case.facts} <= {source.id for source in case.sources}


def test_shares_of_customers_come_along_with_source_and_day(tmp_path):
    folder = write(find(LeadRequest("nev", "etek", "wuhu", as_of=date(2026, 12, 1))), tmp_path / "etek", "en")
    held = {(f.subject, str(f.period)): f for f in load_case(folder).facts if f.name == "customer_share"}
    assert held["chery", "2024"].value == 0.5389
    assert held["chery", "2024"].known_on == date(2026, 2, 2)


def test_a_supplier_is_of_the_industry_of_what_it_makes_and_a_maker_of_that_of_the_chain(tmp_path):
    heads = {firm: find(LeadRequest("nev", firm, "hefei")).head for firm in ("continental", "byd")}
    assert heads["byd"].industry == "battery-electric-vehicles"
    assert heads["continental"].industry == "brakes"
    assert heads["continental"].industry_name.zh == "制动与转向"


@pytest.mark.parametrize(("firm", "at"), [("nobody", "hefei"), ("byd", "atlantis"), ("byd", "hefei,wuhu")])
def test_who_does_not_stand_in_the_chain_is_refused(firm, at):
    with pytest.raises(InvalidInput):
        find(LeadRequest("nev", firm, at))


def test_the_command_says_what_came_along_and_writes_the_case(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shown = CliRunner().invoke(app, ["chain", "case", "nev", "BYD", "--at", "Hefei", "--as-of", "2020-04-29"])
    assert shown.exit_code == 0, shown.output
    assert "are left out" in shown.stdout
    assert not check_case("byd-hefei").errors
    again = CliRunner().invoke(app, ["chain", "case", "nev", "BYD"])
    assert again.exit_code == 2


@pytest.mark.parametrize("typed", ["Hefei", "hefei", "合肥", "合肥市"])
def test_a_new_case_of_a_city_of_the_library_holds_its_facts_of_the_day(tmp_path, typed):
    day = date(2020, 4, 29)
    head = head_of("Wolong", typed, "CN", "battery-electric-vehicles", "CNY", day)
    case = load_case(begin_case(Beginning(str(tmp_path / "wolong"), head=head)))
    assert (case.region.id, case.region.name_zh) == ("hefei", "合肥市")
    assert {f.id for f in case.facts} == {
        f.id for f in load_city("hefei").facts if f.subject == "region" and f.known_on <= day
    }


def test_a_place_that_the_library_does_not_hold_begins_without_facts(tmp_path):
    head = head_of("Wolong", "Hefei", "US", "battery-electric-vehicles", "USD", None)
    folder = begin_case(Beginning(str(tmp_path / "wolong"), head=head))
    assert not (folder / "facts" / "region.yaml").exists()


def test_the_case_of_a_supplier_shows_the_market_of_what_its_parts_go_into(tmp_path):
    folder = write(find(LeadRequest("nev", "continental", "hefei", as_of=date(2020, 4, 29))), tmp_path / "new", "en")
    shown = appraise(load_case(folder), paths=100).market
    assert shown.track == "nev"
    assert "29 April 2020" in render(of_text(shown.sentences[0]))
    assert all(row[2].params["period"] <= "2020" for row in shown.table.rows)


def test_no_market_is_shown_of_an_industry_whose_figures_nobody_holds():
    assert appraise(load_case(find_case("cxmt-hefei-2017")), paths=100).market is None
