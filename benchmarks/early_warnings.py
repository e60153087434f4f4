"""Early warning over all shipped cases: how long before failure a rule held, and how often one held in vain.

    python -m benchmarks.early_warnings > benchmarks/results/warnings.txt

The rules were set and committed with their hash before any outcome was opened for them; this refuses to run on others.
How is counted stands in ``monitoring/warnings.yaml`` itself. A case is watched from its signing on by the facts of its
record, outcomes included, each from the day on which it became known.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files

from guanzi.base.core import sha256_of
from guanzi.deal.terms import read_sheet
from guanzi.record.evidence import Case, Fact, builtin_cases, find_case, load_case, read_outcome
from guanzi.study.monitoring import WarningRule, openings, signs, warning_rules

COMMITTED = "f3810cf041916652737ced5c8ac8dee1341d037828f5e1ffc322b7c184221cad"
"""SHA-256 of the rules on the day on which they were set."""
MONTH = 365.25 / 12


@dataclass(frozen=True, slots=True)
class WatchedCase:
    """A case as it was watched.

    Attributes:
        ended: Failure, or the last day of the record.
        by_fact: The failure is a fact with a day, not the day by which the record calls it so.
        first: Rule to the first day on which it held, from signing on.
        at_signing: Rules that held on the day of signing.
        blind: Rules for which the record never held a fact.
    """

    case: str
    failed: bool
    signed: date
    ended: date
    by_fact: bool
    first: dict[str, date]
    at_signing: frozenset[str]
    blind: tuple[str, ...]


def watch(case: Case) -> WatchedCase | None:
    """Watch a case from its signing to its end; None: nothing was signed, or the record does not say what became."""
    outcome = read_outcome(case.folder)
    label = outcome.label
    if label is None or case.decision == "refused" or label.company.result == "unknown":
        return None
    facts = tuple(sorted((*case.facts, *(_own(f, case) for f in outcome.facts)), key=lambda f: f.id))
    sources = {s.id: s for s in (*case.sources, *outcome.sources.values())}
    whole = replace(case, facts=facts, sources=tuple(sources[id] for id in sorted(sources)))
    signed = _signed(case)
    failed = label.company.result == "failure"
    ended, by_fact = _failure(facts, signed) if failed else (label.judged_on, False)
    if failed and not by_fact:
        ended = label.company.by
    days = sorted({signed, *(f.known_on for f in facts if signed < f.known_on < ended)})
    rules = warning_rules()
    first = openings((whole.view(day) for day in days), rules)
    seen = {rule.id for day in days for rule in _looked_at(whole, day)}
    start = {sign.rule.id for sign in signs(whole.view(signed), rules).found}
    blind = tuple(rule.id for rule in rules.rules if rule.id not in seen)
    return WatchedCase(case.id, failed, signed, ended, by_fact, first, frozenset(start), blind)


def _looked_at(case: Case, day: date) -> tuple[WarningRule, ...]:
    found = signs(case.view(day), warning_rules())
    return (*(sign.rule for sign in found.found), *found.quiet)


def _own(fact: Fact, case: Case) -> Fact:
    own = {case.company.id: "company", case.region.id: "region"}.get(fact.subject, fact.subject)
    return replace(fact, subject=own)


def _signed(case: Case) -> date:
    sheets = [s for f in case.sheets if (s := read_sheet(f.document).sheet) is not None and s.status != "draft"]
    return sheets[-1].signed if sheets else case.decision_date


def _failure(facts: tuple[Fact, ...], signed: date) -> tuple[date, bool]:
    names = warning_rules().counting.failure_facts
    days = [f.period.end for f in facts if f.name in names and f.value is True and f.period.end > signed]
    return (min(days), True) if days else (date.max, False)


def main() -> None:
    """Print the table."""
    text = files("guanzi.library").joinpath("monitoring", "warnings.yaml").read_bytes()
    if sha256_of(text) != COMMITTED:
        raise SystemExit("the rules are not those that were committed before the outcomes were opened")
    rules = warning_rules()
    watched = [w for name in builtin_cases() if (w := watch(load_case(find_case(name)))) is not None]
    failed, others = [w for w in watched if w.failed], [w for w in watched if not w.failed]
    print(f"Rules of {rules.set_on}, SHA-256 {COMMITTED}\n")
    print(f"Failed after signing: {len(failed)} cases; survivors: {len(others)}\n")
    print("Lead in months from the first day on which each rule held to failure; * held on the day of signing already;")
    print("- never held; . no fact ever seen. Day of failure: a fact, or (by) the day by which the record says so.\n")
    names = [rule.id for rule in rules.rules]
    print(f"{'case':32}{'failure':>14}  {'first':>7}  " + "  ".join(f"{n:>16}" for n in names))
    leads = []
    for w in sorted(failed, key=lambda w: w.case):
        cells = [_lead(w, n) for n in names]
        found = [_months(w.ended, day) for day in w.first.values()]
        fresh = [_months(w.ended, day) for rule, day in w.first.items() if rule not in w.at_signing]
        leads.append((max(found, default=None), max(fresh, default=None)))
        shown = f"{max(found):.0f}" if found else "none"
        print(
            f"{w.case:32}{w.ended.isoformat() + ('' if w.by_fact else ' by'):>14}  {shown:>7}  "
            + "  ".join(f"{c:>16}" for c in cells)
        )
    warned = [a for a, _ in leads if a is not None]
    fresh = [b for _, b in leads if b is not None]
    print(f"\nWarned at all: {len(warned)} of {len(failed)}; median lead {_median(warned)} months.")
    told = f"{len(fresh)} of {len(failed)}; median lead {_median(fresh)} months."
    print(f"By a rule that did not hold at signing yet: {told}")
    years = sum(_months(w.ended, w.signed) / 12 for w in others)
    print(f"\nSurvivors: {years:.1f} years watched in all.\n")
    print(f"{'case':32}{'years':>7}  opened (* on the day of signing)")
    total = again = 0
    for w in sorted(others, key=lambda w: w.case):
        marks = [f"{rule}{'*' if rule in w.at_signing else ''}" for rule in sorted(w.first)]
        total += len(w.first)
        again += sum(rule not in w.at_signing for rule in w.first)
        print(f"{w.case:32}{_months(w.ended, w.signed) / 12:7.1f}  {', '.join(marks) or 'none'}")
    print(f"\nFalse alarms per year on survivors: {total / years:.2f}; after signing only: {again / years:.2f}.")
    kinds = [f"{n} {sum(n in w.blind for w in watched)}" for n in names]
    print(f"Of {len(watched)} records, so many never held a fact for a rule: {', '.join(kinds)}.")


def _lead(w: WatchedCase, rule: str) -> str:
    if rule in w.first:
        return f"{_months(w.ended, w.first[rule]):.0f}{'*' if rule in w.at_signing else ''}"
    return "." if rule in w.blind else "-"


def _months(later: date, earlier: date) -> float:
    return (later - earlier).days / MONTH


def _median(values: list[float]) -> str:
    ordered = sorted(values)
    if not ordered:
        return "none"
    half = len(ordered) // 2
    middle = ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2
    return f"{middle:.0f}"


if __name__ == "__main__":
    main()
