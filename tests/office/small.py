"""A small made-up case for tests of money: two instalments, one for the closing and one for the headquarters."""

import base64
import hashlib
import io
import json
import secrets
import zipfile

from django.utils import timezone

from guanzi.office.actions import perform
from guanzi.office.cases.amending import changes_of
from guanzi.office.models import AppraisalRun, OfficeCase, Seat, Sitting

CASE, SHEET = "riverton", "terms/2026.yaml"
DOCUMENT = (
    b"Certificate\n\nThe conditions of the closing are met.\n\nThe headquarters stands in Riverton.\n\n"
    b"6,000 vehicles were delivered in the third quarter of 2026.\n\nThe court has opened insolvency proceedings.\n"
)
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


def room_of(content=DOCUMENT, id="certificate"):
    """A document of the data room: paths with their content."""
    sha256 = hashlib.sha256(content).hexdigest()
    line = {
        "id": id, "file": f"{sha256}.txt", "sha256": sha256, "bytes": len(content), "kind": "text",
        "title": "Certificate",
        "original": "certificate.txt", "known_on": "2026-07-01", "pages": 1, "characters": len(content), "tables": 0,
    }  # fmt: skip
    return {"documents/index.jsonl": json.dumps(line) + "\n", f"documents/{sha256}.txt": content}


def decided(office, case, result="back", purpose="decide", amount=None):
    """A closed sitting of the committee on the newest version."""
    case.refresh_from_db()
    if purpose == "decide":
        case.stage = "signing"
        case.save(update_fields=["stage"])
    at = timezone.now()
    run = AppraisalRun.objects.create(
        case=case, version=case.head, as_of=case.decision_date, playbook=case.playbook, paths=1_000,
        asked_by=office.lead, asked_at=at, state="done",
    )  # fmt: skip
    return Sitting.objects.create(
        case=case, appraisal=run, purpose=purpose, amount=amount, opened_by=office.chair, opened_at=at,
        state="closed", result=result, closed_at=at, changes=changes_of(case) if purpose == "add_money" else {},
    )  # fmt: skip


def act(person, id, /, **asked):
    """Do an action on the case, once more each time."""
    return perform(person, id, {"case": CASE, **asked}, secrets.token_hex(8)).answer


def approve(office, path=SHEET):
    """Two people approve the newest text."""
    sha256 = OfficeCase.objects.get(slug=CASE, organisation=office.organisation).head.tree[path]
    for person in (office.lead, office.finance):
        act(person, "sheet.approve", path=path, sha256=sha256)


def sign_small(office, files=FILES):
    """The case opened, decided, approved and signed."""
    case = open_small(office, {**files, **room_of()})
    decided(office, case)
    approve(office)
    act(office.chair, "deal.sign", path=SHEET)
    case.refresh_from_db()
    return case


def verified(office, milestone="closing", day="2026-07-20"):
    """A milestone reported by the manager and verified by the lead."""
    act(office.manager, "milestone.report", milestone=milestone, reached_on=day)
    act(office.lead, "milestone.verify", milestone=milestone, document="certificate", page=1, quote=QUOTES[milestone])


def corrected(person, other, **asked):
    """A reported quarter corrected: one asks, another confirms."""
    row = act(person, "watch.correct", **({"quarter": "2026Q3"} | asked))["correction"]
    return act(other, "watch.confirm_correction", correction=row)


def proved(person, fact, quote, **asked):
    """A figure verified by the certificate."""
    return act(person, "figure.verify", fact=fact, **({"document": "certificate", "page": 1, "quote": quote} | asked))


QUOTES = {
    "closing": "The conditions of the closing are met.",
    "headquarters": "The headquarters stands in Riverton.",
    "deliveries": "6,000 vehicles were delivered in the third quarter of 2026.",
    "insolvency": "The court has opened insolvency proceedings.",
}
