"""The room of a case: kept once, noticed when changed, searched exactly, quoted only as it stands."""

import random
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.evidence.dataroom.made import pdf, png
from tests.record.evidence.folders import SOURCES, facts_yaml, write_case

from guanzi.base.core import InvalidInput, format_problem
from guanzi.record.evidence import load_case
from guanzi.record.evidence.case import facts_of
from guanzi.record.evidence.dataroom.pages import page_of_lines
from guanzi.record.evidence.dataroom.quotes import find_quote, holds_figure
from guanzi.record.evidence.dataroom.searching import open_index
from guanzi.record.evidence.dataroom.store import add_documents, read_index
from guanzi.record.evidence.dataroom.verifying import verify_data_room
from guanzi.record.evidence.dataroom.words import fold, tokens_of

DAY = date(2020, 3, 18)
REPORT = [["NIO Inc.", "Annual report"], ["Total revenues were RMB7,824.9", "million in 2019.", "营业收入为78.2亿元"]]


def fact(quote, page=2, value=7824.9, document="report"):
    return (
        f"id: revenue-2019, name: revenue, period: 2019, value: {value}, unit: CNY m, known_on: 2020-03-18, "
        f'source: filing, document: {document}, page: {page}, quote: "{quote}"'
    )


@pytest.fixture
def case(tmp_path):
    folder = write_case(tmp_path / "case", {"facts/f.yaml": SOURCES})
    (tmp_path / "Report.txt").write_text("\f".join("\n".join(lines) for lines in REPORT), "utf-8")
    add_documents(folder, [tmp_path / "Report.txt"], DAY, source="filing")
    return folder


def with_fact(case, *args, **kwargs):
    (case / "facts" / "f.yaml").write_text(facts_yaml(fact(*args, **kwargs)), "utf-8")
    return case


def causes(case):
    """What is wrong with a case, said in both languages."""
    try:
        problems = load_case(case).warnings
    except InvalidInput as error:
        problems = error.problems
    for problem in problems:
        for lang in ("en", "zh"):
            format_problem(problem, lang)
    return [problem.cause.id for problem in problems]


def verified(case):
    return verify_data_room(case, facts_of(case, [])[0])


def test_a_document_is_stored_once_under_its_hash(case, tmp_path):
    (entry,) = read_index(case)
    assert (entry.id, entry.kind, entry.pages, entry.original) == ("report", "text", 2, "Report.txt")
    assert (case / "documents" / entry.file).is_file()
    (tmp_path / "copy.txt").write_bytes((tmp_path / "Report.txt").read_bytes())
    (again,) = add_documents(case, [tmp_path / "copy.txt"], DAY)
    assert not again.is_new
    assert read_index(case) == (entry,)


def test_one_file_that_is_refused_keeps_all_out(case, tmp_path):
    (tmp_path / "good.txt").write_text("good")
    (tmp_path / "bad.pdf").write_text("bad")
    with pytest.raises(InvalidInput):
        add_documents(case, [tmp_path / "good.txt", tmp_path / "bad.pdf"], DAY)
    assert [entry.id for entry in read_index(case)] == ["report"]
    assert not list(case.glob(".room-*"))


def test_documents_of_the_room_are_documents_of_the_case_from_their_day_on(case):
    loaded = load_case(case)
    assert [d.source for d in loaded.documents] == ["filing"]
    assert loaded.warnings == ()
    assert loaded.view(date(2020, 3, 17)).documents == ()
    assert len(loaded.view(DAY).documents) == 1


@pytest.mark.parametrize("at", [0, 20, -1])
def test_one_changed_byte_is_noticed_by_verification_and_by_every_reading(case, at):
    path = case / "documents" / read_index(case)[0].file
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))
    assert [p.cause.id for p in verified(case).problems] == ["room.changed"]
    assert causes(case) == ["room.changed"]


def test_the_original_restores_a_changed_document(case, tmp_path):
    path = case / "documents" / read_index(case)[0].file
    path.write_bytes(b"something else")
    add_documents(case, [tmp_path / "Report.txt"], DAY)
    assert verified(case).problems == ()


def test_a_document_that_is_gone_and_one_that_nobody_listed_are_noticed(case):
    path = case / "documents" / read_index(case)[0].file
    path.rename(path.with_name("0" * 64 + ".txt"))
    assert [p.cause.id for p in verified(case).problems] == ["room.gone", "room.stranger"]


