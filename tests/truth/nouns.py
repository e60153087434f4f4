"""Property 6: words fit the case: no raw key, no other language, singular and plural, units and places of the case."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.truth.denials import catalogues
from tests.truth.faults import Fault
from tests.truth.reading import BESIDE, OF_NO_CASE, Piece, Reading, within

from guanzi.base.core import Message, catalogue, render
from guanzi.render import tell

_KEY = re.compile(r"(?<![\w`“\"'/.<=-])[a-z]+(?:_[a-z0-9]+)+(?![\w`”\"'/.(=-])")
_IDS = re.compile(
    r"\b(?:appraisal|diligence|reports|fiscal|monitoring|following|playbooks|evidence)\.[a-z_]+\.[a-z_.]+\b"
)
_CODE = re.compile(
    r"`[^`]*`|“[^”]*”|《[^》]*》|\([^()]*_[^()]*\)|\bguanzi [^;。.]*|\S+\.(?:yaml|html|json|xlsx|csv)\b|https?://\S+"
)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_ENGLISH = re.compile(r"(?:\b[A-Za-z][a-z]+\b[ ,]+){4,}[a-z]+")
"""A run of English words; one of which most begin with a capital is a name, which stays as it is."""
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
_AIRCRAFT = re.compile(r"\baircraft\b|航空器|\d架", re.IGNORECASE)
_STARTS = re.compile(r"\b(?:wafers?|fabs?)\b|晶圆|面板厂", re.IGNORECASE)
CHIPS = ("memory-chips", "logic-chips", "display-panels")
_YUAN = re.compile(r"\byuan\b|(?<![欧日美港加澳新韩台])元(?=[，。；、）\s]|$)")
_NAMES = re.compile(r"\bNIO\b|蔚来")
_TAKEN = {"en": re.compile(r"\btaken from\b", re.IGNORECASE), "zh": re.compile("取自")}
"""How a judgement says that it comes from the industry that it names: true of every case."""
METHOD = re.compile(
    r"^(?:playbooks\.(?!figure|code|rule|demand)|compliance|lint\.\w+\.why|fiscal\.(?:sharing|effect)"
    r"|reports\.monitor\.signs_record)"
)
"""Messages on the method, on rules and on the practice of a playbook, which may speak of other companies and places."""
CITED = ("reports.findings.literature",)
"""Literature, which is cited in the language in which it was written."""
OF_CASE = ("vehicles", "aircraft", "wafers", "yuan", "another-company")
"""Kinds of fault that depend on the case."""
KEYED = ("review",)
"""Documents that say what to enter, and name the keys under which it is entered."""


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
    yield from _unworded(reading, own)
    yield from _literature(reading)
    for piece, message in words_of(reading):
        if message not in known:
            told = {lang: stripped(render(message, lang), own) for lang in ("en", "zh")}
            case = {lang: stripped(_of_case(message, lang), own) for lang in ("en", "zh")}
            known[message] = tuple(_wrong(message, told, case, reading))
        for kind, against in known[message]:
            if (kind == "raw-key" and piece.document in KEYED) or (kind in OF_CASE and piece.document in OF_NO_CASE):
                continue
            yield Fault("nouns", piece.document, piece.section, message, against, f"{kind}:{_inner(message)}")


def _literature(reading: Reading) -> Iterator[Fault]:
    """Works on vehicles, of which a finding on another product is no case."""
    made = MADE.get(reading.view.industry)
    for finding in reading.appraisal.findings if made != "vehicles" else ():
        if found := _VEHICLES.search(finding.literature):
            against = f"“{found[0]}” in a case of {reading.view.industry}"
            yield Fault("nouns", "dossier", "findings", finding.literature, against, "literature")


def taken(message: Message) -> bool:
    """Whether a sentence says, in both languages, that it is taken from the industry that it names."""
    return all(pattern.search(render(message, lang)) for lang, pattern in _TAKEN.items())


def _of_case(message: Message, lang: str) -> str:
    """A sentence without what it takes from elsewhere: industries, names of a chain, amounts in a named currency."""
    text = render(message, lang)
    for one in within(message):
        if (
            METHOD.match(one.id)
            or taken(one)
            or one.id == "appraisal.chain.said"
            or dict(one.params).get("currency") == "CNY"
        ):
            said = render(one, lang)
            text = text.replace(said, "…").replace(said[:1].upper() + said[1:], "…")
    return text


def _unworded(reading: Reading, own: tuple[str, ...]) -> Iterator[Fault]:
    """Words that are no message, which stand on a Chinese page as they are."""
    known: dict[str, str] = reading.kept.setdefault("plain words", {})
    for piece in reading.pieces:
        words = piece.words
        if isinstance(words, str) and piece.document not in BESIDE:
            if words not in known:
                known[words] = _english(stripped(tell(words, "zh"), own))
            if known[words]:
                against = f"“{known[words]}”"
                yield Fault("nouns", piece.document, piece.section, words, against, "english-in-chinese")


def _english(text: str) -> str:
    """The first run of English words that is no name."""
    runs = (run[0] for run in _ENGLISH.finditer(text))
    return next((run for run in runs if len(re.findall(r"\b[a-z]+\b", run)) >= 4), "")


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
            plain = " ".join(node.replace("_", " ").split()).rstrip(".")
            found.update((node, plain, plain[:1].swapcase() + plain[1:]))

    data = reading.data
    for part in (data.header, data.sources, list(data.facts), dict(data.sheets), data.watched):
        collect(part)
    return tuple(sorted(found, key=len, reverse=True))


def stripped(text: str, own: tuple[str, ...]) -> str:
    """A sentence without code, quotes and the words of the case."""
    for words in own:
        if words in text:
            text = text.replace(words, "…")
    return _CODE.sub("…", text)


def worded(told: dict[str, str]) -> Iterator[tuple[str, str]]:
    """What words have that no reader of their language knows: keys, and sentences of the other language."""
    english, chinese = told["en"], told["zh"]
    for text in told.values():
        if found := _KEY.search(text) or _IDS.search(text):
            yield "raw-key", f"“{found[0]}”"
    if found := _HAN.search(english):
        yield "chinese-in-english", f"“{english[max(0, found.start() - 10) : found.end() + 20]}”"
    if run := _english(chinese):
        yield "english-in-chinese", f"“{run}”"


def _wrong(message: Message, told: dict[str, str], case: dict[str, str], reading: Reading) -> Iterator[tuple[str, str]]:
    english, chinese = told["en"], told["zh"]
    yield from worded(told)
    if found := _ONE_OF_MANY.search(english) or _MANY_OF_ONE.search(english):
        yield "number", f"“{found[0]}”"
    if METHOD.match(message.id):
        return
    english, chinese = case["en"], case["zh"]
    made = MADE.get(reading.view.industry)
    if made != "vehicles" and (found := _VEHICLES.search(english) or _VEHICLES.search(chinese)):
        yield "vehicles", f"“{found[0]}” in a case of {reading.view.industry}"
    if made != "aircraft" and (found := _AIRCRAFT.search(english) or _AIRCRAFT.search(chinese)):
        yield "aircraft", f"“{found[0]}” in a case of {reading.view.industry}"
    if reading.view.industry not in CHIPS and (found := _STARTS.search(english) or _STARTS.search(chinese)):
        yield "wafers", f"“{found[0]}” in a case of {reading.view.industry}"
    rated = "yuan per " in english  # a rate of exchange is one of two currencies
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
