"""The page of a chain: one file for every reader, in both languages, with the same bytes each time."""

import re
from dataclasses import replace
from datetime import date
from html import unescape

import pytest

from guanzi.intake.chains import load_chain
from guanzi.jobs.chains.documents.chain import ChainStudy, chain_document, chain_part
from guanzi.jobs.chains.documents.chain_tables import maker_names
from guanzi.jobs.chains.documents.invitation import steps_of
from guanzi.jobs.chains.documents.open_gauge import between
from guanzi.jobs.chains.documents.value_flow import flow_of
from guanzi.jobs.shared.documents.words import message
from guanzi.render import LIGHT, document_html, document_screen, localise
from guanzi.render.svg import fit_words, length, wrapped
from guanzi.study.chains import (
    find_gaps,
    firm_candidates,
    judge_openness,
    match_laboratories,
    plan_invitations,
    rank_targets,
)

AT = ("hefei",)


def chain_html(found, lang="en"):
    return document_html(chain_document(found), lang)


def study(name="nev", anchors=("byd",)):
    view = load_chain(name).view()
    candidates = firm_candidates(view, AT, anchors)
    ranked = rank_targets(candidates, (10, 20), draws=200)[:10]
    return ChainStudy(
        view=view,
        places=("Hefei",),
        anchors=anchors,
        gaps=find_gaps(view, AT, anchors),
        targets=ranked,
        candidates=len(candidates),
        plans=plan_invitations(view, ranked, AT, anchors),
        openness=judge_openness(view, AT, anchors) if anchors else None,
        laboratories=match_laboratories(view, AT),
    )


@pytest.fixture(scope="module")
def nev():
    return study()


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_page_is_one_file_without_script_and_without_outside_requests(nev, lang):
    page = chain_html(nev, lang)
    assert page == chain_html(nev, lang)
    assert "<script" not in page
    assert not re.search(r'(?:src|@import)\s*=?\s*["(]?https?:', page)
    assert page.count("<svg") == 8  # four pictures, each for wide pages and for narrow ones
    assert page.count('<div role="img"') == 4


def test_every_picture_has_its_words_and_the_table_of_its_data(nev):
    page = chain_html(nev)
    figures = re.findall(r'<figure class="chart">.*?</figure>', page, re.DOTALL)
    assert len(figures) == 4
    for figure in figures:
        assert re.search(r'aria-label="[^"]{20,}"', figure)
        assert "<table" in figure


def test_no_id_of_a_sentence_and_no_raw_number_is_shown(nev):
    for lang in ("en", "zh"):
        text = unescape(re.sub(r"<style>.*?</style>|<[^>]+>", " ", chain_html(nev, lang), flags=re.DOTALL))
        assert not re.search(r"\b(reports|chains|cli)\.[a-z_.]+", text)
        assert not re.search(r"\d\.\d{4,}", text)


def test_a_chain_without_shares_makers_or_anchor_says_what_to_enter_next():
    page = chain_html(study("humanoid", ()))
    assert page.count('<p class="unknown">') >= 2
    assert page.count("Next step:") >= 2


def test_the_flow_of_value_loses_nothing(nev):
    flow = flow_of(nev.view, nev.gaps)
    for whole in flow:
        assert sum(whole.parts.values()) == pytest.approx(whole.share)
    assert sum(whole.share for whole in flow) <= 1.0 + 1e-9


@pytest.mark.parametrize(
    "words", ["a long name of a company that makes glass", "合肥市经济技术开发区动力电池系统", "x"]
)
def test_words_fit_their_room(words):
    assert length(fit_words(words, 80)) <= 80
    assert all(length(line) <= 80 + 11 for line in wrapped(words, 80))
    assert "".join(wrapped(words, 80)).replace(" ", "") == words.replace(" ", "")


def test_few_candidates_are_not_told_as_the_first_of_a_longer_list():
    few = replace(study(), candidates=3)
    assert "The first 10 of 3" not in chain_html(few)
    assert "All 3 candidates" in chain_html(few)


