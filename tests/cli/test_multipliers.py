"""``guanzi chain multipliers``."""

import json

import pytest
from typer.testing import CliRunner

from guanzi.cli import app


def run(*words):
    return CliRunner().invoke(app, ["chain", "multipliers", *words])


def test_it_prints_both_ways_what_the_difference_means_and_that_the_table_is_invented():
    done = run("invented", "--bill", "nev", "--output", "10:20", "--anyway", "0.2:0.4", "--displaced", "0:0.3")
    assert done.exit_code == 0, done.output
    words = " ".join(done.output.split())
    figures = ("has a larger effect on the economy", "creates less value added here")
    for told in ("This table is invented", "Battery system", *figures):
        assert told in words
    assert "unknown" not in words


def test_without_a_table_it_is_china_of_2020_and_of_a_case_its_province():
    nation = " ".join(run("--bill", "nev").output.split())
    assert "in the nation" in nation
    assert "National Bureau of Statistics of China" in nation
    anhui = " ".join(run("--bill", "nev", "--case", "nio-hefei-2020", "--lang", "zh").output.split())
    assert "在安徽产生的效应" in anhui
    assert "国家统计局" in anhui
    assert "in Anhui, by the province's own table" in " ".join(run("anhui-2017", "--bill", "nev").output.split())
    assert "aircraft (336411) in the nation" in " ".join(run("us-2017", "--bill", "evtol").output.split())


def test_a_province_with_a_table_of_its_own_is_told_so():
    """The formula and the province's own table need not agree: those of Anhui do not meet."""
    anhui = " ".join(run("--bill", "nev", "--region", "hefei").output.split())
    assert "Anhui has tables of its own: anhui-2012 and anhui-2017" in anhui
    assert "of its own" not in " ".join(run("--bill", "nev", "--region", "shaanxi").output.split())
    spread, own = (
        json.loads(run(*words, "--bill", "nev", "--json").output)["multipliers"][0]["bill"]
        for words in (("--region", "hefei"), ("anhui-2017",))
    )
    assert spread[1] < own[0], "they meet now: the sentence may go"


def test_without_a_reason_the_net_figure_is_unknown():
    assert "unknown" in run("invented", "--bill", "nev", "--output", "10").output


def test_the_same_question_gives_the_same_bytes_and_plain_data():
    once, twice = (run("invented", "--bill", "nev", "--size", "0.02", "--json").output for _ in range(2))
    assert once == twice
    data = json.loads(once)
    assert data["table"]["invented"] is True
    assert {m["measure"] for m in data["multipliers"]} >= {"output", "value_added", "taxes", "employment", "imports"}
    assert all(m["bill"][0] <= m["bill"][1] for m in data["multipliers"])


def test_it_speaks_chinese():
    done = run("invented", "--bill", "nev", "--size", "0.02", "--lang", "zh")
    assert done.exit_code == 0, done.output
    assert "按物料清单" in done.output
    assert "本表为虚构" in done.output


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("invented",), "no sector was given"),
        (("--lang", "en"), "--bill evtol, humanoid or nev"),
        (("--lang", "en"), "one of the 153 sectors of the table"),
        (("--lang", "en"), "36077 (complete vehicles)"),
        (("invented", "--sector", "vehicle"), "vehicles"),
        (("inventd", "--sector", "vehicles"), "neither a file nor a table"),
        (("invented", "--sector", "vehicles", "--delta", "wide"), "0.1:0.4"),
        (("invented", "--sector", "vehicles", "--size", "3"), "--size 0.0099"),
        (("--region", "Narnia", "--bill", "nev"), "neither a file nor a province"),
        (("--as-of", "2020-04-29", "--sector", "36077"), "is treated as available from"),
        (("--case", "lilium-bavaria-2024", "--bill", "evtol"), "has no table of"),
        (("invented", "--bill", "nev", "--output", "10", "--anyway", "2"), "between 0 and 1"),
    ],
)
def test_what_is_wrong_is_refused_with_the_mend(words, told):
    done = run(*words)
    assert done.exit_code == 2
    assert told in done.stderr


PLANT = ("invented", "--bill", "nev", "--size", "0.02", "--output", "10000:20000")


