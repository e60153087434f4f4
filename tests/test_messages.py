"""Code says nothing by itself: every sentence is in a catalogue, and every sentence of a catalogue is said."""

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from string import Formatter

import pytest
from babel.messages.pofile import read_po
from tests.sources import SRC, called, nodes
from tests.spoken import mentions
from tests.truth.grounded import STUDIES

from guanzi.base.core import LANGUAGES, catalogue

CATALOGUES = sorted((SRC / "library" / "locale" / "en").glob("*.po"))
ONE_OR_MORE = re.compile(r"one [^|{}]*\|[^|{}]*")


@dataclass(frozen=True)
class Use:
    """A message made in the code: its id and, when they are all spelt out, its parameters."""

    id: str
    params: frozenset[str] | None
    where: str


@cache
def sentences():
    """Id to English text, over all catalogues."""
    return {id: text for path in CATALOGUES for id, text in catalogue(path.stem).items()}


@cache
def uses():
    """Messages made in the code with an id that is written out."""
    found = []
    for module, node in nodes(ast.Call):
        if not (node.args and called(node) in {"Message", "Message.of"}):
            continue
        first = node.args[0]
        if isinstance(first, ast.Constant) and isinstance(first.value, str):
            keywords = [k.arg for k in node.keywords]
            known = called(node) == "Message.of" and None not in keywords
            where = f"{module.relative_to(SRC)}:{node.lineno}"
            found.append(Use(first.value, frozenset(k for k in keywords if k) if known else None, where))
    return found


