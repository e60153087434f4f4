"""A paper of the committee as blocks of words, which PDF and DOCX lay out alike: the memorandum and the minutes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Literal

from guanzi.advice.appraisal import Appraisal, ClauseData, SourceData, to_json
from guanzi.base.core import Message, render, said
from guanzi.reports.evidence import publisher
from guanzi.reports.figures import format_figure
from guanzi.reports.pages import unsaid
from guanzi.reports.tables import cash_table
from guanzi.reports.words import day, joint, say, tell, title, word

Kind = Literal["heading", "sub", "text", "strong", "note", "list", "steps", "choices", "table", "form", "signs"]
PEOPLE = 7
"""Rows for those present that are left open."""
LINES = 5
"""Lines that are left open for words."""


@dataclass(frozen=True, slots=True)
class PaperBlock:
    """A part of a paper.

    Attributes:
        kind: ``heading`` or ``sub``; ``text``, ``strong`` or ``note``; ``list``, numbered ``steps``, or ``choices`` to
            tick; ``table``; ``form``: a table with room to write in; ``signs``: lines to write on.
        text: Its words; of a table its name.
        items: Of a list.
        head: Of a table.
        rows: Of a table or form, each as long as its head.
        widths: Parts of the width that the columns of a table take; empty: all alike.
        numeric: All columns of a table but the first are numbers.
    """

    kind: Kind
    text: str = ""
    items: tuple[str, ...] = ()
    head: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    widths: tuple[int, ...] = ()
    numeric: bool = False


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper before it is laid out.

    Attributes:
        kicker: What kind of paper it is.
        title: Of the case.
        under: The line below the title.
        footer: What stands at the foot of each page.
        dated: The day that the file carries: that on which the facts were held.
        lang: Language.
    """

    kicker: str
    title: str
    under: str
    footer: str
    dated: date
    lang: str
    blocks: tuple[PaperBlock, ...]


@dataclass(frozen=True, slots=True)
class DecisionTaken:
    """What was decided, in words that minutes record.

    Attributes:
        decided_on: Day.
        decision: ``back``, ``back_with_conditions``, ``decline`` or ``defer``.
        by: Who decided.
        reasons: Why.
        dissent: Who thought otherwise, and why; empty: none was recorded.
        votes: Name and ``for``, ``against`` or ``abstain``.
        entry: Number of the entry in the ledger.
    """

    decided_on: date
    decision: str
    by: str
    reasons: str
    dissent: str = ""
    votes: tuple[tuple[str, str], ...] = field(default=())
    entry: int = 0


DECISIONS = ("back", "back_with_conditions", "decline", "defer")


def memorandum(appraisal: Appraisal, lang: str = "en") -> Paper:
    """The committee's memorandum: what the appraisal says, in the order in which a committee reads.

    Args:
        appraisal: What it is of; nothing is added to it.
        lang: Language.
    """
    blocks = [
        *_advice(appraisal, lang),
        *_terms(appraisal, lang),
        *_accounts(appraisal, lang),
        *_risks(appraisal, lang),
        *_missing(appraisal, lang),
        *_sources(appraisal, lang),
        PaperBlock("heading", say("paper.rests_on", lang)),
        _hashes(appraisal, lang),
    ]
    return _paper(appraisal, "memorandum", blocks, lang)


def minutes(
    appraisal: Appraisal,
    lang: str = "en",
    taken: DecisionTaken | None = None,
    present: Sequence[tuple[str, str]] = (),
) -> Paper:
    """The minutes of the committee: a form to fill in, or what was decided where that is given.

    Args:
        appraisal: What is decided on.
        lang: Language.
        taken: What was decided; None: left open.
        present: Name and office of those present; none: who voted, as far as that is held, else open rows.
    """
    blocks = [
        PaperBlock("heading", say("paper.decided_on", lang)),
        PaperBlock("text", tell(appraisal.summary.question, lang)),
        PaperBlock("strong", say("brief.advice", lang, advice=say(f"advice.{appraisal.advice}", lang))),
        _hashes(appraisal, lang),
        PaperBlock("note", say("paper.hash_note", lang)),
        *_session(lang, taken, present),
        *_votes(lang, taken),
        PaperBlock("heading", say("paper.decision", lang)),
        PaperBlock("choices", items=tuple(_choice(code, lang, taken) for code in DECISIONS)),
        PaperBlock("heading", say("brief.conditions." + appraisal.advice, lang)),
        *_demands(appraisal, lang),
        *_words("reasons", lang, taken.reasons if taken else None),
        *_words("dissent", lang, (taken.dissent or say("paper.no_dissent", lang)) if taken else None),
        PaperBlock("heading", say("paper.signed", lang)),
        _open("form", lang, ("chair", "recorder", "date"), 1),
    ]
    return _paper(appraisal, "minutes", blocks, lang)