def test_effects_are_written_as_a_case_reads_them(tmp_path):
    net = ("--anyway", "0.1:0.5", "--displaced", "0:0.3")
    done = run(*PLANT, *net, "--unit", "CNY:10000", "--as-of", "2026-11-25", "--out", str(tmp_path / "effects.json"))
    assert done.exit_code == 0, done.output
    written = json.loads((tmp_path / "effects.json").read_text("utf-8"))
    assert (written["currency"], written["unit"], written["known_on"]) == ("CNY", 10000, "2026-11-25")
    assert written["invented"] is True
    taxes = next(e for e in written["effects"] if e["measure"] == "taxes")
    assert taxes["net"][1] < taxes["gross"][1]
    assert taxes["parents"] == ["multiplier.taxes.type-1.bill", "plant.output", "plant.anyway", "plant.displaced"]


def test_effects_are_not_written_without_output_money_and_day():
    done = run("invented", "--bill", "nev", "--out", "effects.json")
    assert done.exit_code == 2
    for told in ("--output LOW:HIGH", "--as-of YYYY-MM-DD"):
        assert told in done.stderr
    assert "CNY:10000" in run(*PLANT, "--unit", "yuan").stderr


def test_by_how_much_less_is_told_without_a_sign():
    words = " ".join(run("invented", "--bill", "nev").output.split())
    less = words.partition("The plant creates less value added here than its sector suggests, by ")[2]
    assert less
    assert not less.startswith("−")


def test_components_and_their_base_are_named_in_chinese():
    done = run("invented", "--bill", "nev", "--lang", "zh").output
    for told in ("动力电池系统", "整车总成本"):
        assert told in done
    assert "Battery" not in done


@pytest.mark.parametrize("text", ["inf", "nan", "1:inf", "-inf:3"])
def test_what_has_no_end_is_no_interval(text):
    done = run("invented", "--bill", "nev", f"--output={text}")
    assert done.exit_code == 2
    assert "write 0.3, or 0.1:0.4" in done.stderr


@pytest.mark.parametrize(("net", "unknown"), [((), True), (("--anyway", "0.2", "--displaced", "0.1"), False)])
def test_effects_say_their_units_and_what_the_net_figure_still_needs(net, unknown):
    said = " ".join(run("--bill", "nev", "--output", "7000:7000", *net).stdout.split())
    assert "Jobs are in persons; everything else is in units of 10,000 yuan." in said
    assert ("For the net figure, give --anyway" in said) == unknown


def test_a_province_of_china_is_told_its_effect_on_the_others():
    own = " ".join(run("anhui-2017", "--sector", "18").output.split())
    assert "Effect on all provinces, from the 2017 tables of 31 provinces with 42 sectors" in own
    assert "not from which one" in own
    nation = " ".join(run("--sector", "36077", "--region", "hefei", "--lang", "zh").output.split())
    assert "安徽第18部门" in nation
    by_table, by_place = (
        json.loads(run(*words, "--json").output)["provinces"]
        for words in (("anhui-2017", "--sector", "18"), ("--sector", "36077", "--region", "hefei"))
    )
    assert by_table == by_place
    output = next(m for m in by_table["measures"] if m["measure"] == "output")
    assert output["alone"] <= output["here"]
    assert output["elsewhere_bounds"][0] <= output["elsewhere"] <= output["elsewhere_bounds"][1]
    assert sum(r["share"] for r in by_table["receivers"]) == pytest.approx(1.0)


@pytest.mark.parametrize(
    "words",
    [
        ("us-2017", "--bill", "evtol"),
        ("--bill", "nev"),
        ("anhui-2012", "--sector", "18"),
        ("invented", "--bill", "nev"),
    ],
)
def test_elsewhere_no_province_is_told(words):
    assert "31 provinces" not in run(*words).output
    assert json.loads(run(*words, "--json").output)["provinces"] is None


def test_a_sector_that_a_province_lacks_and_a_day_before_the_tables_were_held_tell_nothing():
    tibet = " ".join(run("--sector", "36077", "--region", "Tibet").output.split())
    assert "unknown. Tibet reported no output of sector 18 in 2017" in tibet
    assert (
        json.loads(run("anhui-2017", "--sector", "18", "--as-of", "2026-11-30", "--json").output)["provinces"] is None
    )
