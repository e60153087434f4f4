"""Comparison of Chinese company names with one another, with their abbreviations, and with their names abroad."""

from __future__ import annotations

from guanzi.base.core import Message
from guanzi.study.screening import library
from guanzi.study.screening.folding import fold
from guanzi.study.screening.han import CompanyName, parse_company
from guanzi.study.screening.readings import initials, word_keys

_NO_SCORE = 0.03
type Compared = tuple[float, tuple[Message, ...]]


def compare_companies(first: str, second: str) -> Compared:
    """Two company names in Chinese characters."""
    a, b = parse_company(first), parse_company(second)
    if a.whole == b.whole:
        return 1.0, (Message.of("diligence.screening.characters", name=a.whole),)
    if a.core == b.core and a.core and (a.trade_name or a.region == b.region):
        return _same_core(a, b)
    if bool(a.form) != bool(b.form):
        short, full = (b, a) if a.form else (a, b)
        return _abbreviated(short, full)
    if a.trade_name and a.trade_name == b.trade_name and not (a.region and b.region and a.region != b.region):
        said = Message.of("diligence.screening.same_trade_name", name=a.trade_name)
        if not a.form:
            return (0.75 if not a.trades or not b.trades else 0.45), (said,)
        return 0.4, (said, Message.of("diligence.screening.trades_differ", a=_of(a), b=_of(b)))
    if len(a.core) == len(b.core) and word_keys(a.core[:6]).keys() & word_keys(b.core[:6]).keys():
        return 0.1, (Message.of("diligence.screening.homophone", a=a.core, b=b.core),)
    return _NO_SCORE, (Message.of("diligence.screening.other_characters", a=a.whole, b=b.whole),)


def _of(name: CompanyName) -> str:
    return "".join(name.trades) + ("集团" if name.group else "") or name.whole


def _same_core(a: CompanyName, b: CompanyName) -> Compared:
    said = [Message.of("diligence.screening.same_core", name=a.core)]
    score = 0.97
    if a.region != b.region:
        if a.region and b.region:
            said.append(Message.of("diligence.screening.regions_differ", a=a.region, b=b.region))
            return 0.4, tuple(said)
        said.append(Message.of("diligence.screening.region_left_out", region=a.region or b.region))
        score *= 0.92
    if a.group != b.group:
        said.append(Message.of("diligence.screening.group"))
        score *= 0.65 if a.form and b.form else 0.95
    if a.form and b.form and a.form != b.form:
        said.append(Message.of("diligence.screening.forms"))
        score *= 0.88
    return score, tuple(said)


def _abbreviated(short: CompanyName, full: CompanyName) -> Compared:
    """A name without legal form against a full one."""
    if short.region and full.region and short.region != full.region and short.trade_name:
        said = Message.of("diligence.screening.regions_differ", a=short.region, b=full.region)
        return 0.3, (said,)
    said = Message.of("diligence.screening.abbreviation", short=short.whole, full=full.whole)
    long_core = full.core + ("集团" if full.group else "")
    bare = short.whole
    for head in ("", short.region):
        body = bare[len(head) :] if bare.startswith(head) else bare
        if len(body) >= 2 and (long_core.startswith(body) or (full.region + long_core).startswith(body)):
            telling = len(body) >= len(full.trade_name)
            return (0.93 if len(body) > 2 else 0.82) if telling and full.trade_name else 0.72, (said,)
        if len(short.core) >= 2 and short.group and long_core.startswith(short.core):
            return 0.8, (said,)
    if len(bare) >= 2 and _from_beginnings(bare, full):
        return (0.82 if len(bare) > 2 else 0.74), (said,)
    if short.trade_name and short.trade_name == full.trade_name:
        return 0.4, (Message.of("diligence.screening.same_trade_name", name=short.trade_name),)
    return _NO_SCORE, (Message.of("diligence.screening.other_characters", a=short.whole, b=full.whole),)


