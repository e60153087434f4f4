"""What the odds of the register are worth: ``python -m benchmarks.bets`` writes ``benchmarks/results/bets.md``.

Everything is as ``library/bets/protocol.yaml`` said before outcomes were read; the page says what came of it, whatever
it is. Two minutes; the test of the page recomputes all of it but the dealt outcomes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from math import sqrt
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from guanzi.advice.odds import answers_of, odds_without, settled
from guanzi.base.reading import shipped_yaml
from guanzi.intake.bets import (
    PublicBet,
    outcomes,
    populations,
    register,
    register_hash,
    second_codings,
    settled_bets,
)
from guanzi.study import bets as study
from guanzi.study.bets.single import DECIMALS

PAGE = Path(__file__).resolve().parent / "results" / "bets.md"
PROTOCOL = shipped_yaml("bets", "protocol.yaml").data
SEED = int(PROTOCOL["seed"])
DRAWS = {name: int(n) for name, n in PROTOCOL["draws"].items()}
CUT: date = PROTOCOL["measures"][1]["cut"]
TWICE = ("in_business", "made_before")
LEVEL = 1.6448536269514722
"""Half the width of a 90 % interval, in deviations."""

type Chosen = Sequence[tuple[PublicBet, float]]
type Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Trial:
    """Forecasts of left-out populations, and how good they were."""

    bets: study.Settled
    chance: Floats
    within: float
    ends: tuple[tuple[float, float], ...]
    scores: study.SkillScores
    against_others: str

    @property
    def failures(self) -> int:
        """Bets that failed outright."""
        return int((self.bets.success == 0.0).sum())


def trial(chosen: Chosen, chance: Floats | None = None) -> Trial:
    """Forecast each population of some bets by the others; or measure chances that were made otherwise."""
    bets = settled(chosen)
    chance = np.round(study.without_population(bets)[:, 0] if chance is None else chance, DECIMALS)
    names = np.array(bets.populations)
    pooled = np.array([bets.success[names != name].mean() for name in bets.populations])
    return Trial(
        bets,
        chance,
        study.stratified_auc(bets.success, chance, bets.populations),
        study.auc_interval(bets, chance, DRAWS["intervals"], SEED),
        study.scores(bets.success, chance, float(bets.success.mean()), SEED),
        _mean((pooled - bets.success) ** 2 - (chance - bets.success) ** 2),
    )


def in_first_wording(chosen: Chosen) -> Floats:
    """Chances of left-out populations where parent and volume stand in for the two questions that were reworded."""
    bets = settled(chosen)
    told = [{k: v for k, v in answers_of(bet).items() if k not in TWICE} for bet, _ in chosen]
    asked = replace(bets, rows=np.array([study.coded(study.stood_in(answers)) for answers in told]))
    found, names = np.empty(len(chosen)), np.array(bets.populations)
    for name in dict.fromkeys(bets.populations):
        own = names == name
        rest = bets.part(~own)
        odds = study.learn(rest.rows, rest.success, rest.populations)
        found[own] = odds.forecast(asked.rows[own], [name] * int(own.sum()))[:, 0]
    return found


def trials() -> dict[str, Trial]:
    """The trials of the protocol, by name."""
    chosen = settled_bets()
    return {
        "all": trial(chosen),
        "blind": trial([pair for pair in chosen if not pair[0].betrays]),
        "strict": trial([pair for pair in chosen if not pair[0].edge]),
        "first wording": trial(chosen, in_first_wording(chosen)),
    }


def verdict(main: Trial, blind: Trial, p: float) -> str:
    """What stands first: whether skill is shown by the bar of the protocol, and what of it is left on blind rows."""
    shown = "Skill is shown" if main.ends[0][0] > 0.5 and p < 0.05 else "No skill is shown"
    left = "Skill is shown there too" if blind.ends[0][0] > 0.5 else "There no skill is shown over all pairs"
    betray = sum(bet.betrays for bet, _ in settled_bets())
    return (
        f"**{shown} on populations that were left out: AUC {_auc(main)}, permutation test {p:.3f}.** "
        f"But the coder of the answers says of {betray} of these {main.scores.n} bets that he knew how they ended. On "
        f"the {blind.scores.n} others, of which {blind.failures} failed, the AUC is {_auc(blind)}. **{left};** over "
        f"pairs of one population it is {blind.within:.2f} ({blind.ends[1][0]:.2f} to {blind.ends[1][1]:.2f})."
    )


def _auc(one: Trial) -> str:
    low, high = one.ends[0]
    return f"{study.half_auc(one.bets.success, one.chance):.2f} ({low:.2f} to {high:.2f})"


def rules() -> str:
    """Rule, completeness and sources of each population."""
    return "\n\n".join(
        f"**{population.name}** (`{population.id}`). {population.rule} *How complete:* {population.complete} "
        f"*Sources:* {'; '.join(population.sources)}."
        for population in populations()
    )


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of Markdown."""
    lines = ["| " + " | ".join(heads) + " |", "|" + "---|" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)])