def _paper(appraisal: Appraisal, kind: str, blocks: list[PaperBlock], lang: str) -> Paper:
    versions, book = appraisal.versions, appraisal.playbook
    return Paper(
        kicker=say(f"paper.{kind}", lang),
        title=title(appraisal.case, lang),
        under=" · ".join(
            (
                say("page.as_of", lang, day=appraisal.as_of.isoformat()),
                say("page.decision", lang, day=appraisal.case.decision_date.isoformat()),
            )
        ),
        footer=say(
            "brief.footer",
            lang,
            version=versions.guanzi,
            seed=str(versions.seed),
            paths=versions.paths,
            playbook=book.id,
            playbook_version=book.version,
        ),
        dated=appraisal.as_of,
        lang=lang,
        blocks=tuple(blocks),
    )


def _advice(appraisal: Appraisal, lang: str) -> Iterator[PaperBlock]:
    summary = appraisal.summary
    yield PaperBlock("text", tell(summary.question, lang))
    yield PaperBlock("heading", say("brief.advice", lang, advice=say(f"advice.{appraisal.advice}", lang)))
    yield PaperBlock("strong", tell(summary.headline, lang))
    for sentence in summary.lead:
        yield PaperBlock("text", tell(sentence, lang))
    if summary.figures:
        yield _figures(appraisal, summary.figures, say("summary.figures", lang), lang)
    if summary.reasons:
        yield PaperBlock("sub", say("summary.why", lang))
        yield PaperBlock("list", items=tuple(tell(reason, lang) for reason in summary.reasons))
    yield PaperBlock("sub", say(f"brief.conditions.{appraisal.advice}", lang))
    yield from _demands(appraisal, lang)
    if appraisal.reversals:
        yield PaperBlock("sub", say("summary.change", lang))
        told = (
            f"{tell(r.text, lang)}{joint('sentence', lang)}"
            f"{say('summary.becomes', lang, advice=say(f'advice.{r.becomes}', lang))}"
            for r in appraisal.reversals
        )
        yield PaperBlock("list", items=tuple(told))


def _demands(appraisal: Appraisal, lang: str) -> Iterator[PaperBlock]:
    if appraisal.demands:
        yield PaperBlock("steps", items=tuple(tell(demand.text, lang) for demand in appraisal.demands))
    else:
        yield PaperBlock("note", say("empty.demands", lang))


def _terms(appraisal: Appraisal, lang: str) -> Iterator[PaperBlock]:
    yield PaperBlock("heading", say("section.terms", lang))
    if not appraisal.clauses:
        yield PaperBlock("note", say("empty.terms", lang))
        return
    status = say(f"sheet.{appraisal.sheet_status}", lang)
    yield PaperBlock("text", say("paper.terms", lang, sheet=appraisal.sheet, status=status))
    groups: dict[str, list[ClauseData]] = {}
    for clause in appraisal.clauses:
        groups.setdefault(clause.group, []).append(clause)
    for group, clauses in groups.items():
        yield PaperBlock("sub", word("clauses", group, lang))
        yield PaperBlock("list", items=tuple(_clause(clause, lang) for clause in clauses))


def _clause(clause: ClauseData, lang: str) -> str:
    told = tell(clause.text, lang)
    if clause.state == "known" or clause.id.startswith("unknown."):  # a clause that was not seen says so itself
        return told
    return say(f"clause.{clause.state}", lang) + joint("sentence", lang) + told


def _accounts(appraisal: Appraisal, lang: str) -> Iterator[PaperBlock]:
    accounts = appraisal.accounts
    yield PaperBlock("heading", say("section.accounts", lang))
    yield PaperBlock("text", say("intro.accounts", lang))
    for name, ids in (("fund", accounts.fund), ("budget", accounts.budget), ("cluster", accounts.cluster)):
        yield PaperBlock("sub", say(f"account.{name}", lang))
        if ids:
            yield _figures(appraisal, ids, say(f"account.{name}", lang), lang)
        else:
            yield PaperBlock("note", say("empty.account", lang))
    if accounts.value:
        yield PaperBlock("sub", say("account.value", lang))
        yield _figures(appraisal, accounts.value, say("account.value", lang), lang)
    yield PaperBlock("sub", say("brief.money", lang))
    if not accounts.years:
        yield PaperBlock("note", say("empty.cash", lang))
        return
    table = cash_table(accounts.years, f"{appraisal.case.currency} m", lang)
    names = ("year", "planned", "expected", "low", "high", "receipts", "share")
    head = tuple(say(f"paper.cash.{name}", lang) for name in names)
    rows = tuple((year, *(cell.text for cell in cells)) for year, cells in table.rows)
    caption = say("brief.money_caption", lang) + joint("unit", lang).format(table.unit)
    yield PaperBlock("note", caption)
    yield PaperBlock("table", caption, head=head, rows=rows, numeric=True)


def _risks(appraisal: Appraisal, lang: str) -> Iterator[PaperBlock]:
    findings = {finding.id: finding for finding in appraisal.findings}
    for kind, ids in (("risk", appraisal.summary.risks), ("asset", appraisal.summary.assets)):
        left = unsaid(appraisal, ids)
        yield PaperBlock("heading" if kind == "risk" else "sub", say(f"kinds.{kind}", lang))
        if left:
            yield PaperBlock("list", items=tuple(tell(findings[id].text, lang) for id in left))
        else:
            yield PaperBlock("note", say("paper.none", lang))