@pytest.mark.parametrize(
    "path", sorted((SRC / "library" / "locale").glob("*/*.po")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_every_text_of_a_catalogue_has_an_id_and_every_id_one_text(path):
    marks = [line.split(" ", 1)[0] for line in path.read_text("utf-8").splitlines() if line.startswith("msg")]
    assert marks == ["msgid", "msgstr"] * (len(marks) // 2)


def test_the_code_makes_messages():
    assert len(uses()) > 50
    assert len(sentences()) > 50


def test_every_message_has_its_sentence():
    texts = sentences()
    missing = sorted(f"{u.where} {u.id}" for u in uses() if u.id not in texts and not u.id.startswith("core.example"))
    assert not missing


def test_every_message_carries_what_its_sentence_needs():
    short = []
    texts = sentences()
    for use in uses():
        # A unit of the reports is a pattern that its scale fills.
        if use.params is not None and use.id in texts and not use.id.startswith("reports.unit."):
            fields = {name.split(".")[0].split("[")[0] for _, name, _, _ in Formatter().parse(texts[use.id]) if name}
            if lacking := fields - use.params - {"currency"}:
                short.append(f"{use.where} {use.id} lacks {sorted(lacking)}")
    assert not short


def test_every_sentence_is_said_somewhere():
    words, patterns = mentions()
    assert [p.pattern for p in patterns if p.fullmatch("reports.nobody.says_it")] == []  # none says a whole catalogue
    idle = sorted(i for i in sentences() if i not in words and not any(p.fullmatch(i) for p in patterns))
    assert not idle


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda p: p.stem)
def test_a_catalogue_is_sound(path):
    with path.open("rb") as file:
        entries = [m for m in read_po(file) if m.id]
    assert entries
    assert [m.id for m in entries if not str(m.id).startswith(f"{path.stem}.")] == []
    assert [m.id for m in entries if not str(m.string).strip()] == []
    ids = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    assert len(ids) == len(set(ids))
    specs = {
        "",
        "n",
        "count",
        "pct",
        "points",
        "money",
        "exact_money",
        "price",
        "made",
        "date",
        "period",
        "country",
        "currency",
        "list",
        "parts",
        "sentences",
        "choice",
        "keys",
        "codes",
        "begin",
        "name",
    }
    odd = [
        (m.id, name, spec)
        for m in entries
        for _, name, spec, conversion in Formatter().parse(str(m.string))
        if name is not None
        and ((spec not in specs and not ONE_OR_MORE.fullmatch(spec or "")) or conversion or not name.isidentifier())
    ]
    assert odd == []


def test_no_sentence_stands_twice():
    """Two messages that say the same in every language stand in ``shared.txt`` beside each other, and are told once."""
    languages = {path.parent.name for path in TRANSLATIONS}
    places = defaultdict(list)
    for path in CATALOGUES:
        others = [read(path.parents[1] / lang / path.name) for lang in sorted(languages)]
        for id, text in read(path).items():
            places[text, *(other.get(id) for other in others)].append(id)
    assert [ids for ids in places.values() if len(ids) > 1] == [], "one keeps its sentence, the others go to shared.txt"


def test_what_is_shared_has_one_sentence():
    lines = re.sub(r"\n +", " ", SHARED.read_text("utf-8")).splitlines()[1:]
    held = {line.partition(":")[0]: line.partition(":")[2].split() for line in lines}
    written = {id for path in CATALOGUES for id in read(path)}
    beside = [id for ids in held.values() for id in ids]
    assert list(held) == sorted(held)
    assert held.keys() - written == set()
    assert [id for id in beside if id in written or beside.count(id) > 1] == []
    assert [owner for owner, ids in held.items() if not ids] == []


SHARED = SRC / "library" / "locale" / "shared.txt"
TRANSLATIONS = sorted(p for p in (SRC / "library" / "locale").glob("*/*.po") if p.parent.name != "en")
HAN = re.compile(r"[\u4e00-\u9fff]")


def read(path):
    """Id to text of one catalogue."""
    with path.open("rb") as file:
        return {str(m.id): str(m.string) for m in read_po(file) if m.id}


def english(path):
    """The English catalogue of the same domain."""
    return read(path.parent.parent / "en" / path.name)


def fields(sentence):
    """What a sentence takes from its message: names and formats, each once; singular and plural are its own affair."""
    taken = {(name, spec) for _, name, spec, _ in Formatter().parse(sentence) if name is not None}
    return {(name, spec) for name, spec in taken if not ONE_OR_MORE.fullmatch(spec or "")}


def prose(sentence):
    """The words of a sentence: without fields, code, numbers, codes and names."""
    bare = re.sub(r"\{[^{}]*\}|`[^`]*`|--?[a-z-]+|[\w./]*[\d_./][\w./]*|guanzi( [a-z]+)*", " ", sentence)
    return re.findall(r"\b[a-z]{2,}\b", bare)


def lang_and_domain(path):
    return f"{path.parent.name}-{path.stem}"


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lang_and_domain)
def test_a_translation_has_the_messages_of_the_original_and_no_others(path):
    said, original = read(path), english(path)
    assert sorted(original.keys() - said.keys()) == []
    assert sorted(said.keys() - original.keys()) == []
    assert [id for id, text in said.items() if not text.strip()] == []
    ids = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    assert len(ids) == len(set(ids))


@pytest.mark.parametrize("path", TRANSLATIONS, ids=lang_and_domain)
def test_a_translation_takes_from_a_message_what_the_original_takes(path):
    original = english(path)
    odd = {
        id: (fields(original[id]), fields(said))
        for id, said in read(path).items()
        if id in original and fields(said) != fields(original[id])
    }
    assert odd == {}


@pytest.mark.parametrize("path", [p for p in TRANSLATIONS if p.parent.name == "zh"], ids=lang_and_domain)
def test_a_chinese_sentence_is_chinese(path):
    said = read(path)
    assert [id for id, text in said.items() if not HAN.search(text) and prose(text)] == []
    # Left over: English words that are no code, a halfwidth mark beside a Chinese character, a space between two.
    english_words = r"(?i)\b(the|is|are|was|of|to|in|that|with|for|this|which|its|from)\b"
    code = r"guanzi( [a-z]+)*|--[a-z-]+|`[^`]*`|\{[^{}]*\}"
    assert [id for id, text in said.items() if re.search(english_words, re.sub(code, "·", text))] == []
    assert [id for id, text in said.items() if re.search(rf"{HAN.pattern}[,;:?!]|[,;?!]{HAN.pattern}", text)] == []
    assert [id for id, text in said.items() if re.search(rf"{HAN.pattern} {HAN.pattern}", text)] == []
    assert [id for id, text in said.items() if re.search("[\ufffd\u00c2-\u00e5]", text)] == []  # garbled UTF-8


ONE_WORD = {
    "term sheet": ("条款书", "条款清单"),
    "playbook": ("决策手册", "打法", "治理手册", "政策手册", "规则手册", "(?<!决策)(?<!比率)手册"),
    "work-stream": ("工作组", "工作流"),
    "convertible note": ("可转债", "可转换债券", "可转换票据", "票据"),
    "three accounts": ("三本账", "三个账户"),
    "before the first product": ("首个产品之前", "尚未取证、尚无营收", "取证与营收"),
    "tier": ("落地里程碑", "绑定阶段", "绑定层级", "落地步骤", "绑定步骤", "落地阶段"),
    "liquid means": ("可动用资金", "流动资金"),
    "covenant": ("约束条款", "承诺条款"),
    "as-of date": ("截至日", "知悉日", "知识日", "基准日"),
    "data room": ("资料室", "证据室", "资料库"),
    "condition of a payment": ("支付条件", "付款条件"),
    "release of money": ("拨付", "放款"),
    "due diligence": ("尽职调查", "尽调"),
    "hash": ("哈希", "散列"),
    "fix": ("修改办法", "改法"),
    "office": ("办公系统", "办公室"),
    "hot market": ("高热期", "热市"),
    "plan": ("计划岗位", "承诺建设期岗位", "承诺工资"),
}
"""What has one word in Chinese: that word, and those that stood beside it for the same thing."""


@pytest.mark.parametrize("thing", ONE_WORD)
def test_one_thing_has_one_word_in_chinese(thing):
    word, *others = ONE_WORD[thing]
    said = {id: text for path in TRANSLATIONS if path.parent.name == "zh" for id, text in read(path).items()}
    assert any(word in text for text in said.values())
    assert {id: text for id, text in said.items() if any(re.search(other, text) for other in others)} == {}


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_plan_is_not_called_a_promise(lang):
    """A fact ``plan_…`` is what the company plans; that somebody promised it is a clause, or another fact."""
    said = read(SRC / "library" / "locale" / lang / "evidence.po")
    plans = {id: text for id, text in said.items() if re.match(r"evidence\.(name|meaning)\.plan_", id)}
    assert len(plans) > 6
    assert {id: text for id, text in plans.items() if re.search("promise|承诺", text)} == {}


ONE_MEANING = {
    "governments that pay": "出资各级政府",
    "accrues": "应计",
    "none asked": "问题",
    "product comes before": "产品先于",
}
"""Words of an English sentence, and what its Chinese one must have; they once said different things."""


@pytest.mark.parametrize("words", ONE_MEANING)
def test_both_languages_say_the_same_of_who_gets_what(words):
    said = [id for id, text in sentences().items() if words in text]
    chinese = {id: catalogue(id.partition(".")[0], "zh")[id] for id in said}
    assert said
    assert {id: text for id, text in chinese.items() if ONE_MEANING[words] not in text} == {}


PLACES = re.compile(r"\b(?:previous|next|following) table\b|\btable (?:above|below)\b|[上下前]表(?!述)")
"""Words that point at another place of a page."""


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_study_does_not_point_at_a_table_of_a_page_that_it_does_not_draw(lang):
    told = {id: text for study in STUDIES for id, text in catalogue(study, lang).items()}
    assert [id for id, text in told.items() if PLACES.search(text)] == []


def test_chinese_has_every_catalogue():
    assert {p.name for p in TRANSLATIONS if p.parent.name == "zh"} == {p.name for p in CATALOGUES}


@pytest.mark.parametrize(
    "path", sorted((SRC / "library" / "locale").rglob("*.po")), ids=lambda p: f"{p.parent.name}-{p.stem}"
)
def test_a_catalogue_is_whole_without_marks_of_a_conflict_and_without_an_id_twice(path):
    """Half of a merge was read as far as it went, with a warning on the screen of whoever used the product."""
    with path.open("rb") as file:
        read_po(file, abort_invalid=True)
    ids = re.findall(r'^msgid "(.+)"$', path.read_text("utf-8"), re.MULTILINE)
    assert sorted({id for id in ids if ids.count(id) > 1}) == []
