"""Rendering: a result becomes a document, and a document a screen, a page, a workbook, a paper or JSON.

Charts and office formats need large libraries: each loads when it is first asked for.
"""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names
from guanzi.render.amounts import (
    Measurement,
    exact,
    format_amount,
    localise_interval,
    localise_middle,
    localise_quantity,
)
from guanzi.render.document import (
    UNDATED,
    Blanks,
    Block,
    Bullets,
    Cell,
    Chart,
    Column,
    Document,
    Drawing,
    Filter,
    Fold,
    KeyFigure,
    KeyFigures,
    NamedPlace,
    ProblemBlock,
    Row,
    Section,
    Sentence,
    SourceLine,
    Sources,
    Table,
    Tone,
    Words,
)
from guanzi.render.localised import localise, localise_key_figure, localise_sentence, localise_value
from guanzi.render.opening import MOST_FIGURES, FirstScreen, NextStep
from guanzi.render.plain import document_data
from guanzi.render.scales import Scale, decimals, number, scale_for
from guanzi.render.terminal import document_screen
from guanzi.render.theme import LIGHT, stylesheet
from guanzi.render.typography import closed_up, is_chinese, joint, typeset

if TYPE_CHECKING:
    from guanzi.render.dotchart import DotDrawing, DotRow
    from guanzi.render.drawing import (
        AXIS_WIDTH,
        CHARACTER,
        NARROW,
        SMALL,
        WIDE,
        Picture,
        Size,
        Specification,
        picture,
    )
    from guanzi.render.html import blocks_html, document_html, sections_html
    from guanzi.render.image import IMAGE_ENDINGS, image_file
    from guanzi.render.marks import (
        LINE_HEIGHT,
        Label,
        band,
        bounds,
        day_line,
        encoded,
        end_labels,
        inline,
        instant,
        layered,
        line,
        outcome_points,
        stacked,
        time_axis,
        value_axis,
        words_at,
        zero_line,
    )
    from guanzi.render.pdf import document_pdf
    from guanzi.render.svg import SIZE, Canvas, drawn_picture, fit_words, folded, length, wrapped
    from guanzi.render.word import document_docx
    from guanzi.render.workbook import write_document_book
else:
    _, __getattr__ = late_names(__name__)

__all__ = [
    "AXIS_WIDTH",
    "CHARACTER",
    "IMAGE_ENDINGS",
    "LIGHT",
    "LINE_HEIGHT",
    "MOST_FIGURES",
    "NARROW",
    "SIZE",
    "SMALL",
    "UNDATED",
    "WIDE",
    "Blanks",
    "Block",
    "Bullets",
    "Canvas",
    "Cell",
    "Chart",
    "Column",
    "Document",
    "DotDrawing",
    "DotRow",
    "Drawing",
    "Filter",
    "FirstScreen",
    "Fold",
    "KeyFigure",
    "KeyFigures",
    "Label",
    "Measurement",
    "NamedPlace",
    "NextStep",
    "Picture",
    "ProblemBlock",
    "Row",
    "Scale",
    "Section",
    "Sentence",
    "Size",
    "SourceLine",
    "Sources",
    "Specification",
    "Table",
    "Tone",
    "Words",
    "band",
    "blocks_html",
    "bounds",
    "closed_up",
    "day_line",
    "decimals",
    "document_data",
    "document_docx",
    "document_html",
    "document_pdf",
    "document_screen",
    "drawn_picture",
    "encoded",
    "end_labels",
    "exact",
    "fit_words",
    "folded",
    "format_amount",
    "image_file",
    "inline",
    "instant",
    "is_chinese",
    "joint",
    "layered",
    "length",
    "line",
    "localise",
    "localise_interval",
    "localise_key_figure",
    "localise_middle",
    "localise_quantity",
    "localise_sentence",
    "localise_value",
    "number",
    "outcome_points",
    "picture",
    "scale_for",
    "sections_html",
    "stacked",
    "stylesheet",
    "time_axis",
    "typeset",
    "value_axis",
    "words_at",
    "wrapped",
    "write_document_book",
    "zero_line",
]
