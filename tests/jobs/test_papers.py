"""Memorandum and minutes: what stands in them, and how PDF and DOCX carry it."""

import io
from datetime import date
from functools import partial
from hashlib import sha256

import docx
import pypdfium2
import pytest
import typst
from tests.jobs.sample import sample

from guanzi.advice.appraisal import to_json
from guanzi.base.core import InvalidInput, render
from guanzi.jobs.decisions.documents.paper import DecisionTaken, memorandum, minutes
from guanzi.render import document_docx, document_pdf
from guanzi.render import pdf as typesetting
from guanzi.render.flat import flatten

LANGUAGES = ("en", "zh")
PAPERS = (memorandum, minutes)
TAKEN = DecisionTaken(
    date(2020, 4, 29), "decline", "王工", "Too early.", "李明：应等下一季报告。", (("李明", "against"),), 3
)


def words_of(made, lang="en"):
    paper = flatten(made, lang)
    return [block.text for block in paper.blocks] + [item for block in paper.blocks for item in block.items]


def cells_of(made, lang="en"):
    paper = flatten(made, lang)
    return [cell for block in paper.blocks for row in block.rows for cell in row]


def text_of(pdf):
    pages = pypdfium2.PdfDocument(pdf)
    return "".join("".join(page.get_textpage().get_text_range().split()) for page in pages)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_memorandum_has_advice_conditions_terms_accounts_risks_gaps_and_sources_in_this_order(lang):
    paper = flatten(memorandum(sample()), lang)
    heads = [block.text for block in paper.blocks if block.kind == "heading"]
    wanted = {
        "en": ["Back, with conditions", "The term sheet in words", "Three accounts", "Risks",
               "Missing evidence", "Sources", "Basis of this paper"],
        "zh": ["建议附条件支持", "条款书逐条说明", "三本账", "风险", "尚缺的证据", "资料来源", "本文件的依据"],
    }  # fmt: skip
    assert heads == wanted[lang]


def test_a_memorandum_says_nothing_that_the_appraisal_does_not_say():
    found = sample()
    words = words_of(memorandum(found))
    for demand in found.demands:
        assert any(render(demand.text.model_dump(), "en").strip() in word for word in words)
    assert any(word.startswith("Exists, not seen. Who must pay under the put.") for word in words)


def test_a_source_of_a_later_day_is_counted_and_not_named():
    found = sample()
    later = found.sources[0].model_copy(update={"withheld": "later"})
    paper = memorandum(found.model_copy(update={"sources": (later, *found.sources[1:])}))
    assert later.title not in cells_of(paper)
    assert any(word.startswith("A later source of grade B") and word.endswith(": 1") for word in words_of(paper))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_paper_names_the_appraisal_by_its_hash(paper):
    assert sha256(to_json(sample()).encode()).hexdigest() in cells_of(paper(sample()))


def test_minutes_are_a_form_until_a_decision_is_given():
    opened, filled = minutes(sample()), minutes(sample(), TAKEN)
    assert [block.kind for block in flatten(opened, "en").blocks].count("signs") == 2
    assert not any("☒" in word for word in words_of(opened))
    assert "☒ Decline" in words_of(filled)
    assert {"Too early.", "李明：应等下一季报告。"} <= set(words_of(filled))
    assert {"李明", "Against", "王工", "3"} <= set(cells_of(filled))
    assert "signs" not in [block.kind for block in flatten(filled, "en").blocks]


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_pdf_is_tagged_readable_and_the_same_twice(paper, lang):
    made = paper(sample())
    try:
        pdf = document_pdf(made, lang)
    except InvalidInput as error:
        pytest.skip(f"no Chinese font: {error}")
    assert pdf == document_pdf(made, lang)
    assert b"/StructTreeRoot" in pdf
    assert b"/MarkInfo" in pdf
    text = text_of(pdf)
    for block in flatten(made, lang).blocks:
        if block.kind in ("heading", "sub"):
            assert "".join(block.text.split()) in text


def test_a_chinese_pdf_without_a_chinese_font_is_refused(monkeypatch):
    monkeypatch.setattr(typesetting, "CHINESE", ("No Such Serif",))
    with pytest.raises(InvalidInput, match="no_font"):
        document_pdf(minutes(sample()), "zh")


def test_boxes_to_tick_need_no_font_of_the_machine(monkeypatch):
    monkeypatch.setattr(typst, "Fonts", partial(typst.Fonts, include_system_fonts=False))
    assert "☐Decline" in text_of(document_pdf(minutes(sample())))


def test_a_chinese_cell_as_long_as_a_hash_is_set_in_the_chinese_font():
    title = "按年" * 10 + "abcd"
    assert len(title.encode()) == 64
    if not set(typesetting.CHINESE) & set(typst.Fonts().families()):
        pytest.skip("no Chinese font is installed")
    found = sample()
    named = found.model_copy(update={"sources": (found.sources[0].model_copy(update={"title": title}),)})
    assert title in text_of(document_pdf(memorandum(named), "zh"))


def test_a_character_that_no_font_has_is_named(monkeypatch):
    monkeypatch.setattr(typst, "Fonts", partial(typst.Fonts, include_system_fonts=False))
    with pytest.raises(InvalidInput, match="no_glyph"):
        document_pdf(minutes(sample(), TAKEN))


def test_a_machine_without_the_typesetter_is_told_what_to_install(monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "typst", None)
    with pytest.raises(InvalidInput, match="no_typesetter"):
        document_pdf(minutes(sample()))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("paper", PAPERS)
def test_a_docx_has_the_headings_of_the_paper_and_is_the_same_twice(paper, lang):
    made = paper(sample())
    content = document_docx(made, lang)
    assert content == document_docx(made, lang)
    document = docx.Document(io.BytesIO(content))
    heads = [p.text for p in document.paragraphs if p.style.name.startswith("Heading")]
    assert heads == [
        flatten(made, lang).title,
        *(b.text for b in flatten(made, lang).blocks if b.kind in ("heading", "sub")),
    ]
    cells = {cell.text for table in document.tables for row in table.rows for cell in row.cells}
    assert set(cells_of(made, lang)) <= cells


def test_the_voters_were_present_unless_those_present_are_named():
    people = next(block for block in flatten(minutes(sample(), TAKEN), "en").blocks if block.kind == "form")
    assert people.rows == (("李明", "", ""),)
    named = next(b for b in flatten(minutes(sample(), TAKEN, (("赵主任", "chair"),)), "en").blocks if b.kind == "form")
    assert named.rows == (("赵主任", "chair", ""),)


def test_a_table_of_a_word_processor_has_the_widths_of_the_paper():
    document = docx.Document(io.BytesIO(document_docx(memorandum(sample()))))
    head = [[cell.text for cell in table.rows[0].cells] for table in document.tables]
    sources = document.tables[head.index(["Published by", "Title", "Date", "Grade"])]
    wide = [column.width for column in sources.columns]
    assert wide[1] > 2 * wide[2] > 2 * wide[3]