def _from_beginnings(short: str, full: CompanyName) -> bool:
    """Whether an abbreviation takes the beginnings of the parts of the full name, in order: 上汽集团."""
    segments = full.segments

    def fits(rest: str, at: int) -> bool:
        if not rest:
            return True
        for k in range(at, len(segments)):
            segment = segments[k]
            if segment == "银行" and rest == "行":
                return True
            size = 0
            while size < min(len(segment), len(rest)) and segment[size] == rest[size]:
                size += 1
            for taken in range(size, 0, -1):
                if fits(rest[taken:], k + 1):
                    return True
            if k == 0 and segment in ("中国", "中华"):
                continue
            if segment == full.trade_name and not size:
                return False
        return False

    if not short.startswith(tuple(s[0] for s in segments[:2])):
        return False
    return fits(short, 0)


def compare_company_with_latin(han: str, latin: str) -> Compared:
    """A Chinese company name and one in Latin letters: reading or name abroad of the trade name, words of the trade."""
    name = parse_company(han)
    words = _without_forms(fold(latin, company=True))
    if not words:
        return _NO_SCORE, ()
    best: Compared = (
        _NO_SCORE,
        (Message.of("diligence.screening.other_reading", han=name.whole, latin=" ".join(words)),),
    )
    for text, trades_left, worth, how in _spellings(name):
        for begin in range(len(words)):
            joined = ""
            for end in range(begin, len(words)):
                joined += words[end]
                if joined == text:
                    found = _rest(name, words[:begin] + words[end + 1 :], trades_left, worth)
                    said = Message.of(f"diligence.screening.abroad.{how}", han=name.whole, latin=" ".join(words))
                    if found > best[0]:
                        best = found, (said,)
                if len(joined) >= len(text):
                    break
    return best


def _spellings(name: CompanyName) -> list[tuple[str, tuple[str, ...], float, str]]:
    """Ways to write the trade name in Latin letters: text, trades not used up, worth, and how."""
    found: list[tuple[str, tuple[str, ...], float, str]] = []
    body = name.region + name.trade_name + "".join(name.trades)
    for begin in (name.core, body, name.trade_name):
        for size in range(min(len(begin), 8), 1, -1):
            for abroad in library.brands().get(begin[:size], ()):
                found.append((abroad.replace("-", ""), name.trades, 0.9, "brand"))
    parts = [name.trade_name] if name.trade_name else []
    heads = [("", 1.0), (name.region, 0.97)] if name.region else [("", 1.0)]
    for used in range(len(name.trades) + 1):
        word = "".join(parts) + "".join(name.trades[:used])
        if len(word) < 2:
            continue
        for head, factor in heads:
            for key, unusual in word_keys((head + word)[:6]).items():
                if len(head + word) <= 6 and len(key) > 3:
                    found.append((key, name.trades[used:], 0.9 * factor * 0.97**unusual, "reading"))
    first_letters = initials(name.trade_name)
    if len(first_letters) >= 3:
        found.append((first_letters, name.trades, 0.8, "initials"))
    return found


def _rest(name: CompanyName, words: tuple[str, ...], trades: tuple[str, ...], worth: float) -> float:
    """What the words beside the trade name add or take away."""
    english = {word for trade in trades for word in library.trades()[trade]}
    telling = {word for all_words in library.trades().values() for word in all_words}
    place = word_keys(name.region).keys() if name.region else ()
    for word in words:
        if word in english or word in place or word in library.words("void") or word in ("china", "international"):
            continue
        if word in telling or word in library.words("generic"):
            worth *= 0.72 if trades else 0.8
        else:
            worth *= 0.6
    return worth


def _without_forms(words: tuple[str, ...]) -> tuple[str, ...]:
    """Words without legal forms at the end."""
    kept = list(words)
    single = {wording[0] for wording in library.legal_forms() if len(wording) == 1}
    while len(kept) > 1 and kept[-1] in single:
        kept.pop()
    return tuple(kept)
