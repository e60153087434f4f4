"""The palette can be read: in light, in dark, on paper."""

import re
from dataclasses import asdict, fields

import pytest

from guanzi.render.theme import DARK, LIGHT, Palette, stylesheet

WORDS = [f.name for f in fields(Palette) if f.name not in {"paper", "surface", "rule", "paid"}]


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, two):
    high, low = sorted((luminance(one), luminance(two)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("palette", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["paper", "surface"])
def test_every_colour_of_words_stands_out_from_the_page(palette, ground):
    weak = {name: contrast(getattr(palette, name), getattr(palette, ground)) for name in WORDS}
    assert {name: ratio for name, ratio in weak.items() if ratio < 4.5} == {}


def test_no_two_meanings_share_a_colour():
    colours = list(asdict(LIGHT).values())
    assert len(colours) == len(set(colours))


def test_print_is_light_whatever_the_screen():
    dark = re.findall(r"@media ([^{]+)\{\s*:root", stylesheet())
    assert [query.strip() for query in dark if "dark" in query] == ["screen and (prefers-color-scheme: dark)"]


def test_the_stylesheet_asks_for_nothing_from_outside():
    assert not re.search(r"url\(|@import|https?:", stylesheet())


def test_every_colour_of_the_rules_is_a_token():
    rules = stylesheet().rsplit("}\n:root {", 1)[1]
    assert not re.search(r"#[0-9a-fA-F]{3,8}\b|rgba?\(", rules)
    assert set(re.findall(r"var\(--([a-z]+)\)", rules)) <= {f.name for f in fields(Palette)} | {
        "sans", "mono", "small", "body", "large", "title", "display", "prose", "hatch",
    }  # fmt: skip
