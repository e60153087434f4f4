"""Every figure of a golden key stands where the key says, read by other means than those that made it."""

import html
import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import docx
import numpy as np
import openpyxl
import pdfplumber
import pypdfium2
import pytest
from docx.oxml.ns import qn
from tests.golden.make import HERE, PARTS, made, seal, sources, written
from tests.golden.making.marks import POSITIVE, Marks, figure, printed, raised
from tests.golden.score import keys

from guanzi.record.evidence import unit_fits

KEYS = [pytest.param(part, key, id=key["document"]) for part, key in keys()]
RULED = {
    "baisha-audit-2022.pdf",
    "fuyang-month-2024-06.pdf",
    "kanglu-rating-2024.pdf",
    "xinhe-reply-2024.pdf",
    "yuanyang-prospectus-2022.pdf",
}
"""Scans with rules between the lines of a table, which are ink, too."""
FLAGS = {"going_concern_doubt", "plan_production_start", "clawback_agreed", "listing_filed"}


def document(part, key):
    return PARTS[part] / "files" / key["document"]


def entries(key):
    return [*key["must"], *key["may"], *key["not"]]


def bare(text):
    return re.sub(r"\s", "", text)


def test_the_set_is_as_large_and_as_various_as_it_must_be():
    every = keys()
    assert len(every) >= 12
    assert sum(key["pages"] for _, key in every) >= 40
    assert sum(part == "locked" for part, _ in every) >= 8, "a third of the first set"
    assert {Path(key["document"]).suffix for _, key in every} == {".pdf", ".docx", ".xlsx", ".html"}
    for part in PARTS:
        mine = [key for of, key in every if of == part]
        assert {key["language"] for key in mine} == {"zh", "en"}
        assert sum(len(key["scanned"]) for key in mine) >= 5
    assert (
        sum(
            path.stat().st_size
            for folder in PARTS.values()
            for kind in ("files", "keys")
            for path in (folder / kind).iterdir()
        )
        < 3_000_000
    )


def test_the_locked_part_is_what_was_sealed():
    assert (PARTS["locked"] / "SEAL").read_text("utf-8").strip() == seal(PARTS["locked"])


@pytest.mark.parametrize(("part", "key"), KEYS)
def test_a_key_names_facts_and_units_of_the_catalogue(part, key):
    for entry in entries(key):
        assert unit_fits(entry["fact"], entry["unit"]) or unit_fits(entry["fact"], f"{entry['unit']} m"), entry
    assert key["must"]
    assert all(entry["why"] for entry in key["not"])


def contents(data):
    """The entries of a container, however they are packed; other bytes as they are."""
    if not data.startswith(b"PK"):
        return data
    with zipfile.ZipFile(io.BytesIO(data)) as container:
        return {name: container.read(name) for name in container.namelist()}


