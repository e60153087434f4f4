"""A small made-up case for tests of money: two instalments, one for the closing and one for the headquarters."""

import base64
import io
import zipfile

from guanzi.office.actions import perform
from guanzi.office.models import OfficeCase, Seat

CASE, SHEET = "riverton", "terms/2026.yaml"
DOCUMENT = b"Certificate\n\nThe conditions of the closing are met.\n\nThe headquarters stands in Riverton.\n"
HEADER = """\
format: 1
case: riverton
title: {en: Example Motors and Riverton, zh: "示例汽车与河城"}
company: {id: example, name: Example Motors}
region: {id: river, name: Riverton}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2026-06-30
question: Should Riverton buy a minority?
"""
FACTS = """\
sources:
  release: {publisher: Example Motors, title: Results, date: 2026-03-18, grade: B}
facts:
  - {id: d-2025, name: deliveries, period: 2025, value: 20565, unit: vehicles, known_on: 2026-03-18, source: release}
  - {id: r-2025, name: revenue, period: 2025, value: 7825, unit: CNY m, known_on: 2026-03-18, source: release}
  - {id: c-2025, name: cash, period: 2025-12-31, value: 1056, unit: CNY m, known_on: 2026-03-18, source: release}
"""
TERMS = """\
deal: riverton
title: {en: Stake in Example Motors, zh: "入股示例汽车"}
status: definitive
currency: CNY
unit: 1e6
known_on: 2026-06-30
signed: 2026-06-30
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
      - {id: t1, amount: 400, due: 2026-07-31, if: "event('closing')"}
      - {id: t2, amount: 600, due: 2026-09-30, if: "tier('headquarters')"}
  put:
    type: put
    on: stake
    obligors: [company]
    price: {rate: 8%, basis: simple}
    when: months_since('t1') > 48 and not listed
covenants:
  volume:
    name: {en: deliveries of a quarter, zh: "季度交付量"}
    require: units >= 5_000
    remedy: put
    text: {en: "At least 5,000 vehicles are delivered in every quarter.", zh: "每季度交付不少于5000辆。"}
events:
  closing: {name: conditions of the closing are met, due: 2026-07-31, by: company, probability: 0.9}
tiers:
  - {id: headquarters, when: hq_local, proof: business licence and payroll}
"""
FILES = {"case.yaml": HEADER, "facts/facts.yaml": FACTS, SHEET: TERMS}
SEATS = {"lead": "lead", "manager": "manager", "analyst2": "analyst", "member": "member"}


def archive(files=FILES):
    """The folder as a ZIP file."""
    box = io.BytesIO()
    with zipfile.ZipFile(box, "w") as out:
        for name, content in files.items():
            out.writestr(name, content)
    return base64.b64encode(box.getvalue()).decode()


def open_small(office, files=FILES):
    """The case opened by the lead of an office, with seats."""
    perform(office.lead, "case.open", {"archive": archive(files)}, f"open-{CASE}")
    case = OfficeCase.objects.get(slug=CASE, organisation=office.organisation)
    for name, part in SEATS.items():
        Seat.objects.get_or_create(
            case=case, person=office.people[name], defaults={"part": part, "given_at": case.opened_at}
        )
    return case
