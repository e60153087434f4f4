"""Odds of bets of a file, their scores and a city's record: the same bets give the same, and none helps itself."""

import json
import re
from dataclasses import replace

import numpy as np
import pytest
from benchmarks.bets import PAGE

from guanzi.advice.odds import answers_of, odds_without
from guanzi.base.core import InvalidInput, Message, dump_json, render
from guanzi.base.core import localised as in_language
from guanzi.intake.bets import BET_COLUMNS, outcomes, register
from guanzi.intake.industries import names_of
from guanzi.jobs.bets import forecast, record, score
from guanzi.jobs.bets import register as service
from guanzi.jobs.bets.declared import PopulationsRequest
from guanzi.record.evidence import case_title
from guanzi.render import localise
from guanzi.render.terminal import document_screen
from guanzi.study.bets import QUESTIONS, SkillMeasure, scores

HEAD = f"{','.join(BET_COLUMNS)},in_business,made_before\n"


def file_of(tmp_path, *rows, name="bets.csv", head=HEAD):
    path = tmp_path / name
    path.write_text(head + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def told(tmp_path, *rows, **asked):
    return forecast.data(forecast.forecast_bets(forecast.Request(file_of(tmp_path, *rows), **asked)))


LADDERS = {
    "in_business": [",,,,,,,,,,no,", ",,,,,,,,,,,", ",,,,,,,,,,yes,"],
    "made_before": [",,,,,,,,,,,no", ",,,,,,,,,,,", ",,,,,,,,,,,yes"],
    "offtake": [",,,,,,no,,,,,", ",,,,,,partly,,,,,", ",,,,,,yes,,,,,"],
    "finance": [",,,,,,,,3,,,", ",,,,,,,,18,,,", ",,,,,,,,36,,,"],
    "sales_to_plan": [",,,,,,,0,,,,", ",,,,,,,0.3,,,,", ",,,,,,,7,,,,"],
}


@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("population", ["", "us-title-xi"])
def test_a_chance_moves_with_each_answer_by_the_sign_of_its_coefficient(tmp_path, question, population):
    rows = [f"{i},{population}{cells[1:]}" for i, cells in enumerate(LADDERS[question])]
    chances = [one["probability"] for one in told(tmp_path, *rows)]
    sign = np.sign(odds_without().slopes[QUESTIONS.index(question), 0])
    assert (np.diff(chances) * sign > 0).all()


def test_the_order_of_rows_and_what_stands_beside_a_bet_do_not_matter(tmp_path):
    rows = ["a,us-title-xi,,,yes,no,,2,,,,", "b,,,,no,no,no,0,3,no,,", "c,,,,,,,,,,,"]
    one, other = told(tmp_path, *rows), told(tmp_path, *reversed(rows))
    assert one == other[::-1]
    assert told(tmp_path, rows[1]) == one[1:2]


def test_the_first_wording_stands_in_for_the_second_and_its_partly_is_unknown(tmp_path):
    first, second, partly, nothing = told(
        tmp_path, "a,,,,yes,no,,,,,,", "b,,,,,,,,,,yes,no", "c,,,,partly,partly,,,,,,", "d,,,,,,,,,,,"
    )
    assert first["probability"] == second["probability"]
    assert first["answers"]["in_business"]["column"] == "parent"
    assert partly["probability"] == nothing["probability"] == nothing["probability_unanswered"]


def test_milestones_say_nothing_and_that_is_told(tmp_path):
    one, other = told(tmp_path, "a,,,,yes,,,,,yes,,", "b,,,,yes,,,,,no,,")
    assert one["probability"] == other["probability"]
    assert one["without_effect"] == {"milestones": "yes"}


def test_an_unknown_population_has_the_pooled_level_or_the_users_own(tmp_path):
    pooled, known = told(tmp_path, "a,mine,,,,,,,,,,", "b,us-title-xi,,,,,,,,,,")
    assert (pooled["population_known"], known["population_known"]) == (False, True)
    assert pooled["high"] - pooled["low"] > 2 * (known["high"] - known["low"])
    own, still = told(tmp_path, "a,mine,,,,,,,,,,", "b,us-title-xi,,,,,,,,,,", base_rate=0.27)
    assert own["probability"] == pytest.approx(0.27)
    assert own["level"] == "base_rate"
    assert still["probability"] == known["probability"]
    with pytest.raises(InvalidInput):
        told(tmp_path, "a,,,,,,,,,,,", base_rate=1.0)


def test_a_row_of_the_register_is_forecast_without_its_own_outcome(tmp_path):
    bet = next(bet for bet in register() if bet.id == "txe05")
    own = answers_of(bet)
    row = f"txe05,tx-enterprise-fund,,,,,{own['offtake']},,,,{own['in_business']},{own['made_before']}"
    one, same = told(tmp_path, row, row.replace("txe05", "another"))
    assert (one["held_out"], same["held_out"]) == (True, False)
    assert outcomes()["txe05"].success == 0.0
    assert one["probability"] > same["probability"], "its failure pulls down every forecast but its own"


def test_forecasts_name_what_they_were_learnt_from_and_are_json(tmp_path):
    (one,) = told(tmp_path, "a,,,,,,,,,,,")
    assert re.fullmatch(r"[0-9a-f]{64}", one["model"])
    assert json.loads(dump_json([one])) == [one]
    assert one["low"] < one["probability"] < one["high"]


def scored(tmp_path, rows, came, **asked):
    path = file_of(tmp_path, *came, name="outcomes.csv", head="id,outcome\n")
    return score.data(score.score_bets(score.Request(file_of(tmp_path, *rows), path, **asked)))


def test_dealt_outcomes_give_an_auc_near_one_half(tmp_path):
    random = np.random.default_rng(5)
    words = np.array(["yes", "no"])[random.integers(0, 2, (300, 4))]
    rows = [f"{i},,,,{a},{b},{c},,,,," for i, (a, b, c, _) in enumerate(words)]
    dealt = scored(tmp_path, rows, [f"{i},{x}" for i, x in enumerate(random.integers(0, 2, 300))])
    assert dealt["auc"]["low"] < 0.5 < dealt["auc"]["high"]
    assert dealt["auc"]["p"] > 0.01
    drawn = told(tmp_path, *rows)
    came = [f"{one['id']},{int(random.random() < one['probability'])}" for one in drawn]
    right = scored(tmp_path, rows, came)
    assert right["auc"]["p"] < 0.01
    assert right["calibration_slope"]["low"] < 1 < right["calibration_slope"]["high"]
    assert right["brier"]["value"] < right["brier_own_base_rate"]


def test_bets_without_an_outcome_and_outcomes_without_a_bet_are_named_and_not_scored(tmp_path):
    found = scored(tmp_path, ["a,,,,,,,,,,,", "b,,,,yes,,,,,,,", "c,,,,,,,,,,,"], ["a,0", "b,success", "x,1"])
    assert (found["scored"], found["unsettled"], found["outcomes_without_bet"]) == (2, ["c"], ["x"])
    assert [bet["success"] for bet in found["bets"]] == [0.0, 1.0, None]


def test_one_class_has_a_distance_and_no_ranking(tmp_path):
    found = scored(tmp_path, ["a,,,,yes,,,,,,,", "b,,,,no,,,,,,,"], ["a,worked", "b,worked"])
    assert found["auc"] is found["calibration_slope"] is found["calibration_intercept"] is None
    assert found["brier"]["p"] is None
    assert found["base_rate_own"] == 1.0


def test_what_is_wrong_with_both_files_is_told_at_once_and_nothing_is_scored(tmp_path):
    with pytest.raises(InvalidInput) as refused:
        scored(tmp_path, ["a,,,,maybe,,,,,,,"], ["a,so-so"])
    assert [problem.place.file.split("/")[-1] for problem in refused.value.problems] == ["bets.csv", "outcomes.csv"]
    with pytest.raises(InvalidInput):
        scored(tmp_path, ["a,,,,,,,,,,,"], ["b,1"])


def test_the_record_of_hefei_counts_no_bet_twice_and_none_forecasts_itself():
    found = record.record_of(record.Request("hefei"))
    same = {bet.id: bet.case for bet in register() if bet.case}
    ids = [same.get(bet.id, bet.id) for bet in found.bets]
    assert len(set(ids)) == len(ids)
    assert {"nio-hefei-2020", "boe-hefei-2008", "rongan-hefei-2007", "CNDL-03"} <= set(ids)
    without = odds_without([bet.id for bet in found.bets])
    row = next(bet for bet in found.bets if bet.id == "CNDL-03")
    assert row.answered == pytest.approx(float(without.forecast(row.row[None], ["cn-display-lines"])[0, 0]))
    assert row.answered != pytest.approx(float(odds_without().forecast(row.row[None], ["cn-display-lines"])[0, 0]))


@pytest.mark.parametrize("name", ["Hefei", "合肥", "合肥市"])
def test_a_city_is_known_by_its_names(name):
    assert record.data(record.record_of(record.Request(name))) == record.data(record.record_of(record.Request("hefei")))


@pytest.mark.parametrize("asked", ["beijing", "北京", "BEIJING", "北京市"])
def test_a_place_is_called_by_its_name_in_both_languages(asked):
    found = record.record_of(record.Request(asked))
    title = record.document_of(found).title
    assert localise(title, "en").endswith(": Beijing")
    assert localise(title, "zh").endswith("：北京")


def test_every_place_of_a_chinese_row_that_has_a_city_is_known_by_its_chinese_name():
    cities = {str(place.name): place.name.localised("zh") for place in names_of("city").values()}
    first = {bet.place.split(",")[0].split(" (")[0] for bet in register() if bet.population.startswith("cn-")}
    both = sorted(first & cities.keys())
    assert len(both) > 25
    assert [name for name in both if record._city(cities[name])[1] != name] == []


def test_a_bet_that_is_a_case_has_the_title_of_its_case_in_both_languages():
    titled = [bet for bet in record.record_of(record.Request("hefei")).bets if bet.source == "case"]
    assert len(titled) == 5
    for bet in titled:
        assert bet.name == case_title(bet.id)
        assert in_language(bet.name, "zh") != bet.name


@pytest.mark.parametrize(("asked", "near"), [("hefie", "Hefei"), ("Bejing", "Beijing"), ("fremnt", "Fremont")])
def test_a_place_that_is_misspelt_is_met_by_the_nearest_of_which_bets_are_known(asked, near):
    with pytest.raises(InvalidInput) as refused:
        record.record_of(record.Request(asked))
    assert dict(refused.value.problems[0].fix.params) == {"near": near}


def test_a_place_of_which_nothing_is_known_has_no_record():
    with pytest.raises(InvalidInput) as refused:
        record.record_of(record.Request("zzzz"))
    assert refused.value.problems[0].fix.id == "desk.bets.no_record.mend"


def city(tmp_path, successes, failures):
    rows = [f"{i},,,,,,,,,,,,{int(i < successes)}" for i in range(successes + failures)]
    path = file_of(tmp_path, *rows, name="city.csv", head=HEAD.replace("\n", ",outcome\n"))
    return record.record_of(record.Request(str(path)))


def test_a_record_is_told_as_better_or_worse_only_where_chance_hardly_brings_it(tmp_path):
    verdicts = [city(tmp_path, k, 12 - k).verdict for k in (0, 5, 12)]
    assert verdicts == ["worse", "as_expected", "better"]


def test_forgotten_failures_that_would_explain_a_record_do_so(tmp_path):
    lucky = city(tmp_path, 12, 0)
    assert city(tmp_path, 12, lucky.hidden).verdict == "as_expected"
    assert city(tmp_path, 12, lucky.hidden - 1).verdict == "better" or lucky.hidden == 1
    assert city(tmp_path, 5, 7).hidden is None


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_figure_of_the_sentence_on_skill_is_one_of_the_page_of_results(lang):
    told = re.findall(r"\b\d\.\d\d\b", PAGE.read_text("utf-8").split("[start:verdict]")[1].split("[end:")[0])
    said = render(Message.of("reports.bets.skill"), lang)
    assert re.findall(r"(?<!\d)\d\.\d\d(?!\d)", said) == told


def test_what_is_not_shown_stands_before_every_chance(tmp_path):
    asked = forecast.forecast_bets(forecast.Request(file_of(tmp_path, "a,,,,,,,,,,,")))
    first = forecast.document_of(asked).sections[0].blocks[0]
    assert first.words.id == "reports.bets.skill"


@pytest.mark.parametrize(("column", "said"), [(7, "reports.bets.ratio"), (8, "reports.bets.months")])
def test_where_a_number_stops_to_count_is_told_beside_the_effects(tmp_path, column, said):
    asked = forecast.forecast_bets(forecast.Request(file_of(tmp_path, f"a{',' * column}18{',' * (11 - column)}")))
    blocks = forecast.document_of(asked).sections[0].blocks
    assert [
        b.words.id
        for b in blocks
        if getattr(b, "words", None) and b.words.id in ("reports.bets.ratio", "reports.bets.months")
    ] == [said]


def test_a_rate_that_is_none_is_named_as_it_was_written(tmp_path):
    with pytest.raises(InvalidInput) as refused:
        told(tmp_path, "a,,,,,,,,,,,", base_rate=float("nan"))
    assert "nan" in render(refused.value.problems[0].cause, "en")


def measured(tmp_path, successes, failures):
    answers = ["yes,,,12", "no,,,30", "yes,,,", "no,,,50"]
    rows = [f"{i},us-title-xi,,,{answers[i % 4]},,,," for i in range(successes + failures)]
    came = file_of(
        tmp_path, *(f"{i},{int(i < successes)}" for i in range(len(rows))), name="outcomes.csv", head="id,outcome\n"
    )
    return score.score_bets(score.Request(file_of(tmp_path, *rows), came))


@pytest.mark.parametrize(
    ("successes", "failures", "held"), [(1, 1, False), (2, 2, False), (15, 14, False), (26, 4, False), (25, 5, True)]
)
def test_a_mean_over_too_few_bets_has_no_interval_and_that_is_said(tmp_path, successes, failures, held):
    found = measured(tmp_path, successes, failures)
    told = [getattr(found.scores, name) for name in score.MEANS]
    assert {(one.low is not None, one.high is not None) for one in told} == {(held, held)}
    said = [block.words.id for block in score.document_of(found).sections[0].blocks if hasattr(block, "words")]
    assert ("reports.bets.few" in said) is not held


def test_intervals_of_means_that_are_told_hold_what_they_say():
    random, held = np.random.default_rng(11), np.zeros(2)
    for draw in range(300):
        chance = random.choice(np.array([0.1, 0.3, 0.85]), score.FEW)
        came = (random.random(score.FEW) < chance).astype(np.float64)
        found = scores(came, chance, 0.46, draw, 1)
        noise = float((chance * (1 - chance)).mean())
        truths = (found.brier, noise), (found.against_pooled, float(((0.46 - chance) ** 2).mean()))
        held += [one.low <= truth <= one.high for one, truth in truths]
    assert (held / 300 > 0.91).all()


def test_the_pooled_rate_is_told_as_that_of_a_bet_of_no_population(tmp_path):
    found = measured(tmp_path, 2, 2)
    (unknown,) = told(tmp_path, "x,,,,,,,,,,,")
    said = next(block.words for block in score.document_of(found).sections[0].blocks)
    assert dict(said.params)["pooled"] == pytest.approx(unknown["probability_unanswered"])
    assert "without any answer the register would" not in localise(said, "en")
    assert found.forecasts[0].unanswered != pytest.approx(found.pooled)


@pytest.mark.parametrize(("low", "high", "where"), [(0.7, 2.8, ".inside"), (1.1, 2.8, ".outside"), (None, None, "")])
def test_the_slope_says_where_one_lies_and_no_share_is_told_as_none(tmp_path, low, high, where):
    found = measured(tmp_path, 2, 2)
    slope = SkillMeasure(1.8, low, high, 0.0001)
    shown = score.document_of(replace(found, scores=replace(found.scores, slope=slope)))
    rows = next(block for block in shown.sections[0].blocks if hasattr(block, "rows")).rows
    (row,) = [row for row in rows if row.head.value.id == "reports.bets.measure.slope"]
    assert row.cells[-1].value.id == f"reports.bets.right.slope{where}"
    assert row.cells[-2].value == "< 0.001"


def test_the_list_of_populations_tells_sources_and_kappa_as_the_page_of_results_does():
    shown = service.list_populations(PopulationsRequest())
    said = " ".join(document_screen(service.document_of(shown), "en", 10_000).split())
    page = PAGE.read_text("utf-8").split("[start:kappa]")[1].split("[end:")[0]
    for one in service.counts_data(shown)["populations"]:
        row = next(line for line in page.splitlines() if line.startswith(f"| `{one['id']}`"))
        cells = [cell.strip().split(" ")[0] for cell in row.strip("|").split("|")]
        assert [one["coded_twice"], *(f"{one['kappa'][name]:.2f}" for name in service.TWICE)] == [
            int(cells[1]),
            cells[2],
            cells[4],
        ]
        assert all(source in said for source in one["sources"])


def test_a_population_shows_its_rows_and_a_bet_all_that_it_rests_on():
    (population,) = service.data(service.show_register(service.Request("us-title-xi")))["populations"]
    assert len(population["bets"]) == 114
    ((bet,),) = [p["bets"] for p in service.data(service.show_register(service.Request("cndl-01")))["populations"]]
    assert bet["sources"]
    assert bet["case"] == "boe-hefei-2008"
    with pytest.raises(InvalidInput):
        service.show_register(service.Request("cndl-99x"))


@pytest.mark.parametrize(
    "content",
    [
        "id,parent\na,yes\na,no\n",
        "id,parent\n,yes\n",
        "id,parent\n",
        "id,parent\na\x07b,yes\n",
        "id,parent\na,perhaps\n",
    ],
    ids=["twice", "no id", "no rows", "bell", "another answer"],
)
def test_whatever_is_wrong_in_a_file_of_bets_has_its_mend(tmp_path, content):
    (tmp_path / "bets.csv").write_text(content)
    with pytest.raises(InvalidInput) as refused:
        forecast.forecast_bets(forecast.Request(tmp_path / "bets.csv"))
    assert all(problem.fix is not None and render(problem.fix) for problem in refused.value.problems)
