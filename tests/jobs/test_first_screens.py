"""Every page opens alike: verdict with its mark, one picture, a few figures, what would change it, the next action."""

import re
from dataclasses import replace
from datetime import date

import pytest
from tests.jobs.nio import nio
from tests.jobs.sample import sample

from guanzi.base.core import LANGUAGES
from guanzi.jobs.appraisal.documents.brief import brief_document
from guanzi.jobs.appraisal.documents.dossier import appraisal_document
from guanzi.jobs.appraisal.documents.front import opening_of
from guanzi.jobs.decisions.documents.paper import memorandum
from guanzi.render import MOST_FIGURES, Bullets, Chart, KeyFigures, Sentence, document_html

PAGES = {
    "dossier": lambda: appraisal_document(nio()),
    "dossier of a framework": lambda: appraisal_document(nio(date(2020, 2, 25))),
    "brief": lambda: brief_document(nio()),
    "memorandum": lambda: memorandum(sample()),
}
"""Pages that open with the component; what is added here has its five parts, or the test says which it lacks."""


@pytest.fixture(scope="module", params=PAGES)
def page(request):
    return PAGES[request.param]()


def test_a_page_opens_with_its_five_parts(page):
    first, *others = (section for section in page.sections if section.first)
    parts = {section.id: section for section in others if section.level == 3}
    assert first is page.sections[0]
    assert first.tone in ("good", "caution", "risk", "unknown"), "the verdict has a status mark"
    pictures = [block for block in first.blocks if isinstance(block, Chart)]
    missing = [block for block in first.blocks if isinstance(block, Sentence) and block.tone == "unknown"]
    assert len(pictures) == 1 or (not pictures and missing), "one picture, or why there is none"
    figures = [one for block in first.blocks if isinstance(block, KeyFigures) for one in block.items]
    assert len(figures) <= MOST_FIGURES
    assert all(one.of for one in figures), "each figure names its deal"
    (change,) = (block for block in parts["change"].blocks if isinstance(block, Bullets))
    assert change.items
    step = parts["next"].blocks[0].words
    assert step.id in ("reports.summary.step", "reports.summary.step_undated")
    assert dict(step.params)["owner"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_shows_them_in_every_language(page, lang):
    html = document_html(page, lang)
    lead = html.partition('class="lead"')[2].partition("</section>")[0]
    shown = re.findall(r"<dt>(.*?)</dt>", lead)
    assert re.search(r'<h2 [^>]*><span class="mark \w+', lead)
    assert lead.count("<figure") <= 1
    assert len(shown) <= MOST_FIGURES
    assert all('<span class="tag">' in figure for figure in shown)
    assert all(f'id="{part}"' in lead for part in ("change", "next"))
    owner = {"en": "Owner: ", "zh": "责任方："}[lang]
    assert owner in lead.partition('id="next"')[2]


def test_a_first_screen_that_lacks_a_part_cannot_be_made():
    whole = opening_of(sample())
    (figure,) = whole.figures[:1]
    for lacking in (
        {"figures": (figure,) * (MOST_FIGURES + 1)},
        {"figures": (replace(figure, of=""),)},
        {"change": ()},
    ):
        with pytest.raises(ValueError, match="first screen"):
            replace(whole, **lacking)