def test_a_quote_that_stands_on_its_page_is_accepted(case):
    assert causes(with_fact(case, "Total revenues were RMB7,824.9 million in 2019")) == []
    found = verified(case)
    assert (found.quotes, found.standing, found.problems) == (1, 1, ())
    citation = load_case(case).facts[0].citation
    assert (citation.document, citation.page) == ("report", 2)
    assert load_case(case).facts[0].content()["quote"] == citation.quote


@pytest.mark.parametrize(
    ("quote", "page", "cause"),
    [
        ("Total revenues were RMB7,825 million", 2, "room.quote.absent"),
        ("Total revenues were RMB7,824.9 million in 2018", 2, "room.quote.absent"),
        ("Total revenues were RMB7,824", 2, "room.quote.absent"),
        ("total revenues", 2, "room.quote.absent"),
        ("Total revenues were RMB7,824.9", 1, "room.quote.absent"),
        ("Annual report", 7, "room.quote.page"),
    ],
)
def test_a_quote_that_does_not_stand_there_is_refused(case, quote, page, cause):
    assert causes(with_fact(case, quote, page)) == [cause]
    found = verified(case)
    assert [p.cause.id for p in found.problems] == [cause]
    assert found.standing == 0


def test_a_quote_that_stands_elsewhere_says_where(case):
    with pytest.raises(InvalidInput) as caught:
        load_case(with_fact(case, "Total revenues were RMB7,824.9", page=1))
    assert caught.value.problems[0].fix.params == (("pages", ("2",)),)


def test_a_quote_without_the_figure_is_a_warning(case):
    assert causes(with_fact(case, "Total revenues were RMB7,824.9 million", value=5555)) == ["room.quote.figure"]


def test_a_citation_is_whole_or_none(case):
    text = facts_yaml(fact("x").replace(', quote: "x"', ""))
    (case / "facts" / "f.yaml").write_text(text, "utf-8")
    assert causes(case) == ["evidence.fact.half_cited"]


def test_a_document_that_is_not_there_cannot_be_quoted(case):
    assert causes(with_fact(case, "x y z", document="reprot")) == ["room.quote.document"]


def test_a_picture_cannot_be_quoted(case, tmp_path):
    add_documents(case, [png(tmp_path / "scan.png", 4, 4)], DAY)
    assert causes(with_fact(case, "anything", page=1, document="scan")) == ["room.quote.no_text"]


def test_a_forged_index_deceives_no_verification(case):
    with_fact(case, "Total revenues were RMB9,999 million", value=9999)
    assert causes(case) == ["room.quote.absent"]
    import sqlite3

    with sqlite3.connect(case / "documents" / ".room.sqlite") as forged:
        forged.execute("UPDATE said SET content = replace(content, '7,824.9', '9,999')")
    forged.close()
    assert [p.cause.id for p in verified(case).problems] == ["room.quote.absent"]


def test_a_list_that_was_tampered_with_is_refused(case):
    index = case / "documents" / "index.jsonl"
    index.write_text(index.read_text("utf-8").replace('"sha256": "', '"sha256": "0'), "utf-8")
    assert "room.index.line" in causes(case)


PAGE = "Total revenues were RMB7,824.9\nmillion in 2019, a long-\nterm plan of the inter-\nnational firm."


@pytest.mark.parametrize(
    ("page", "quote", "stands"),
    [
        (PAGE, "RMB7,824.9 million in 2019", True),
        (PAGE, "a long-term plan of the international firm", True),
        (PAGE, "a longterm plan", True),
        ("the resign", "the re-sign", False),
        ("the re-sign", "the resign", False),
        ("revenue was 125 million", "revenue was 12", False),
        ("a margin of -5.3 percent", "5.3 percent", False),
        ("a margin of −5.3 percent", "-5.3 percent", True),
        ("1,234.5", "1,234", False),
        ("the years 2019-2020 were", "2020 were", True),
        ("now here", "nowhere", False),
        ("in 2019, 300 vehicles", "in 2019,300 vehicles", False),
        ("营业收入为\n７８．２亿元", "营业收入为78.2亿元", True),
        ("营 业 收 入：100", "营业收入:100", True),
        ("营业收入增长5%以上", "营业收入增长5%", True),
        ("营业收入增长5%以上", "营业收入增长5", False),
        ("营业收入增长", "营业收入下降", False),
        ("He said “yes” – once", 'He said "yes" - once', True),
        ("Revenue", "revenue", False),
        ("café", "cafe", False),
        ("loss", "  ", False),
    ],
)
def test_typesetting_is_passed_over_and_words_are_not(page, quote, stands):
    made = page_of_lines(1, [(line, None, "") for line in page.split("\n")])
    assert (find_quote(quote, made) is not None) == stands