def population_table() -> str:
    """Rows, outcomes, sources and unknowns of each population."""
    told, rows = outcomes(), list[tuple[str, ...]]()
    for population in [*populations(), None]:
        own = [bet for bet in register() if population is None or bet.population == population.id]
        kept = [bet for bet in own if bet.left_out is None]
        came = Counter(told[bet.id].outcome for bet in kept)
        silent = [
            sum(name not in bet.answers for bet in kept)
            for name in ("in_business", "made_before", "offtake", "finance")
        ]
        silent.append(sum(answers_of(bet)["sales_to_plan"] is None for bet in kept))
        rows.append(
            (
                "all" if population is None else f"{population.name} (`{population.id}`)",
                *map(str, (len(own), len(kept), came["worked"], came["partly"], came["failed"])),
                str(came["open"] + came["unknown"]),
                " / ".join(map(str, silent)),
                str(sum(bet.betrays for bet in kept)),
                str(sum(bet.from_memory for bet in kept)),
                str(sum(told[bet.id].from_memory for bet in kept)),
            )
        )
    heads = ("population", "rows", "not left out", "worked", "partly", "failed", "open or unknown")
    more = ("unknown answers: " + " / ".join(study.QUESTIONS), "betray", "answers from memory", "outcomes from memory")
    return table((*heads, *more), rows)


def kappa_table() -> str:
    """How far two coders agreed on the two questions that were coded twice, over all and in each population."""
    first, again = {bet.id: bet for bet in register()}, second_codings()
    rows = []
    for population in [None, *populations()]:
        ids = [id for id in again if population is None or first[id].population == population.id]
        cells = []
        for name in TWICE:
            pairs = [(first[id].answers.get(name, "unknown"), again[id].get(name, "unknown")) for id in ids]
            known = [pair for pair in pairs if "unknown" not in pair]
            cells += [_kappa(pairs), _kappa(known)]
        rows.append(("all" if population is None else f"`{population.id}`", str(len(ids)), *cells))
    heads = (
        "population",
        "coded twice",
        *(f"`{name}`{of}" for name in TWICE for of in (", unknown as a class", ", where both know")),
    )
    return table(heads, rows)


def _kappa(pairs: Sequence[tuple[str, str]]) -> str:
    value = study.kappa(*zip(*pairs, strict=True)) if pairs else float("nan")
    agreed = sum(a == b for a, b in pairs)
    return f"{agreed} of {len(pairs)} agree" if np.isnan(value) else f"{value:.2f} ({agreed} of {len(pairs)} agree)"


def trial_table(found: dict[str, Trial]) -> str:
    """One row a trial."""
    rows = []
    for name, one in found.items():
        s, within = one.scores, one.ends[1]
        rows.append(
            (
                {"all": "**all rows**", "blind": "**rows that betray nothing**"}.get(name, name),
                f"{s.n} / {one.failures}",
                _auc(one),
                f"{one.within:.2f} ({within[0]:.2f} to {within[1]:.2f})",
                _told(s.slope),
                _told(s.intercept),
                f"{s.brier.value:.3f}",
                f"{_own_brier(one.bets.success):.3f}",
                _told(s.against_own, 3),
                one.against_others,
            )
        )
    heads = (
        "learnt from and measured on",
        "bets / failed",
        "AUC, all pairs",
        "AUC, pairs of one population",
        "calibration slope",
    )
    more = (
        "intercept",
        "Brier",
        "Brier of the bets' own rate",
        "better than own rate by",
        "better than the others' rate by",
    )
    return table((*heads, *more), rows)


def _mean(values: Floats) -> str:
    half = 1.959963984540054 * float(values.std(ddof=1)) / sqrt(len(values))
    return f"{values.mean():.3f} ({values.mean() - half:.3f} to {values.mean() + half:.3f})"


def _told(measure: study.SkillMeasure | None, digits: int = 2) -> str:
    if measure is None or measure.low is None or measure.high is None:
        return "cannot be told"
    return f"{measure.value:.{digits}f} ({measure.low:.{digits}f} to {measure.high:.{digits}f})"