def ink(dots, box, down=0.0):
    """Share of ink across the middle of a box, rows left out that a rule fills."""
    left, top, right, bottom = (round(2 * edge) for edge in (box[0], box[1] + down, box[2], box[3] + down))
    rows = (dots[top:bottom, left:right] < 128).mean(1)
    rows = rows[len(rows) * 3 // 8 : len(rows) * 5 // 8]
    return rows[rows < 0.8].mean()


@pytest.mark.parametrize(("part", "key"), [param for param in KEYS if param.id.endswith(".pdf")])
def test_a_box_holds_its_figure(part, key):
    """Digital pages by another reader of PDF; scanned ones hold no text, and ink where the figure stands."""
    path = document(part, key)
    with pdfplumber.open(path) as pages, pypdfium2.PdfDocument(path) as pictures:
        assert len(pages.pages) == key["pages"]
        for number, page in enumerate(pages.pages, 1):
            here = [entry for entry in entries(key) if entry["page"] == number]
            if number not in key["scanned"]:
                for entry in here:
                    x0, top, x1, bottom = entry["box"]
                    held = page.crop((x0 - 0.6, top - 2, x1 + 0.6, bottom + 2)).chars
                    middle = [c for c in held if top - 1 <= (c["top"] + c["bottom"]) / 2 <= bottom + 1]
                    spelled = "".join(c["text"] for c in middle if x0 <= (c["x0"] + c["x1"]) / 2 <= x1)
                    assert bare(spelled) == bare(entry["text"])
                continue
            assert not page.chars
            dots = np.asarray(pictures[number - 1].render(scale=2, grayscale=True).to_pil().convert("L"))
            assert all(0.07 < ink(dots, entry["box"]) < 0.5 for entry in here)
            if key["document"] not in RULED:
                assert max((ink(dots, entry["box"], down) for entry in here for down in (-6, 6)), default=0) < 0.02


@pytest.mark.parametrize(("part", "key"), [param for param in KEYS if param.id.endswith(".xlsx")])
def test_a_cell_holds_its_figure(part, key):
    book = openpyxl.load_workbook(document(part, key), data_only=True)
    for entry in entries(key):
        value = book[entry["sheet"]][entry["cell"]].value
        assert value == pytest.approx(float(figure(entry["text"])) / (100 if entry["text"].endswith("%") else 1))


@pytest.mark.parametrize(("part", "key"), [param for param in KEYS if param.id.endswith((".docx", ".html"))])
def test_a_text_holds_its_figures(part, key):
    path = document(part, key)
    if path.suffix == ".docx":
        paragraphs = docx.Document(path).element.iter(qn("w:p"))
        text = "\n".join("".join(part.text or "" for part in paragraph.iter(qn("w:t"))) for paragraph in paragraphs)
    else:
        text = html.unescape(re.sub(r"<[^>]+>", "\n", path.read_text("utf-8")))
    for entry in entries(key):
        assert re.search(rf"(?<![\d.,]){re.escape(entry['text'])}(?![\d,]|\.\d)", text), entry["text"]


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("open", "kestrel-annual-2023.pdf"),
        *((part, key["document"]) for part, key in keys() if not key["document"].endswith(".pdf")),
    ],
)
def test_a_document_and_its_key_are_made_again_as_they_are(part, name):
    """Those that need no font of the machine: the letters of the English ones come with the typesetter."""
    source = next(source for source in sources(part) if source.name == name)
    data, key = made(source)
    assert written(key) == (PARTS[part] / "keys" / f"{name}.json").read_text("utf-8")
    if not name.endswith(".pdf"):
        assert contents(data) == contents((PARTS[part] / "files" / name).read_bytes())


def test_values_are_what_is_printed_times_the_scale():
    """Every value of every key again, from its text alone: the digits that are printed are those of the value."""
    for _, key in keys():
        for entry in entries(key):
            value = entry["value"]
            if entry["fact"] in FLAGS or isinstance(value, bool | dict):
                continue
            if entry["fact"] == "site_area":  # printed in mu
                continue
            digits = f"{abs(Decimal(repr(value))):f}".replace(".", "").strip("0")
            assert digits == str(abs(figure(entry["text"]))).replace(".", "").strip("0"), entry


def test_marks_leave_the_text_as_it_is_printed():
    marks = Marks("2024-01-01")
    assert printed(f"a {marks('（1,234.5）', 'revenue 2023 CNY*1000')}{raised('2')} b") == "a （1,234.5）2 b"
    assert marks.tags[0][0].value == -1234500


def test_the_readme_of_the_locked_part_says_that_it_is_closed():
    assert "must not open" in (HERE / "locked" / "README.md").read_text("utf-8")


def test_costs_and_losses_are_positive_however_they_are_printed():
    told = [entry for _, key in keys() for entry in entries(key) if entry["fact"] in POSITIVE]
    assert any(figure(entry["text"]) < 0 for entry in told), "some stand in brackets"
    assert all(entry["value"]["low"] > 0 if isinstance(entry["value"], dict) else entry["value"] > 0 for entry in told)


def test_the_statements_of_a_key_add_up():
    """Revenue less its cost is the gross profit, assets are liabilities and equity: over all documents, by period."""
    tried = 0
    for _, key in keys():
        held = {(entry["fact"], entry["period"]): entry["value"] for entry in key["must"]}
        for (fact, period), value in held.items():
            for whole, first, second in (
                ("revenue", "cost_of_revenue", "gross_profit"),
                ("total_assets", "total_liabilities", "equity"),
            ):
                parts = [held[name, period] for name in (first, second) if held.get((name, period)) is not None]
                if fact == whole and len(parts) == 2:
                    tried += 1
                    assert value == pytest.approx(parts[0] + parts[1], rel=1e-4), (key["document"], whole, period)
    assert tried > 40