def test_a_quote_knows_the_lines_on_which_it_stands():
    made = page_of_lines(1, [("a first line", None, "A1"), ("goes on", None, "A2"), ("and on", None, "A3")])
    assert [line.cell for line in find_quote("line goes", made).lines] == ["A1", "A2"]


@pytest.mark.parametrize(
    ("quote", "value", "holds"),
    [
        ("RMB7.82 billion", 7824.9, True),
        ("RMB7.82 billion", 7.9249, False),
        ("78.25亿元", 7825.0, True),
        ("12.5%", 0.125, True),
        ("net loss of (1,234)", 1234.0, True),
        ("a loss", 1234.0, False),
        ("三千万元", 30.0, True),
        ("20 thousand", 24.0, False),
    ],
)
def test_whether_a_quote_holds_a_figure(quote, value, holds):
    assert holds_figure(quote, value) == holds


def room_of_texts(folder, texts):
    files = []
    for number, text in enumerate(texts):
        path = folder / "in" / f"t{number}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, "utf-8")
        files.append(path)
    case = write_case(folder / "case")
    add_documents(case, files, DAY)
    return case


@pytest.fixture(scope="module")
def texts():
    dice = random.Random(5)
    common = "的一是在不了有和人这中大为上个国我以要他蔚来汽车合肥"
    marks = "，。、 ９9A股（）\n"
    return ["".join(dice.choices(common + marks, k=120)) + str(number) for number in range(150)]


@pytest.fixture(scope="module")
def room(tmp_path_factory, texts):
    return room_of_texts(tmp_path_factory.mktemp("room"), texts)


def test_chinese_words_of_any_length_are_found_exactly_where_plain_comparison_finds_them(room, texts):
    entries = read_index(room)
    han = list("的一是在不了有和人这中大为上个国我以要他蔚来汽车合肥股")
    dice = random.Random(7)
    with open_index(room, entries) as index:
        total = 0
        for length in (1, 2, 3, 4):
            for _ in range(60):
                word = "".join(dice.choices(han, k=length))
                found = {entries.index(hit.entry) for hit in index.search(word)}
                expected = {number for number, text in enumerate(texts) if word in fold(text)}
                assert found == expected
                total += len(found)
    assert total > 500


def test_words_in_latin_letters_are_found_whole_in_any_case_and_width(tmp_path):
    case = room_of_texts(tmp_path, ["The BATTERY swap", "batteries", "ＮＩＯ蔚来", "R&D of 3.5", "R D 3 5", "第35条"])
    with open_index(case, read_index(case)) as index:

        def found(words):
            return [hit.entry.original for hit in index.search(words)]

        assert found("battery") == ["t0.txt"]
        assert found("batter*") == ["t0.txt", "t1.txt"]
        assert found("swap battery") == ["t0.txt"]
        assert found("nio") == found("NIO蔚来") == ["t2.txt"]
        assert found("r&d 3.5") == ["t3.txt"]
        assert found("第3") == ["t5.txt"]
        assert found('quote" OR 1') == []
        with pytest.raises(InvalidInput):
            index.search(" … ")


def test_an_excerpt_shows_the_word_and_its_line(tmp_path):
    case = write_case(tmp_path / "case", {"facts/f.yaml": SOURCES})
    add_documents(case, [pdf(tmp_path / "Report.pdf", REPORT)], DAY)
    assert causes(with_fact(case, "营业收入为78.2亿元", value=7820)) == []
    with open_index(case, read_index(case)) as index:
        (hit,) = index.search("revenues")
        excerpt = index.excerpt(hit, "revenues")
    assert excerpt.text[excerpt.start : excerpt.end] == "revenues"
    assert hit.page == 2
    assert excerpt.line.box is not None


def test_a_damaged_or_deleted_index_is_made_again(case):
    path = case / "documents" / ".room.sqlite"
    for spoil in (lambda: path.write_bytes(b"no database" * 100), path.unlink):
        spoil()
        with open_index(case, read_index(case)) as index:
            assert len(index.search("营业收入")) == 1


@given(st.text(alphabet="蔚来汽车ab1 ，", max_size=30))
def test_each_chinese_character_begins_one_token(text):
    tokens = tokens_of(fold(text))
    starts = [token[0] for token in tokens if token[0] >= "一"]
    assert starts == [c for c in text if c >= "一" and c != "，"]