def _missing(appraisal: Appraisal, lang: str) -> Iterator[PaperBlock]:
    yield PaperBlock("heading", say("paper.missing", lang))
    findings = {finding.id: finding for finding in appraisal.findings}
    told = [_begun(tell(missing.text, lang)) for missing in appraisal.missing]
    told += [tell(findings[id].text, lang) for id in appraisal.summary.gaps]
    if told:
        yield PaperBlock("list", items=tuple(dict.fromkeys(told)))
    else:
        yield PaperBlock("note", say("paper.none", lang))


def _begun(words: str) -> str:
    """What is missing is named within sentences elsewhere; here it begins a line."""
    return words[:1].upper() + words[1:]


def _sources(appraisal: Appraisal, lang: str) -> Iterator[PaperBlock]:
    yield PaperBlock("heading", say("paper.sources", lang))
    head = tuple(say(f"paper.source.{name}", lang) for name in ("publisher", "title", "day", "grade"))
    rows = tuple(_source(source, lang) for source in appraisal.sources if not source.withheld)
    if rows:
        yield PaperBlock("table", say("paper.sources", lang), head=head, rows=rows, widths=(10, 17, 7, 4))
    withheld = Counter(publisher(source, lang) for source in appraisal.sources if source.withheld)
    if withheld:
        yield PaperBlock("note", say("paper.withheld", lang))
        told = (say("paper.times", lang, what=_begun(what), n=n) for what, n in sorted(withheld.items()))
        yield PaperBlock("list", items=tuple(told))
    if not rows and not withheld:
        yield PaperBlock("note", say("paper.none", lang))


def _source(source: SourceData, lang: str) -> tuple[str, ...]:
    when = day(source.date, lang) if source.date is not None else say("paper.undated", lang)
    return said(source.publisher, lang), said(source.title, lang), when, source.grade


def _figures(appraisal: Appraisal, ids: tuple[str, ...], name: str, lang: str) -> PaperBlock:
    head = (say("paper.figure", lang), say("paper.value", lang))
    figures = (appraisal.figures[id] for id in ids)
    rows = tuple((tell(f.label, lang), format_figure(f, lang, appraisal.figures)) for f in figures)
    return PaperBlock("table", name, head=head, rows=rows, widths=(5, 7))


def _hashes(appraisal: Appraisal, lang: str) -> PaperBlock:
    hashes: Mapping[str, str] = {
        "appraisal": sha256(to_json(appraisal).encode()).hexdigest(),
        "view": appraisal.versions.view_sha256,
        "method": appraisal.versions.method_sha256,
        "playbook": appraisal.playbook.sha256,
    }
    head = (say("paper.what", lang), say("paper.hash", lang))
    rows = tuple((say(f"version.{name}", lang), text) for name, text in hashes.items())
    return PaperBlock("table", say("paper.rests_on", lang), head=head, rows=rows, widths=(3, 8))


def _session(lang: str, taken: DecisionTaken | None, present: Sequence[tuple[str, str]]) -> Iterator[PaperBlock]:
    yield PaperBlock("heading", say("paper.present", lang))
    if taken is None:
        yield _open("form", lang, ("date", "place", "chair"), 1)
    else:
        head = tuple(say(f"paper.field.{name}", lang) for name in ("date", "by", "entry"))
        rows = ((day(taken.decided_on, lang), taken.by, str(taken.entry)),)
        yield PaperBlock("table", say("paper.present", lang), head=head, rows=rows)
    named = present or [(name, "") for name, _ in (taken.votes if taken else ())]
    form = _open("form", lang, ("name", "office", "signature"), 0 if named else PEOPLE)
    yield replace(form, rows=tuple((name, office, "") for name, office in named)) if named else form


def _votes(lang: str, taken: DecisionTaken | None) -> Iterator[PaperBlock]:
    yield PaperBlock("heading", say("paper.votes", lang))
    if taken is None or not taken.votes:
        yield _open("form", lang, ("for", "against", "abstain"), 1)
        return
    head = (say("paper.field.name", lang), say("paper.field.vote", lang))
    rows = tuple((name, say(f"paper.field.{vote}", lang)) for name, vote in taken.votes)
    yield PaperBlock("table", say("paper.votes", lang), head=head, rows=rows)


def _choice(code: str, lang: str, taken: DecisionTaken | None) -> str:
    mark = "☒" if taken is not None and taken.decision == code else "☐"
    return f"{mark} {_begun(render(Message.of(f'ledger.decision.{code}'), lang))}"


def _words(name: str, lang: str, words: str | None) -> Iterator[PaperBlock]:
    yield PaperBlock("heading", say(f"paper.{name}", lang))
    if words is None:
        yield PaperBlock("signs", rows=((),) * LINES)
    else:
        yield from (PaperBlock("text", part) for part in words.strip().splitlines() if part.strip())


def _open(kind: Kind, lang: str, names: tuple[str, ...], rows: int) -> PaperBlock:
    head = tuple(say(f"paper.field.{name}", lang) for name in names)
    return PaperBlock(kind, head=head, rows=(("",) * len(names),) * rows)
