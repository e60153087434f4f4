"""A made-up signed case of a test: a small deal in a folder of its own, with facts after signing to be added."""

from datetime import date

import openpyxl
import yaml

CASE = """\
format: 1
case: riverton
title: Example Motors and Riverton
company: {id: example, name: Example Motors}
region: {id: river, name: Riverton}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2020-04-29
question: Should Riverton buy a minority?
"""
FACTS = """\
sources:
  release: {publisher: Example Motors, title: Results, date: 2020-03-18, grade: B}
facts:
  - {id: d-2019, name: deliveries, period: 2019, value: 20565, unit: vehicles, known_on: 2020-03-18, source: release}
"""
TERMS = """\
deal: riverton
status: definitive
currency: CNY
unit: 1e6
known_on: 2020-04-29
signed: 2020-04-29
horizon: 6 years
step: quarter
source: release
parties:
  company: {role: issuer, name: Example Motors}
  city: {role: public, name: Riverton}
instruments:
  stake:
    type: equity
    issuer: company
    share: 24%
    tranches:
      - {id: i1, amount: 3500, due: 2020-06-30, if: "event('closing')"}
      - {id: i2, amount: 1500, due: 2020-06-30, if: "event('closing')"}
      - {id: i3, amount: 1000, due: 2020-09-30, if: "event('closing')"}
  put:
    type: put
    on: stake
    obligors: [company]
    price: {rate: 8%, basis: simple}
    when: months_since('i1') > 48 and not listed
covenants:
  lock: {require: "founder_share >= 60%", until: listed, remedy: put, text: The parent holds at least 60 per cent.}
  headquarters: {require: hq_local, from: 2021-06-30, remedy: unknown}
events:
  closing: {name: conditions of the closing are met, due: 2020-06-30, by: company, probability: 0.9}
tiers:
  - {id: headquarters, when: hq_local, proof: business licence and payroll}
"""

SOURCES = {
    "report": {"publisher": "NIO", "title": "Quarterly report", "date": date(2020, 1, 1), "grade": "B"},
    "auditor": {"publisher": "An auditor", "title": "Verification", "date": date(2020, 1, 1), "grade": "A"},
}


def signed_case(folder, *facts):
    """The case in a folder."""
    target = folder / "riverton"
    for name, text in (("case.yaml", CASE), ("facts/facts.yaml", FACTS), ("terms/2020-04-29.yaml", TERMS)):
        (target / name).parent.mkdir(parents=True, exist_ok=True)
        (target / name).write_text(text, encoding="utf-8")
    if facts:
        add_facts(target, "extra", *facts)
    return target


class _Dumper(yaml.SafeDumper):
    """The format of facts knows no references."""

    def ignore_aliases(self, data):
        return True


def add_facts(folder, name, *facts):
    """A file of facts in ``monitoring/``."""
    (folder / "monitoring").mkdir(exist_ok=True)
    cited = {fact["source"] for fact in facts}
    data: dict[str, object] = {"sources": {f"{name}-{k}": v for k, v in SOURCES.items() if k in cited}}
    data["facts"] = [{**fact, "source": f"{name}-{fact['source']}"} for fact in facts]
    (folder / "monitoring" / f"{name}.yaml").write_text(
        yaml.dump(data, Dumper=_Dumper, sort_keys=False), encoding="utf-8"
    )


def fact(id, name, value, unit, period, known_on=date(2020, 8, 1), source="report", **more):
    """A fact as a file has it."""
    return {"id": id, "name": name, "period": period, "value": value, "unit": unit, "known_on": known_on,
            "source": source, **more}  # fmt: skip


def milestone(id, subject, stand, day, known_on=date(2020, 8, 1), source="report", value=True):
    """What is said of a milestone."""
    return fact(id, f"milestone_{stand}", value, "flag", day, known_on, source, subject=subject)


def fill(path, head=None, figures=None, milestones=None, units=None):
    """Fill in the workbook of a quarter."""
    book = openpyxl.load_workbook(path)
    sheet = book.worksheets[0]
    for row, value in (head or {3: date(2020, 8, 1), 4: "NIO Inc."}).items():
        sheet.cell(row, 2).value = value
    for row in sheet.iter_rows(min_row=6):
        name = row[0].value
        if name in (figures or {}):
            row[3].value = figures[name]
        if name in (units or {}):
            row[2].value = units[name]
    said = book.worksheets[1]
    for row in said.iter_rows(min_row=2):
        if row[0].value in (milestones or {}):
            for column, value in zip((2, 3, 4), milestones[row[0].value], strict=True):
                row[column].value = value
    book.save(path)