def count_table(bets: study.Settled) -> str:
    """The sum of successes of each population against what the others forecast."""
    rows = []
    for held in study.counts(bets, DRAWS["counts"], SEED):
        fits = "yes" if held.low <= held.came <= held.high else "**no**"
        came = f"{held.came:g}", f"{held.expected:.1f}", f"{held.low:g} to {held.high:g}"
        rows.append((f"`{held.population}`", str(held.n), *came, fits))
    return table(("population", "bets", "successes", "expected", "90 % interval", "held"), rows)


def slope_table() -> str:
    """The coefficients of the odds of today."""
    odds, rows = odds_without(), list[tuple[str, ...]]()
    for name, (mean, deviation) in zip(study.QUESTIONS, odds.slopes, strict=True):
        low, high = mean - LEVEL * deviation, mean + LEVEL * deviation
        rows.append((f"`{name}`", f"{mean:.2f} ({low:.2f} to {high:.2f})", f"{np.exp(mean):.1f}"))
    return table(("question", "log-odds of a yes against a no", "factor on the odds"), rows)


def time_line(bets: study.Settled) -> str:
    """What came of later bets, forecast by earlier ones."""
    later, chance = study.by_time(bets, CUT)
    own, mean = bets.part(later), chance[:, 0]
    low, high = study.auc_interval(own, mean, DRAWS["intervals"], SEED)[0]
    within = study.stratified_auc(own.success, mean, own.populations)
    before = sum(day is not None and day < CUT.replace(year=CUT.year - 10) for day in bets.decided)
    brier = float(((mean - own.success) ** 2).mean())
    return (
        f"{len(own.success)} bets decided from {CUT.year} on, forecast by {before} bets decided before "
        f"{CUT.year - 10}: AUC {study.half_auc(own.success, mean):.2f} ({low:.2f} to {high:.2f}), "
        f"within populations {within:.2f}; mean forecast {mean.mean():.0%}, came {own.success.mean():.0%}; "
        f"Brier {brier:.3f} against {_own_brier(own.success):.3f} of their own rate."
    )


def _own_brier(success: Floats) -> float:
    return float(((success - success.mean()) ** 2).mean())


def parts(found: dict[str, Trial], dealt: Callable[[study.Settled], tuple[float, float]]) -> dict[str, str]:
    """The parts of the page, by name."""
    main, blind = found["all"], found["blind"]
    p, p_blind = dealt(main.bets), dealt(blind.bets)
    return {
        "verdict": verdict(main, blind, p[0]),
        "populations": population_table(),
        "rules": rules(),
        "kappa": kappa_table(),
        "trials": trial_table(found),
        "permutation": (
            f"Outcomes dealt anew within each population, {DRAWS['permutations']} times, odds learnt anew each time: "
            f"an AUC as high over all pairs in a share of {p[0]:.3f}, over pairs of one population {p[1]:.3f}; "
            f"on rows that betray nothing {p_blind[0]:.3f} and {p_blind[1]:.3f}."
        ),
        "counts": count_table(main.bets),
        "time": time_line(main.bets),
        "slopes": slope_table(),
        "level": _level_line(),
    }


def _level_line() -> str:
    odds = odds_without()
    mean, low, high = odds.forecast(np.zeros((1, len(study.QUESTIONS))), [""])[0]
    return (
        f"A bet of an unseen population of which nothing is answered: {mean:.0%} ({low:.0%} to {high:.0%}). "
        f"Populations differ by {odds.spread:.2f} in log-odds (standard deviation)."
    )


def page(told: dict[str, str]) -> str:
    """The page of results."""
    marked = {
        name: f"<!-- --8<-- [start:{name}] -->\n{text}\n<!-- --8<-- [end:{name}] -->" for name, text in told.items()
    }
    return f"""# Odds of public bets: what came out

{marked["verdict"]}

Written by `python -m benchmarks.bets`. Protocol, rows and code were fixed before outcomes were read:
`{register_hash()}` (`src/guanzi/library/bets/frozen.yaml`).

## Populations

{marked["populations"]}

{marked["rules"]}

## Two codings of a fifth of the rows

{marked["kappa"]}

## Each population forecast by the others

{marked["trials"]}

{marked["permutation"]}

## How many worked in each population

{marked["counts"]}

## By time

{marked["time"]}

## What was learnt

{marked["slopes"]}

{marked["level"]}
"""


def dealt_anew(bets: study.Settled) -> tuple[float, float]:
    """The permutation test of the protocol."""
    return study.permuted(bets, DRAWS["permutations"], SEED)


if __name__ == "__main__":
    PAGE.write_text(page(parts(trials(), dealt_anew)), "utf-8")
