"""Two cities, or a city on two days, side by side."""

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from guanzi.cli import app
from guanzi.jobs.chains import links, sides

RUN = CliRunner()
DAYS = ("--before", "2020-12-31", "--as-of", "2025-12-31")
PICTURE = Path(__file__).parents[2] / "docs" / "images" / "chain-hefei-shenzhen.svg"


def run(*words):
    found = RUN.invoke(app, ["chain", "compare", "nev", *words])
    assert found.exit_code == 0, found.output
    return found.stdout


def test_each_side_has_the_links_that_its_city_has_on_its_day_alone():
    asked = sides.Request("nev", beside="shenzhen", before=date(2020, 12, 31), as_of=date(2025, 12, 31))
    found = sides.data(sides.compare(asked))
    alone = [
        links.data(links.grade(links.Request("nev", at=city, as_of=day)))
        for city in ("hefei", "shenzhen")
        for day in (asked.before, asked.as_of)
    ]
    held = [[(one["component"], one["grade"], one["suppliers"]) for one in side["links"]] for side in alone]
    assert [[(one["component"], one["grade"], one["suppliers"]) for one in side["links"]] for side in found] == held
    assert [side["as_of"] for side in found] == ["2020-12-31", "2025-12-31"] * 2


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_screen_says_how_many_links_each_side_has_and_names_every_maker(lang):
    found = json.loads(run("--beside", "wuhu", "--json"))
    text = "".join(run("--beside", "wuhu", "--lang", lang).split())
    for side in found:
        assert str(sum(link["grade"] == "present" for link in side["links"])) in text
    makers = {"en": ("NIO", "Chery"), "zh": ("蔚来", "奇瑞")}[lang]
    assert all(maker in text for maker in makers)


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("asked", [("--beside", "shenzhen"), DAYS, ("--beside", "shenzhen", *DAYS)])
def test_a_picture_is_one_drawing_that_says_at_its_top_what_it_shows(tmp_path, asked, lang):
    file = tmp_path / "sides.svg"
    run(*asked, "--lang", lang, "--out", str(file))
    root = ElementTree.fromstring(file.read_text("utf-8"))
    width = float(root.attrib["width"])
    title, words = root[0].text or "", [one.text or "" for one in root.iter() if one.tag.endswith("text")]
    top = "".join(words).replace(" ", "")
    assert top.startswith(title.replace(" ", ""))
    assert all(float(one.attrib["x"]) < width for one in root.iter() if one.tag.endswith("text"))


def test_a_picture_is_also_written_as_pixels(tmp_path):
    run("--beside", "shenzhen", "--out", str(tmp_path / "sides.png"))
    assert (tmp_path / "sides.png").read_bytes().startswith(b"\x89PNG")


def test_the_picture_of_the_documentation_is_what_the_command_draws(tmp_path):
    run("--beside", "shenzhen", *DAYS, "--out", str(tmp_path / PICTURE.name))
    assert (tmp_path / PICTURE.name).read_bytes() == PICTURE.read_bytes()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ((), "--beside CITY"),
        (("--beside", "hefei"), "nothing to compare"),
        (("--before", "2026-01-01", "--as-of", "2025-12-31"), "not earlier"),
        (("--before", "1990-01-01"), "earliest information"),
        (("--beside", "atlantis"), "has no place"),
        (("--beside", "wuhu", "--out", "sides.gif"), ".svg and .png"),
    ],
)
def test_what_cannot_be_compared_is_refused_with_what_to_do(asked, told):
    found = RUN.invoke(app, ["chain", "compare", "nev", *asked])
    assert found.exit_code != 0
    assert told in " ".join(found.output.split())
