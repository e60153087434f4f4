"""Property 6: words fit the case: no raw key, no other language, singular and plural, units and places of the case."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path

from tests.truth.denials import catalogues
from tests.truth.faults import Fault
from tests.truth.reading import BESIDE, OF_NO_CASE, Piece, Reading, localised, rendered, within

from guanzi.advice.appraisal import Text
from guanzi.base.core import Message, catalogue
from guanzi.base.core import localised as in_language
from guanzi.render import Words

_KEY = re.compile(r"(?<![\w`“\"'/.<=-])[a-z]+(?:_[a-z0-9]+)+(?![\w`”\"'/.(=-])")
_IDS = re.compile(
    r"\b(?:appraisal|diligence|reports|fiscal|monitoring|following|playbooks|evidence)\.[a-z_]+\.[a-z_.]+\b"
)
_CODE = re.compile(
    r"`[^`]*`|“[^”]*”|《[^》]*》|\([^()]*_[^()]*\)|\bguanzi [^;。.]*|\bunknown\.\w+|\b[0-9a-f]{64}\b|"
    r"\S+\.(?:yaml|html|json|xlsx|csv)\b|https?://\S+"
)
_COMMAND, _URL = re.compile(r"`?guanzi [^;。.`]*`?"), re.compile(r"https?://\S+")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_WORD = re.compile(r"(?<![A-Za-zÀ-ÿ])[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ_-]*[A-Za-zÀ-ÿ]")
"""A word of Latin letters; one letter alone is a grade or a mark."""
_TYPED = re.compile(
    r"`[^`]*`|(?:[\w.-]+ · )?[\w./-]+\.(?:yaml|json)\b(?::\d+)*|《[^》]*》|(?<![\w-])--[a-z-]+|https?://\S+"
    r"|\bguanzi(?: [a-z-]+| [A-Z]+)+|\b[0-9a-f]{12,}\b"
)
"""What is typed, compared or cited as it is: code, titles of works, addresses, commands and hashes."""
LATIN: Mapping[str, str] = {
    "the name of this product": "Guanzi",
    "units and marks of measure, which Chinese papers write in Latin letters": "km GWh MWh kWh Wh mm nm",
    "names of formats and of a way to hash": "SHA PDF CSV JSON YAML XLSX DOCX ZIP ICS Word Excel",
    "standards, by the letters of those who set them": "IAS ISA GASB IFRS",
    "authors and works that a judgement rests on, cited by their names": (
        "Abernathy Altman Bates Bauman Bohn Book Chan Chaplinsky Cochrane Corwin Criscuolo Damodaran DeAngelo "
        "Dutordoir Eini Fama Flyvbjerg French Gompers Gornall Hamermesh Handy Haushalter Hertzel Hodges IC Insights "
        "Kahle Karceski Karlin Kermani Kerr Korteweg Kovner Lakonishok Leachman Lerner Lewis Ma Mathews Nanda "
        "Nilsson Nykvist Objective Analysis Overman RAND Scharfstein Seward Smith Stanley Strebulaev Stulz Sørensen "
        "Tarui Terwiesch Veld Vuolteenaho Wayne Wright Zmijewski"
    ),
    "a kind of chip and a ratio that have no other name in Chinese": "DRAM EBITDA",
    "classes of credit": "AAA AA BBB BB CCC CC",
    "figures of funds by the letters of their standard": "DPI MOIC TVPI XIRR",
    "codes of currencies, where a rate between two is told": "CNY USD EUR GBP SEK JPY KRW HKD CHF",
}
"""Why a word may stand in a Chinese sentence, and the words."""
_ALLOWED = frozenset(word for words in LATIN.values() for word in words.split())
_ONE_OF_MANY = re.compile(
    r"(?<![\d.,/–−-])(?<!\d )1 (years|months|days|quarters|clauses|points|facts|checks|rules|payments|deals|vehicles"
    r"|jobs|paths|questions|covenants|signs|people|instalments|companies|cities|rounds|sources|orders|patents|flows|tiers|parties)\b"
)
_MANY_OF_ONE = re.compile(
    r"(?<![\d.,])(?:[2-9]|[1-9]\d+) (year|month|day|quarter|clause|fact|payment|deal|vehicle|question)\b(?!-)"
)
MADE = {
    "battery-electric-vehicles": "vehicles", "passenger-cars": "vehicles", "electric-trucks": "vehicles",
    "evtol-aircraft": "aircraft",
}  # fmt: skip
_VEHICLES = re.compile(r"\b(?:vehicles?|cars?)\b|辆|汽车|单车|造车", re.IGNORECASE)
OF_VEHICLES = re.compile(r"diligence\.competition\.market|(?:evidence\.name|reports\.fact)\.(?:nev|car)_")
"""What is said of the market of vehicles, which a case that buys or supplies it holds as a fact."""
_AIRCRAFT = re.compile(r"\baircraft\b|航空器|\d架", re.IGNORECASE)
_STARTS = re.compile(r"\b(?:wafers?|fabs?)\b|晶圆|面板厂", re.IGNORECASE)
CHIPS = ("memory-chips", "logic-chips", "display-panels")
_PUBLISHER = re.compile(r"""publisher: (?:"([^"\n]{3,})"|([^",}\n]{3,}))""")
_ID = re.compile(r"[a-z0-9][a-z0-9_.@-]*")
_YUAN = re.compile(r"\byuan\b|(?<![欧日美港加澳新韩台])元(?=[，。；、）\s]|$)")
_NAMES = re.compile(r"\bNIO\b|蔚来")
_TAKEN = {"en": re.compile(r"\b(?:taken from|based on)\b", re.IGNORECASE), "zh": re.compile("取自")}
"""How a judgement says that it comes from the industry that it names: true of every case."""
METHOD = re.compile(
    r"^(?:playbooks\.(?!figure|code|rule|demand)|compliance|lint\.\w+\.why|fiscal\.(?:sharing|effect)"
    r"|reports\.monitor\.signs_record)"
)
"""Messages on the method, on rules and on the practice of a playbook, which may speak of other companies and places."""
CITED = ("reports.findings.literature", "appraisal.market.source")
"""Literature and publishers, which are cited in the language in which they write."""
OF_CASE = ("vehicles", "aircraft", "wafers", "yuan", "another-company")
"""Kinds of fault that depend on the case."""
KEYED = ("review",)
"""Documents that say what to enter, and name the keys under which it is entered."""
KEYS = ("filter.options", "cell.key", "sourceline.id", "sourceline.title", "sourceline.publisher")
"""Places of codes by which rows and commands name things, and of what is cited by its own name."""


def words_of(reading: Reading) -> Iterator[tuple[Piece, Message]]:
    """Outermost messages of all documents, each once."""
    seen: set[Message] = set()
    for piece in reading.pieces:
        if isinstance(piece.words, Message) and piece.words.id not in CITED and piece.words not in seen:
            seen.add(piece.words)
            yield piece, piece.words


def misnamed(reading: Reading) -> Iterator[Fault]:
    """Words that do not fit the case."""
    known: dict[Message, tuple[tuple[str, str], ...]] = reading.kept.setdefault("nouns", {})
    own = reading.kept["own words"] = reading.kept.get("own words") or own_words(reading)
    names = reading.kept["entered"] = reading.kept.get("entered") or entered(reading)
    yield from _unworded(reading, names)
    yield from raw_ids(reading)
    yield from _literature(reading)
    for piece, message in words_of(reading):
        if message not in known:
            told = {lang: stripped(rendered(message, lang), own) for lang in ("en", "zh")}
            case = {lang: stripped(_of_case(message, lang), own) for lang in ("en", "zh")}
            word = "" if piece.document in OF_NO_CASE else latin(unentered(localised(message, "zh"), names))
            known[message] = tuple(_wrong(message, told, case, reading, word))
        for kind, against in known[message]:
            if (kind == "raw-key" and piece.document in KEYED) or (kind in OF_CASE and piece.document in OF_NO_CASE):
                continue
            yield Fault("nouns", piece.document, piece.section, message, against, f"{kind}:{_inner(message)}")


def raw_ids(reading: Reading) -> Iterator[Fault]:
    """Ids of company, region, industry or facts where their names should stand; after a dot it is of a clause."""
    view = reading.view
    ids = {view.company.id, view.region.id, view.industry, *(fact.id for fact in view.facts)}
    coded = [id for id in sorted(ids) if "-" in id and id not in (view.company.name, view.region.name)]
    if not coded:
        return
    known: dict[Words, str] = reading.kept.setdefault("raw ids", {})
    pattern = re.compile(rf"(?<![\w.-])(?:{'|'.join(map(re.escape, coded))})(?![\w-])")
    for piece in reading.pieces:
        if piece.document in KEYED or piece.place in KEYS:
            continue
        if piece.words not in known:  # an id is said in both languages; words of one, as “co-investors”, look like one
            told = (_URL.sub(" ", _COMMAND.sub(" ", localised(piece.words, lang))) for lang in ("zh", "en"))
            found = [pattern.search(text) for text in told]
            known[piece.words] = found[0][0] if found[0] and found[1] else ""
        if known[piece.words]:
            yield Fault("nouns", piece.document, piece.section, piece.words, f"id {known[piece.words]}", "raw-id")


def _literature(reading: Reading) -> Iterator[Fault]:
    """Works on vehicles, of which a finding on another product is no case."""
    made = MADE.get(reading.view.industry)
    for finding in reading.appraisal.findings if made != "vehicles" else ():
        if found := _VEHICLES.search(finding.literature):
            against = f"“{found[0]}” in a case of {reading.view.industry}"
            yield Fault("nouns", "dossier", "findings", finding.literature, against, "literature")


def taken(message: Message) -> bool:
    """Whether a sentence says, in both languages, that it is taken from the industry that it names."""
    return all(pattern.search(rendered(message, lang)) for lang, pattern in _TAKEN.items())


def _of_case(message: Message, lang: str) -> str:
    """A sentence without what it takes from elsewhere: industries, names of a chain, amounts in a named currency."""
    text = rendered(message, lang)
    for one in within(message):
        if (
            METHOD.match(one.id)
            or taken(one)
            or one.id in ("appraisal.chain.said", "appraisal.chain.firms")
            or dict(one.params).get("currency") == "CNY"
        ):
            said = rendered(one, lang)
            text = text.replace(said, "…").replace(said[:1].upper() + said[1:], "…")
    return text


def _unworded(reading: Reading, own: tuple[str, ...]) -> Iterator[Fault]:
    """Words that are no message, which stand on a Chinese page as they are."""
    known: dict[str, str] = reading.kept.setdefault("plain words", {})
    names = (reading.view.company.name, reading.view.region.name)  # a title page has them in both languages
    for piece in reading.pieces:
        words = piece.words
        if isinstance(words, str) and piece.document not in BESIDE and piece.place not in KEYS:
            told = localised(words, "zh")
            if told not in known:
                known[told] = "" if piece.place == "head" and told in names else latin(unentered(told, own))
            if known[told]:
                against = f"“{known[told]}”"
                yield Fault("nouns", piece.document, piece.section, words, against, "english-in-chinese")


def latin(text: str) -> str:
    """The first word of Latin letters in a Chinese text that is neither typed nor allowed."""
    return next((word for word in _WORD.findall(_TYPED.sub(" ", text)) if word not in _ALLOWED), "")


def entered(reading: Reading) -> tuple[str, ...]:
    """Names and texts of the case that have no Chinese form, or are Chinese and hold Latin letters; no ids."""
    found: set[str] = set()

    def collect(node: object) -> None:
        if isinstance(node, dict):
            both = {"en", "zh"} <= node.keys()
            for key, item in node.items():
                if not (both and key == "en") and not node.get(f"{key}_zh"):
                    collect(item)
        elif isinstance(node, list | tuple):
            for item in node:
                collect(item)
        elif isinstance(node, str) and _WORD.search(node) and not _ID.fullmatch(node):
            found.update((node, " ".join(node.split()), " ".join(node.split()).rstrip(".。")))

    data = reading.data
    found.add(str(data.header.get("industry", "")).replace("-", " "))
    for names in (entity.properties.get("name", ()) for entity in reading.view.entities):
        found.update(names if not any(map(_HAN.search, names)) else ())
    found.update(cited(), linked(), (source.publisher for source in reading.case.sources))
    for part in (data.header, data.sources, list(data.facts), dict(data.sheets), data.watched):
        collect(part)
    collect(_alike(reading))
    texts = (fact.value for fact in reading.view.facts if isinstance(fact.value, str))
    found.update(str(words) for words in texts if in_language(words, "zh") == words)
    return tuple(sorted(found, key=len, reverse=True))


def _alike(reading: Reading) -> list[object]:
    """Names of the bets of the register that are most like a case, and of their populations."""
    alike = reading.appraisal.alike
    cells = (cell for row in (alike.rows if alike is not None else ()) for cell in row)
    return [cell.params if isinstance(cell, Text) else cell for cell in cells]


@cache
def linked() -> frozenset[str]:
    """Chinese names of the shipped chains that hold Latin letters."""
    chains = (Path(str(files("guanzi") / "library")) / "chains").glob("*.csv")
    rows = (row for path in chains for row in csv.DictReader(path.read_text("utf-8").splitlines()))
    return frozenset(name for row in rows if _HAN.search(name := row["name_zh"] or "") and _WORD.search(name))


@cache
def cited() -> frozenset[str]:
    """Publishers whom the library cites by their own names."""
    library = Path(str(files("guanzi") / "library"))
    texts = (path.read_text("utf-8") for path in library.rglob("*.yaml"))
    return frozenset(
        name.strip() for text in texts for pair in _PUBLISHER.findall(text) if _WORD.search(name := "".join(pair))
    )


def unentered(text: str, own: tuple[str, ...]) -> str:
    """A text without the names and texts that were entered; hashes go first, lest a part of one stays."""
    text = re.sub(r"\b[0-9a-f]{12,}\b", " ", text)
    for words in own:
        text = text.replace(words, "…")
    return text


def untranslated() -> Iterator[str]:
    """Chinese sentences without a Chinese character, but for names of files."""
    for domain in catalogues():
        for id, text in catalogue(domain, "zh").items():
            plain = re.sub(r"\{[^{}]*\}|`[^`]*`|\S+\.json\b", "", text)
            if re.search(r"\b[a-z]{3,}\b", plain) and not _HAN.search(plain):
                yield id


def _inner(message: Message) -> str:
    """The message that says most of it: the innermost of a wrapping one."""
    inner = [one.id for one in within(message)]
    return inner[0]


def own_words(reading: Reading) -> tuple[str, ...]:
    """Words of the case as they were entered, which may say what they like; also as sentences begin and end."""
    found: set[str] = set()

    def collect(node: object) -> None:
        if isinstance(node, dict):
            for item in node.values():
                collect(item)
        elif isinstance(node, list | tuple):
            for item in node:
                collect(item)
        elif isinstance(node, str) and len(node) > 3:
            plain = " ".join(node.replace("_", " ").split()).rstrip(".。")
            found.update((node, plain, plain[:1].swapcase() + plain[1:]))

    data = reading.data
    for part in (data.header, data.sources, list(data.facts), dict(data.sheets), data.watched, _alike(reading)):
        collect(part)
    return tuple(sorted(found, key=len, reverse=True))


def stripped(text: str, own: tuple[str, ...]) -> str:
    """A sentence without code, quotes and the words of the case."""
    text = _CODE.sub("…", text)
    for words in own:
        if words in text:
            text = text.replace(words, "…")
    return _CODE.sub("…", text)


def worded(told: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What words have that no reader of their language knows: keys, and sentences of the other language."""
    for text in told.values():
        if found := _KEY.search(text) or _IDS.search(text):
            yield "raw-key", f"“{found[0]}”"
    english = told["en"]
    if found := _HAN.search(english):
        yield "chinese-in-english", f"“{english[max(0, found.start() - 10) : found.end() + 20]}”"