def test_the_product_itself_has_no_share_and_a_column_of_words_stands_below_its_head(nev):
    page = chain_html(nev)
    (product,) = re.findall(r'<tr[^>]*><th scope="row">vehicle</th>.*?</tr>', page, re.DOTALL)[:1]
    assert "no evidence" not in product.split("share of cost")[1].split("</td>")[0]
    assert '<th scope="col" class="words">' in page


def test_where_no_supplier_is_known_the_page_says_so_and_draws_no_gauge():
    view = load_chain("nev").view(date(1990, 1, 1))
    none = replace(
        study(),
        view=view,
        gaps=find_gaps(view, AT, ("byd",)),
        targets=(),
        plans=(),
        openness=judge_openness(view, AT, ("byd",)),
        laboratories=(),
    )
    page = chain_html(none)
    assert "it is unknown whether the cluster is open" in page
    assert "captive suppliers" not in page


def test_what_is_unknown_is_no_bar_and_its_coverage_is_told(nev):
    page = chain_html(nev)
    (gauge,) = re.findall(r"<figcaption>The evidence is inconclusive.*?</figure>", page, re.DOTALL)
    assert re.search(r"the status of \d+ of \d+ suppliers is known", gauge)
    assert "fill-opacity" not in gauge  # no pale bar from nought to one
    (flow,) = re.findall(r"<figcaption>A local maker is known for [^<]*?cost; no source.*?</figure>", page, re.DOTALL)
    assert re.search(r"5 of 7 such items have a stated share.*\d+ of 52 links have no evidence", flow)
    assert not re.search(rf'<rect[^>]*fill="{LIGHT.unknown}" stroke', flow)  # no evidence is hatched, never a full bar


def test_plans_that_say_the_same_say_it_once(nev):
    document = chain_document(nev)
    plans = [section for section in document.sections if section.id.startswith("plan")]
    told = [item.words for section in plans for (block,) in [section.blocks] for item in block.items]
    shared = {item.words for section in plans if section.id == "plans" for item in section.blocks[0].items}
    assert shared
    assert all(told.count(words) == 1 for words in shared)
    blocks = [section.blocks for section in plans]
    assert len(set(blocks)) == len(blocks)
    everything = {words for plan in nev.plans[:5] for words in steps_of(nev.view, plan)}
    assert everything == set(told)


def test_cells_of_links_rest_on_sources_that_the_page_lists(nev):
    document = chain_document(nev)
    cited = {id for table in document.tables() for row in table.rows for cell in row.cells for id in cell.rests}
    assert cited
    assert cited <= document.anchors


@pytest.mark.parametrize("part", ["links", "gaps", "targets", "open", "labs"])
def test_each_question_has_a_document_that_a_terminal_shows_whole(nev, part):
    document = chain_part(nev, part)
    assert document.sections
    assert all(section.first for section in document.sections)
    for lang in ("en", "zh"):
        assert len(document_screen(document, lang).splitlines()) > 3


def test_what_no_source_says_of_owners_is_not_told_as_nought(nev):
    (table,) = [table for table in chain_document(nev).tables() if table.id == "suppliers"]
    owned = {cell.value for row in table.rows for cell in row.cells[2:3] if not cell.rests}
    assert owned == {message("chain.no_tie")}
    held = [cell.value for row in table.rows for cell in row.cells[2:3] if cell.rests]
    assert held == [between((1.0, 1.0))]  # BYD holds its own maker of parts


def test_who_only_plans_a_plant_is_not_told_as_one_who_makes(nev):
    planned = [gap.link for gap in nev.gaps if gap.link.planned]
    assert any(link.suppliers for link in planned), "no link has both in this place: choose another one"
    for link in planned:
        told = [localise(name, "en") for name in maker_names(nev.view, link)]
        assert all("(a plan of 2" not in name for name in told[: len(link.suppliers)])
        assert all("(a plan of 2" in name for name in told[len(link.suppliers) :])
