"""A small case of its own for tests of evidence: read in a hundredth of the time that a built-in one takes."""

import base64
import io
import zipfile

from guanzi.office.actions import perform
from guanzi.office.models import OfficeCase

CASE = """format: 1
case: small
title: {en: A small case, zh: 小案例}
company: {id: maker, name: Maker, name_zh: 制造商}
region: {id: town, name: Town, name_zh: 某市}
industry: battery-electric-vehicles
model: scale-up-manufacturer
currency: CNY
decision_date: 2026-11-01
question: Shall the town invest?
"""
FACTS = """# figures of the company
sources:
  report:
    publisher: {en: Maker, zh: 制造商}
    title: Annual report
    date: 2026-03-01
    grade: A
facts:
  - {id: deliveries-2025, name: deliveries, period: 2025, value: 1000, unit: vehicles, known_on: 2026-03-01,
     source: report}
  - {id: gross-2025, name: gross_margin, period: 2025, value: 0.1, unit: ratio, known_on: 2026-03-01, source: report}
"""
FILES = {"case.yaml": CASE.encode(), "facts/company.yaml": FACTS.encode()}


def zipped(files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as box:
        for name, content in files.items():
            box.writestr(name, content)
    return base64.b64encode(out.getvalue()).decode()


def open_small(office):
    """The small case, opened by the lead, with an analyst and an expert who have seats."""
    perform(office.lead, "case.open", {"archive": zipped(FILES)}, "open-small")
    for name in ("analyst", "expert"):
        seat = {"case": "small", "person": office.people[name].username, "part": name}
        perform(office.lead, "case.give_seat", seat, f"seat-{name}")
    return OfficeCase.objects.get(slug="small")


def folder_of(files, why="new"):
    """What is asked of the action that replaces the folder of the small case."""
    return {"case": "small", "archive": zipped(files), "why": why}


def text_file(words):
    return base64.b64encode(words.encode()).decode()