def _wrong(
    message: Message, told: dict[str, str], case: dict[str, str], reading: Reading, word: str
) -> Iterator[tuple[str, str]]:
    english, chinese = told["en"], told["zh"]
    yield from worded(told)
    if word:
        yield "english-in-chinese", f"“{word}” in “{localised(message, 'zh')[:160]}”"
    if found := _ONE_OF_MANY.search(english) or _MANY_OF_ONE.search(english):
        yield "number", f"“{found[0]}”"
    if METHOD.match(message.id):
        return
    english, chinese = case["en"], case["zh"]
    made = MADE.get(reading.view.industry)
    market = any(OF_VEHICLES.match(one.id) for one in within(message))
    if made != "vehicles" and not market and (found := _VEHICLES.search(english) or _VEHICLES.search(chinese)):
        yield "vehicles", f"“{found[0]}” in a case of {reading.view.industry}"
    if made != "aircraft" and (found := _AIRCRAFT.search(english) or _AIRCRAFT.search(chinese)):
        yield "aircraft", f"“{found[0]}” in a case of {reading.view.industry}"
    if reading.view.industry not in CHIPS and (found := _STARTS.search(english) or _STARTS.search(chinese)):
        yield "wafers", f"“{found[0]}” in a case of {reading.view.industry}"
    rated = "yuan per " in english or _entered_in_yuan(reading, english)  # a rate of exchange is one of two currencies
    if reading.view.currency != "CNY" and not rated and (found := _YUAN.search(english) or _YUAN.search(chinese)):
        yield "yuan", f"“{found[0]}” in a case in {reading.view.currency}"
    if "nio" not in reading.view.company.id and (found := _NAMES.search(english) or _NAMES.search(chinese)):
        yield "another-company", f"“{found[0]}” in a case of {reading.view.company.name}"


