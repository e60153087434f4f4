"""What the result hangs on: the assumptions that move it, apart from chance."""

from xml.etree import ElementTree as ET

from tests.jobs.sample import sensitivity

from guanzi.jobs.appraisal.documents.chart_tables import sensitivity_table
from guanzi.jobs.appraisal.documents.sensitivity_chart import bars, sensitivity_picture
from guanzi.jobs.shared.documents.tornado import MOST
from guanzi.render.localised import localise_table

FOUND = sensitivity()


def test_chance_has_no_bar_and_stands_in_the_table():
    assert [bar.name for bar in bars(FOUND, "en")] == ["Price of a vehicle, in the year of signing", "Growth"]
    assert localise_table(sensitivity_table(FOUND), "en").rows[0][1].text == "Pure chance"


def test_every_bar_is_named():
    for svg in (sensitivity_picture(FOUND, "en").wide, sensitivity_picture(FOUND, "en").narrow):
        assert "Growth" in "".join(ET.fromstring(svg).itertext())


def test_the_picture_keeps_to_those_that_move_most():
    many = FOUND.model_copy(update={"swings": FOUND.swings * 10})
    assert len(bars(many, "en")) == MOST


def test_the_table_says_where_the_result_goes():
    _, _, price = localise_table(sensitivity_table(FOUND), "en").rows[1]
    assert [cell.text.replace("\xa0", " ") for cell in price] == [
        "30 %",
        "15 %",
        "0.32 m yuan",
        "40 %",
        "0.4 m yuan",
        "12 %",
    ]


def test_bars_stand_by_their_length_whatever_the_order_of_the_table():
    turned = FOUND.model_copy(update={"swings": FOUND.swings[::-1]})
    found = bars(turned, "en")
    lengths = [abs(bar.at_high - bar.at_low) for bar in found]
    assert lengths == sorted(lengths, reverse=True)
    assert found == bars(FOUND, "en")
