"""The window of a track: from dated figures alone, and silent where they are few."""

from dataclasses import replace
from datetime import date
from itertools import combinations, product

import pytest

from guanzi.base.core import InvalidInput, Period
from guanzi.record.evidence import load_track, track_names
from guanzi.study.technology.windows import KINDS, judge_window, window_half, window_open_to

TODAY = date(2026, 11, 27)
HEAD = "format: 1\ntrack: t\nname: T\ncountry: CN\nsources:\n  s: {publisher: P, title: T, grade: B}\nfacts:\n"


def track_of(tmp_path, *facts):
    lines = [
        f"  - {{id: f{i}, subject: market, name: {name}, period: {period}, value: {value}, unit: {unit}, "
        f"known_on: {known}, source: s}}"
        for i, (name, period, value, unit, known) in enumerate(facts)
    ]
    path = tmp_path / "t.yaml"
    path.write_text(HEAD + "\n".join(lines) + "\n", "utf-8")
    return load_track(str(path))


def tendencies(found):
    return {s.kind: s.tendency for s in found.signals}


@pytest.mark.parametrize("name", track_names())
def test_every_figure_of_a_shipped_track_has_a_source_and_a_day(name):
    track = load_track(name)
    assert track.name.zh
    assert all(track.source(f.source).publisher and f.known_on for f in track.facts)


def test_the_window_of_electric_vehicles_was_open_in_april_2020_and_is_closing_in_2026():
    track = load_track("nev")
    then, now = judge_window(track, date(2020, 4, 29)), judge_window(track, date(2026, 1, 31))
    assert (then.verdict, now.verdict) == ("blue", "red")
    assert tendencies(then)["growth"] == "closes"  # sales had fallen: it did not look open by every sign
    assert tendencies(now)["growth"] == "opens"  # nor does it look closed by every sign


def test_the_curve_of_2020_was_far_wider_than_that_of_2026():
    track = load_track("nev")
    early, _, late = judge_window(track, date(2020, 4, 29)).half
    assert late - early > 15
    early, _, late = judge_window(track, date(2026, 1, 31)).half
    assert late - early <= 3


@pytest.mark.parametrize("name", track_names())
def test_half_is_not_placed_in_a_year_whose_share_is_known_to_be_less(name):
    track = load_track(name)
    for day in sorted({fact.known_on for fact in track.facts}):
        found = judge_window(track, day)
        known = dict(found.points)
        years = [year for year in found.half if year is not None]
        assert all(known.get(year, 1.0) >= 0.5 and year > max(known, default=0) for year in years), (day, found.half)


def test_a_half_that_was_reached_is_told_by_its_year(tmp_path):
    shares = [(2020, 0.2), (2021, 0.3), (2022, 0.45), (2023, 0.52), (2024, 0.6)]
    track = track_of(tmp_path, *(("penetration", y, s, "ratio", f"{y + 1}-01-31") for y, s in shares))
    found = judge_window(track, TODAY)
    assert found.half == (2023, 2023, 2023)
    assert window_half(found, 2024).id == "scan.window.half_reached"
    assert judge_window(track, date(2023, 2, 1)).half[0] in (None, 2023)  # nothing later was held then


@pytest.mark.parametrize(
    ("name", "then", "now"),
    [
        ("low-altitude", "undecided", "undecided"),
        ("embodied-intelligence", "undecided", "blue"),
        ("ai", "undecided", "mixed"),
    ],
)
def test_a_track_of_few_figures_is_undecided_until_three_kinds_of_evidence_are_held(name, then, now):
    early, late = judge_window(load_track(name), date(2024, 5, 31)), judge_window(load_track(name), TODAY)
    assert (early.verdict, late.verdict) == (then, now)
    for found in (early, late):
        known = len(found.signals) - found.count("unknown")
        assert (known < 3) == (found.verdict == "undecided")


def test_nothing_that_was_published_later_is_looked_at():
    found = judge_window(load_track("nev"), date(2020, 4, 29))
    assert all(f.known_on <= date(2020, 4, 29) for s in found.signals for f in s.facts)
    assert max(year for year, _ in found.points) == 2019