def catalogue_numbers() -> Iterator[str]:
    """Messages whose English and Chinese sentences do not carry the same parameters."""
    field = re.compile(r"(?<!\{)\{(\w+)(?::(?!one )[^}]*)?\}")
    for domain in catalogues():
        chinese = catalogue(domain, "zh")
        for id, text in catalogue(domain).items():
            missing = set(field.findall(text)) ^ set(field.findall(chinese.get(id, text)))
            if missing - {"currency"}:
                yield f"{id}: {', '.join(sorted(missing))}"


_SHARE = re.compile(r"(\d+(?:\.\d+)?)\s?%")
_ENDS = re.compile(r"(\d+(?:\.\d+)?)(\s?(?:to|and|–|-|—|至|与)\s?−?)(?=\d+(?:\.\d+)?\s?%)")


def catalogue_shares() -> Iterator[str]:
    """Messages whose English and Chinese sentences do not state the same per cents, both in figures."""
    for domain in catalogues():
        chinese = catalogue(domain, "zh")
        for id, text in catalogue(domain).items():
            plain = (re.sub(r"\{[^{}]*\}", "…", told) for told in (text, chinese.get(id, text)))
            english_has, chinese_has = (sorted(_SHARE.findall(_ENDS.sub(r"\1%\2", told))) for told in plain)
            if english_has != chinese_has:
                yield f"{id}: {english_has} and {chinese_has}"


def _entered_in_yuan(reading: Reading, english: str) -> bool:
    """Whether a sentence tells, as entered, a fact that a source states in yuan."""
    views = (reading.view, *reading.later.values())
    stated = {fact.value for view in views for fact in view.facts if fact.unit.startswith("CNY")}
    return any(f"{value:,g} m yuan" in english for value in stated if isinstance(value, float | int))
