"""The backtest over the shipped cases, and its figures as tables for the documentation.

    python benchmarks/backtest.py            # some minutes; writes benchmarks/results/backtest.json and backtest.md

The JSON is that of ``guanzi backtest --include-doubtful --json``; the tables are made of nothing else.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from guanzi.advice.backtest import ABLATIONS, COMPARATORS, backtest, backtest_json, decisions, load_library
from guanzi.base.core import Message, render
from guanzi.record.playbooks import load_playbook

RESULTS = Path(__file__).resolve().parent / "results"
PATHS = 20_000
RULES = tuple(decisions.RULES)
ORDER = ("method", "elsewhere", "on_the_day", *COMPARATORS, *ABLATIONS)


def main() -> None:
    """Run, and write both files."""
    cases, problems = load_library()
    found = backtest(cases, load_playbook("hefei"), PATHS, doubtful=True, unreadable=problems)
    text = backtest_json(found)
    (RESULTS / "backtest.json").write_text(text, encoding="utf-8", newline="\n")
    (RESULTS / "backtest.md").write_text(tables(json.loads(text)), encoding="utf-8", newline="\n")


def tables(data: dict[str, Any]) -> str:
    """The tables of the documentation page, each between the marks by which the page takes it in."""
    parts = {
        "summary": _summary(data),
        "scores": _scores(data["scores"]),
        "ablations": _scores({"method": data["scores"]["method"], **data["ablations"]}),
        "reliability": _reliability(data),
        "advice": _advice(data),
        "decisions": _decisions(data),
        "contracts": _contracts(data),
        "cases": _cases(data),
    }
    head = "<!-- Made by benchmarks/backtest.py from backtest.json; do not edit. -->\n"
    return head + "".join(
        f"\n<!-- --8<-- [start:{name}] -->\n" + "\n".join(lines) + f"\n<!-- --8<-- [end:{name}] -->\n"
        for name, lines in parts.items()
    )


def _summary(d: dict[str, Any]) -> Iterator[str]:
    s = d["scores"]
    apart = {group: sum(c["group"] == group for c in d["cases"]) for group in ("ongoing", "refused")}
    yield (
        f"- **{d['scored']} bets are scored**, {apart['ongoing']} are ongoing, {apart['refused']} were refused, "
        f"{d['unfit']} are unfit."
    )
    yield (
        f"- **Brier score {_of(s['method'], 'brier')}**, against {_of(s['base_rate'], 'brier')} of the base rate of "
        f"other cities: {_pct(d['brier_skill'])} lower ({_pct(d['brier_skill_interval'][0])} to "
        f"{_pct(d['brier_skill_interval'][1])}). The aim was 25 % lower. One base rate for all, known in hindsight "
        f"only, scores {_of(s['base_rate_in_hindsight'], 'brier')}."
    )
    yield (
        f"- **AUC {_of(s['method'], 'auc')}**. Of random assignments of the same probabilities, "
        f"{_pct(d['permutation_p'])} do as well by the Brier score and {_pct(d['permutation_p_auc'])} by the AUC."
    )
    yield (
        f"- With only what had been settled elsewhere **on the day**: Brier score "
        f"{_of(s['on_the_day'], 'brier')}, against {_of(s['base_rate_on_the_day'], 'brier')} of the day's base rate."
    )
    advice, blind = d["decisions"]["advice"], d["decisions"]["advice_without_conditions"]
    yield (
        f"- The **advice** was to back in {advice['yes']} of {d['scored']} bets; failures advised without conditions: "
        f"{blind['failures_backed']}; successes missed: {advice['successes_missed']}."
    )
    with_doubtful, settled = d["with_doubtful_facts"], d["settled_only"]
    yield (
        f"- With facts of **doubtful availability** the Brier score would be {_of(with_doubtful, 'brier')}, the "
        f"AUC {_of(with_doubtful, 'auc')}. On settled bets alone they are {_of(settled, 'brier')} and "
        f"{_of(settled, 'auc')}."
    )
    refused = d["apart"]["refused"]
    brier = "–" if refused["brier"] is None else f"{refused['brier']:.3f}"
    yield (
        f"- **Refusals**, scored apart by what became of the company ({refused['company_known']} of {refused['n']}): "
        f"Brier score {brier}; too few for an interval."
    )


def _scores(scores: dict[str, Any]) -> Iterator[str]:
    rows = (
        (
            _name("of", name),
            _of(s, "brier"),
            _of(s, "log_score"),
            _of(s, "auc"),
            f"{s['brier_if_partial_succeeds']:.3f}",
            f"{s['brier_if_partial_fails']:.3f}",
        )
        for name, s in sorted(scores.items(), key=lambda item: ORDER.index(item[0]))
    )
    return _table(("forecast", "Brier score", "log score", "AUC", "partial as success", "partial as failure"), rows)


def _reliability(d: dict[str, Any]) -> Iterator[str]:
    rows = (
        (f"{_pct(b['low'])} to {_pct(b['high'])}", str(b["n"]), _pct(b["mean"]), f"{b['successes']:g}")
        for b in d["calibration"]
    )
    return _table(("forecast between", "bets", "mean forecast", "successes"), rows)


def _advice(d: dict[str, Any]) -> Iterator[str]:
    """The advice of the day against what became of the bet."""
    scored = [c for c in d["cases"] if c["success"] is not None]
    levels = ("back", "back_with_conditions", "decline", "insufficient_evidence")
    rows = (
        (
            level.replace("_", " "),
            *(
                ", ".join(c["case"] for c in scored if c["advice"] == level and c["success"] == outcome) or "–"
                for outcome in (1.0, 0.5, 0.0)
            ),
        )
        for level in levels
    )
    return _table(("advice", "successes", "partial", "failures"), rows)


def _decisions(d: dict[str, Any]) -> Iterator[str]:
    rows = (
        (
            render(Message.of(f"reports.backtest.rule.{name}")),
            str(r["yes"]),
            f"{r['value']:g}",
            _of(r, "value_per_bet"),
            f"{r['value_if_failure_costs_double']:g}",
            str(r["failures_backed"]),
            str(r["successes_missed"]),
        )
        for name, r in sorted(d["decisions"].items(), key=lambda item: RULES.index(item[0]))
    )
    head = ("rule", "bets made", "value", "value by bet", "failure costs double", "failures backed", "successes missed")
    return _table(head, rows)


def _contracts(d: dict[str, Any]) -> Iterator[str]:
    labels = {c["case"]: c["label"] for c in d["cases"]}
    rows = []
    for c in d["contracts"]:
        e = c["effect"]
        if e is None:
            continue
        signed, bound = e["signed"], e["bound"]
        reached = "–"
        if signed["reached"] and bound["reached"]:
            reached = f"{_amount(signed['reached']['value'])} → {_amount(bound['reached']['value'])}"
        rows.append(
            (
                c["bet"],
                labels.get(c["bet"]) or "illustrative",
                f"{_amount(e['total'])} {c['currency']} m",
                _loss(signed),
                _loss(bound),
                f"{_pct(e['ratio']['value'])} ({_pct(e['ratio']['low'])} to {_pct(e['ratio']['high'])})",
                f"{_pct(signed['fails']['value'])} → {_pct(bound['fails']['value'])}",
                reached,
            )
        )
    head = (
        "deal",
        "record",
        "public money",
        "loss as signed",
        "loss in tiered form",
        "tiered by signed",
        "fails",
        "reaches",
    )
    return _table(head, rows)


def _cases(d: dict[str, Any]) -> Iterator[str]:
    rows = (
        (
            c["case"],
            c["advice"].replace("_", " "),
            _pct(c["probability"]),
            _pct(c["base_rate"]),
            (c["label"] or "–") + ("" if c["settled"] or c["success"] is None else ", before its horizon"),
            "missed" if c["missed"] else " ",
        )
        for c in d["cases"]
    )
    return _table(("case", "advice of the day", "probability", "base rate", "record", ""), rows)


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|" + "---|" * len(head)
    for row in rows:
        yield "| " + " | ".join(row) + " |"


def _name(kind: str, name: str) -> str:
    return render(Message.of(f"backtest.{kind}.{name}"))


def _of(data: dict[str, Any], key: str) -> str:
    value, (low, high) = data[key], data[f"{key}_interval"]
    if value is None:
        return "–"
    return f"{value:.3f}" if low is None else f"{value:.3f} ({low:.3f} to {high:.3f})"


def _loss(side: dict[str, Any]) -> str:
    return f"{_amount(side['loss']['value'])} ({_amount(side['p5'])} to {_amount(side['p95'])})"


def _amount(value: float) -> str:
    text = f"{value:,.0f}" if abs(value) >= 100.0 else f"{value + 0.0:.3g}"
    return text.replace("-", "−") if float(text.replace(",", "")) else "0"


def _pct(value: float) -> str:
    return f"{100 * value:.1f} %"


if __name__ == "__main__":
    main()
