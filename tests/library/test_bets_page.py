"""The page of results of the register says what is computed from it, and says first what is not shown."""

import csv
import re
from pathlib import Path

import pytest
from benchmarks.bets import PAGE, parts, trials

from guanzi.intake.bets import outcomes, register, register_hash, settled_bets
from guanzi.intake.bets.register import FOLDER

TEXT = PAGE.read_text("utf-8")
MARKED = dict(re.findall(r"<!-- --8<-- \[start:(\w+)\] -->\n(.*?)\n<!-- --8<-- \[end:\1\] -->", TEXT, re.DOTALL))


@pytest.fixture(scope="module")
def computed():
    # the shares of the test by dealing, which takes two minutes, are taken from the page
    one, two, three, four = map(float, re.findall(r"\d\.\d{3}", MARKED["permutation"]))
    dealt = iter([(one, two), (three, four)])
    return parts(trials(), lambda bets: next(dealt))


@pytest.mark.prove
def test_the_page_says_what_is_computed(computed):
    assert {name: MARKED[name] for name in computed} == computed


def test_the_page_names_the_hash_of_what_was_fixed_and_begins_with_the_verdict():
    assert register_hash() in TEXT
    assert TEXT.index("[start:verdict]") < TEXT.index("##")


def test_the_verdict_tells_the_rows_whose_end_the_coder_knew():
    betray = sum(bet.betrays for bet, _ in settled_bets())
    assert f"says of {betray} of these {len(settled_bets())} bets that he knew how they ended" in MARKED["verdict"]


def test_every_bet_has_an_outcome_of_the_rule_that_names_its_page_or_says_that_it_is_memory():
    told = outcomes()
    assert set(told) == {bet.id for bet in register()}
    assert {outcome.outcome for outcome in told.values()} == {"worked", "partly", "failed", "open", "unknown"}
    assert [id for id, outcome in told.items() if outcome.from_memory == bool(outcome.source)] == []


def test_the_method_page_counts_the_answers_from_memory_and_the_addresses():
    files = sorted((FOLDER / "rows").glob("*.csv"))
    rows = [row for file in files for row in csv.DictReader(file.read_text("utf-8").splitlines())]
    kept = [row for row in rows if not row["left_out"]]
    first, money = ({row["id"] for row in kept if row[column] == "memory"} for column in ("basis", "basis_money"))
    sources = [f"{row['source']} {row['frame_source']}" for row in rows]
    site = re.compile(r"(?<![\w@])(?:[\w-]+\.)+(?:com|org|net|gov|de|eu|cn|uk|no|fr|pl|io|se|info|news|hu)\b")
    full = [text for text in sources if "http" in text]
    named = [text for text in sources if "http" not in text and site.search(text)]
    text = " ".join((Path(__file__).parents[2] / "docs" / "methods" / "bets.md").read_text("utf-8").split())
    assert len(first | money) == len(kept)
    assert f"in {len(first)} of {len(kept)} rows, `offtake`, `finance` and sales in {len(money)}." in text
    assert f"The table's {len(first & money)} counts rows" in text
    assert f"{len(full)} of {len(rows)} rows hold a full web address, {len(named)} more name a site" in text