def test_one_figure_of_what_only_a_change_would_tell_says_nothing(tmp_path):
    one = ("sector_margin", 2020, 0.05, "ratio", "2021-01-31")
    assert tendencies(judge_window(track_of(tmp_path, one), TODAY))["margin"] == "unknown"
    two = ("sector_margin", 2021, 0.04, "ratio", "2022-01-31")
    assert tendencies(judge_window(track_of(tmp_path, one, two), TODAY))["margin"] == "closes"


def test_half_against_half_is_mixed(tmp_path):
    facts = [
        ("penetration", 2020, 0.1, "ratio", "2021-01-31"),
        ("market_growth", 2020, -0.1, "ratio", "2021-01-31"),
        ("capacity_use", 2020, 0.9, "ratio", "2021-01-31"),
    ]
    assert judge_window(track_of(tmp_path, *facts), TODAY).verdict == "mixed"


def test_an_unknown_track_is_refused_with_those_there_are():
    with pytest.raises(InvalidInput) as error:
        load_track("atlantis")
    assert "New energy vehicles" in str(error.value.problems[0].fix.params)


def test_every_kind_of_evidence_rests_on_one_name_of_a_fact():
    assert len({name for name, _ in KINDS.values()}) == len(KINDS)


def with_figures(track, added):
    """The track with further figures, each of a name and a value, later than all that it has."""
    like = track.facts[0]
    facts = [
        replace(like, id=f"added-{n}", name=name, value=value, period=Period.parse(str(2027 + n)), known_on=TODAY)
        for n, (name, value) in enumerate(added)
    ]
    return replace(track, facts=(*track.facts, *facts))


@pytest.mark.parametrize("name", ["low-altitude", "ai"])
def test_the_figures_that_are_named_decide_a_window_and_fewer_do_not(name):
    track = load_track(name)
    found = judge_window(track, TODAY)
    values = [-0.5, 0.01, 0.3, 0.9, 1e6]
    lacked = [KINDS[kind][0] for kind, n in found.wanted for _ in range(n)]
    assert lacked
    assert any(
        judge_window(with_figures(track, list(zip(lacked, told, strict=True))), TODAY).verdict in ("blue", "red")
        for told in product(values, repeat=len(lacked))
    )
    for fewer in combinations([one for one, _ in KINDS.values()], len(lacked) - 1):
        for told in product(values, repeat=len(fewer)):
            changed = judge_window(with_figures(track, list(zip(fewer, told, strict=True))), TODAY)
            moved = [s.kind for s in changed.signals if s.tendency != tendencies(found)[s.kind]]
            if all(tendencies(found)[kind] == "unknown" for kind in moved):
                assert changed.verdict not in ("blue", "red"), (fewer, told)


def test_a_window_that_is_decided_wants_no_figure():
    assert judge_window(load_track("nev"), TODAY).wanted == ()


@pytest.mark.parametrize("name", ["embodied-intelligence", "nev"])
def test_the_figures_that_are_named_undo_a_verdict_and_fewer_kinds_do_not(name):
    track = load_track(name)
    found = judge_window(track, TODAY)
    lacked = [KINDS[kind][0] for kind, n in found.undone_by for _ in range(n)]
    assert lacked
    values = [-0.5, 0.01, 0.3, 0.9, 1e6]

    def verdict(names, told):
        return judge_window(with_figures(track, list(zip(names, told, strict=True))), TODAY).verdict

    assert any(verdict(lacked, told) != found.verdict for told in product(values, repeat=len(lacked)))
    silent = [kind for kind, says in tendencies(found).items() if says == "unknown"]
    for fewer in combinations(silent, len(found.undone_by) - 1):
        names = [KINDS[kind][0] for kind in fewer for _ in range(2)]
        for told in product(values, repeat=len(names)):
            assert verdict(names, told) == found.verdict, (fewer, told)


@pytest.mark.parametrize("name", track_names())
def test_every_window_says_which_figures_could_decide_or_undo_it(name):
    found = judge_window(load_track(name), TODAY)
    assert bool(found.wanted) != bool(found.undone_by)
    assert (window_open_to(found).id == "scan.window.undone_by") == found.decided
    assert found.figures == sum(len(s.facts) for s in found.signals if s.tendency != "unknown")
