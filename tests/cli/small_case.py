"""A small invented case without faults, as text, to spoil in one place at a time."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

HEADER, FACTS, SHEET = "case.yaml", "facts/company.yaml", "terms/2024-03-01-deal.yaml"

FILES = {
    HEADER: """\
format: 1
case: example
title: Example Motors and Riverton
company: {id: example, name: Example Motors}
region: {id: riverton, name: Riverton, country: CN}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2024-04-29
question: Shall Riverton back Example Motors?
""",
    FACTS: """\
sources:
  report: {publisher: Example Motors, title: Annual report, date: 2024-03-01, grade: B}
facts:
  - {id: sales-2023, name: deliveries, period: 2023, value: 20000, unit: vehicles, known_on: 2024-03-01, source: report}
  - {id: margin-2023, name: gross_margin, period: 2023, value: 0.05, unit: ratio, known_on: 2024-03-01, source: report}
""",
    SHEET: """\
deal: example
title: Example Motors and Riverton
status: definitive
currency: CNY
unit: 1e6
known_on: 2024-03-01
signed: 2024-03-15
horizon: 10 years
step: quarter
source: report

parties:
  company: {role: issuer, name: Example Motors}
  riverton: {role: public, name: Riverton}

instruments:
  stake:
    type: equity
    issuer: company
    share: 18%
    holders: {riverton: 18%}
    tranches:
      - {id: t1, amount: {riverton: 600}, due: 2024-04-15, if: "event('closing')"}
      - {id: t2, amount: {riverton: 400}, due: 2024-12-31, if: "tier('plant')", expires: 2025-12-31}
  put:
    type: put
    on: stake
    holders: [riverton]
    obligors: [company]
    price: {rate: 8.5%, basis: simple}
    when: "months_since('t1') > 60 and not listed"

tiers:
  - {id: office, name: the office, when: hq_local, baseline: true}
  - {id: plant, name: the plant, when: "capacity_local >= 100_000", proof: acceptance certificate}

events:
  closing: {name: conditions of closing are met, due: 2024-04-10, probability: 95%, by: company}
""",
}


@dataclass(frozen=True)
class Change:
    """A passage of a file that stands there once, and what takes its place."""

    file: str
    old: str
    new: str


def write_case(folder: Path, changes: Iterable[Change] = ()) -> dict[str, str]:
    """Write the case with some passages changed; the text of every file as written."""
    files = dict(FILES)
    for change in changes:
        assert files[change.file].count(change.old) == 1, f"{change.old!r} does not stand once in {change.file}"
        files[change.file] = files[change.file].replace(change.old, change.new)
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8")
    return files


def position(text: str, mark: str) -> tuple[int, int]:
    """Line and column of a mark that stands in a text once."""
    assert text.count(mark) == 1, f"{mark!r} stands {text.count(mark)} times"
    before = text[: text.index(mark)].split("\n")
    return len(before), len(before[-1]) + 1
