"""The register of bets: what was fixed before outcomes stands as it was fixed, and every row can be followed."""

from hashlib import sha256
from pathlib import Path

import pytest

from guanzi.base.core import Bilingual, sha256_of
from guanzi.base.reading import shipped_yaml
from guanzi.intake.bets import day_of_text, outcomes, populations, register, second_codings

SRC = Path(__file__).resolve().parents[2] / "src" / "guanzi"
BETS = SRC / "library" / "bets"
FROZEN = shipped_yaml("bets", "frozen.yaml").data
PROTOCOL = shipped_yaml("bets", "protocol.yaml").data
KNOWN = "own knowledge"


@pytest.mark.parametrize("name", sorted(FROZEN["files"]))
def test_protocol_rows_and_code_are_those_that_were_fixed_before_outcomes(name):
    assert sha256((SRC / name).read_bytes()).hexdigest() == FROZEN["files"][name]


def test_the_hash_of_all_is_that_of_its_parts_and_nothing_of_the_register_is_left_out():
    assert FROZEN["sha256"] == sha256_of(FROZEN["files"])
    rows = {path.relative_to(SRC).as_posix() for path in BETS.glob("rows/*.csv")}
    assert rows == {name for name in FROZEN["files"] if "/rows/" in name}
    assert {Path(name).stem for name in rows} == {population.id for population in populations()}


def test_every_row_is_its_own_and_names_what_it_rests_on():
    bets = register()
    assert len({bet.id for bet in bets}) == len(bets) == 449
    assert [bet.id for bet in bets if not bet.sources or not all(bet.sources)] == []
    assert [bet.id for bet in bets if bet.decided and day_of_text(bet.decided) is None] == []


def test_what_is_not_told_from_memory_names_a_page_that_can_be_followed():
    """A row that rests on the coder's own knowledge says so, and the tables of the page count it."""
    read = [bet for bet in register() if not bet.from_memory]
    assert read
    parts = {bet.id: [part for source in bet.sources for part in source.split(";")] for bet in read}
    assert [id for id, named in parts.items() if all(KNOWN in part for part in named)] == []
    found = [outcome for outcome in outcomes().values() if not outcome.from_memory]
    assert found
    assert [outcome for outcome in found if not outcome.source.strip(" ;,")] == []


def test_answers_are_words_of_the_rule_and_rows_are_left_out_for_a_reason_of_the_protocol():
    bets = register()
    assert {answer for bet in bets for answer in bet.answers.values()} == {"yes", "no", "partly"}
    assert {bet.answers.get(name) for bet in bets for name in ("in_business", "made_before")} == {"yes", "no", None}
    assert {bet.left_out for bet in bets} - {None} == set(PROTOCOL["left_out"])


def test_chips_and_federal_energy_loans_train_nothing():
    words = ("semiconductor", "chip", "sematech")
    chips = [bet for bet in register() if any(w in f"{bet.name} {bet.sector}".lower() for w in words)]
    solar = {bet.id for bet in chips if "polysilicon" in bet.sector}
    assert {bet.left_out for bet in chips if bet.id not in solar} == {"chips"}


def test_a_fifth_was_coded_again():
    again = second_codings()
    assert set(again) <= {bet.id for bet in register()}
    assert len(again) >= 0.2 * len(register())


def test_rule_and_completeness_of_each_population_are_told_in_both_languages():
    for population in populations():
        for told in (population.name, population.rule, population.complete):
            words = Bilingual.read(told)
            assert words.localised("zh") != words.localised("en")
