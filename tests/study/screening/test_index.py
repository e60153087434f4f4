"""Search of a list: what exhaustive comparison finds, the index finds."""

import random

import pytest

from guanzi.study.screening.index import build_index
from guanzi.study.screening.matching import scores

GIVEN = [
    "anna",
    "boris",
    "carlos",
    "dmitri",
    "elena",
    "farid",
    "george",
    "hassan",
    "ivan",
    "julia",
    "karim",
    "mohammed",
]
LAST = ["abramov", "berger", "castillo", "delgado", "eriksen", "fischer", "gonzalez", "haddad", "ivanov", "kowalski"]
SURNAMES, CHARACTERS = "王李张刘陈杨单曾仇", "伟芳娜敏静强磊军洋勇明超平刚华鹏飞龙"


@pytest.fixture(scope="module")
def people():
    draw = random.Random(3)
    latin = [f"{draw.choice(GIVEN)} {draw.choice(GIVEN)} {draw.choice(LAST)}".title() for _ in range(1500)]
    han = [draw.choice(SURNAMES) + "".join(draw.choices(CHARACTERS, k=2)) for _ in range(500)]
    return latin + han


@pytest.mark.parametrize(
    "asked", ["Dimitri Abramov", "Mohamed Hadad", "GonzalezElena", "B. Kowalski", "陈平华", "Zeng Minjun"]
)
def test_the_best_ten_of_exhaustive_comparison(people, asked):
    index = build_index(people, ["Person"] * len(people))
    every = scores([(asked, name) for name in people], ["Person"] * len(people))
    best = sorted(every, reverse=True)[:10]
    hits = index.search(asked, "Person")
    worth = [score for score in best if score >= 0.6]
    assert [hit.score for hit in hits][: len(worth)] == pytest.approx(worth)


def test_companies_by_abbreviation_and_name_abroad():
    listed = ["合肥国轩高科动力能源有限公司", "上海汽车集团股份有限公司", "BYD Company Limited", "Deutsche Bank AG"]
    index = build_index(listed, ["Company"] * 4)
    for asked, place in (("国轩高科", 0), ("上汽集团", 1), ("Deutsche Bank", 3)):
        assert index.search(asked, "Company")[0].entry == place
    assert index.search("Nobody Anywhere GmbH", "Company") == ()
