"""Property 4: one object, one verdict, as far as the documents of one case show it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from tests.truth.arithmetic import near
from tests.truth.faults import Fault
from tests.truth.pool import canonical
from tests.truth.reading import Reading, within

from guanzi.base.core import Message, render
from guanzi.deal.terms import ConvertibleNote, Loan
from guanzi.jobs.shared.documents.words import of_text
from guanzi.record.evidence import View, label_of

ENDED = ("insolvency_opened", "operations_suspended", "project_cancelled")
"""Facts that say that the company or the project has ended."""
UNSIMULATED = {
    "appraisal.gap.not_simulated",
    "appraisal.sentence.no_sheet",
    "appraisal.sentence.blocked",
    "appraisal.sentence.unseen",
    "appraisal.lead.odds.unknown",
    "reports.empty.exposure",
    "reports.empty.exposure.unsimulated",
}
"""Messages that say that nothing was simulated."""
OF_THE_DEAL = ("fund.", "budget.", "public.ahead", "public.value", "put.", "exposure.", "paid.", "proposal.")
"""Simulated figures of the deal."""
QUIET = ("reports.monitor.empty.signs",)
END = "reports.monitor.lead.end"
"""What a monitor says first where the company has failed."""
HOLDING = ("reports.monitor.course.hold", "reports.monitor.course.add")


def ended(view: View) -> tuple[str, ...]:
    """Facts of the view that say that the company or the project has ended."""
    return tuple(
        fact.id for fact in view.facts if fact.name in ENDED and fact.value is True and fact.subject == "company"
    )


def contradictions(reading: Reading) -> Iterator[Fault]:
    """Two verdicts on one object."""
    yield from _after_the_end(reading)
    yield from _simulated_or_not(reading)
    yield from _paid_in_breach(reading)
    yield from _one_advice(reading)
    yield from _risk_and_asset(reading)
    yield from _reasons(reading)
    yield from _shown_as(reading)
    yield from _in_force(reading)
    yield from _possible(reading)
    yield from _rests(reading)
    yield from _covenants(reading)
    yield from _called(reading)
    yield from _answered(reading)
    yield from _counted(reading)
    yield from _read_by(reading)
    yield from _stoppable(reading)
    yield from _awaited(reading)


def _fault(document: str, place: str, kind: str, said: str, against: str) -> Fault:
    return Fault("verdict", document, place, said, against, kind)


def _after_the_end(reading: Reading) -> Iterator[Fault]:
    """An insolvent company is not backed, not held, and not without a sign of trouble."""
    over = ended(reading.view)
    if over and reading.appraisal.advice == "back":
        yield _fault("dossier", "summary", "back-after-the-end", reading.appraisal.advice, f"held: {', '.join(over)}")
    told = {piece.document for piece, message in reading.messages if message.id == END}
    for piece, message in reading.messages:
        if not piece.document.startswith("monitor"):
            continue
        over = ended(reading.view_of(piece.document))
        quiet = message.id in QUIET and piece.document not in told
        if over and (quiet or message.id in HOLDING):
            yield Fault("verdict", piece.document, piece.section, message, f"held: {', '.join(over)}")


def _simulated_or_not(reading: Reading) -> Iterator[Fault]:
    """“Not simulated” does not stand beside simulated figures of the deal."""
    figures = reading.appraisal.figures.items()
    shown = [id for id, f in figures if f.kind == "simulated" and f.value is not None and id.startswith(OF_THE_DEAL)]
    if not shown:
        return
    for piece, message in reading.messages:
        if message.id in UNSIMULATED and piece.document in ("dossier", "brief", "memorandum"):
            told = _figure_beside(piece.rests, reading)
            if message.id != "appraisal.gap.not_simulated" or told:
                yield Fault("verdict", piece.document, piece.section, message, f"simulated: {', '.join(shown[:4])}")


def _figure_beside(rests: tuple[str, ...], reading: Reading) -> bool:
    """Whether a figure of which a sentence says that it was not simulated has a value."""
    ids = [rest.removeprefix("figure:") for rest in rests if rest.startswith("figure:")]
    figures = reading.appraisal.figures
    return any(id in figures and figures[id].value is not None for id in ids)


def _paid_in_breach(reading: Reading) -> Iterator[Fault]:
    """“Can be paid” does not stand beside a breached covenant of the same day."""
    for name in reading.documents:
        if not name.startswith("release"):
            continue
        ids = {message.id for piece, message in reading.messages if piece.document == name}
        monitor = name.partition(":")[0].replace("release", "monitor")
        seen = {message.id for piece, message in reading.messages if piece.document == monitor}
        if "reports.release.verdict.clear" in ids and "reports.monitor.lead.breached" in seen:
            yield _fault(name, "verdict", "paid-in-breach", "reports.release.verdict.clear", f"{monitor}: breached")
        if "reports.release.verdict.clear" in ids and ended(reading.view_of(name)):
            over = ", ".join(ended(reading.view_of(name)))
            yield _fault(name, "verdict", "paid-after-the-end", "reports.release.verdict.clear", f"held: {over}")


def _one_advice(reading: Reading) -> Iterator[Fault]:
    """Every document gives the advice of the appraisal."""
    advice = reading.appraisal.advice
    for piece, message in reading.messages:
        if piece.document not in ("dossier", "brief", "memorandum", "minutes"):
            continue
        if message.id == "reports.brief.advice":
            told = [value.id.rpartition(".")[2] for name, value in message.params if name == "advice"]
            if told != [advice]:
                yield Fault("verdict", piece.document, piece.section, message, f"advice: {advice}")
    head = reading.appraisal.summary.headline.id.removeprefix("appraisal.headline.").partition(".")[0]
    amount = reading.appraisal.figures.get("public.amount")
    no_sum = amount is None or amount.value is None
    if head != advice and not (head == "negotiate" and no_sum and advice in ("back", "back_with_conditions")):
        yield _fault("dossier", "summary", "headline", reading.appraisal.summary.headline.id, f"advice: {advice}")


def _risk_and_asset(reading: Reading) -> Iterator[Fault]:
    """One fact is not a risk and an asset in the same words, or under the same code."""
    found: dict[tuple[str, tuple[str, ...]], dict[str, str]] = {}
    for finding in reading.appraisal.findings:
        key = (finding.code, tuple(finding.facts))
        if finding.facts and finding.kind in ("risk", "asset"):
            found.setdefault(key, {})[finding.kind] = finding.id
    for (code, _), kinds in found.items():
        if len(kinds) > 1:
            yield _fault("dossier", "findings", "risk-and-asset", code, f"{kinds}")


AGAINST = {"decline": ("asset",), "back": ("risk",), "insufficient_evidence": ("risk", "asset")}
"""Kinds of finding that are no reason for an advice."""


def _reasons(reading: Reading) -> Iterator[Fault]:
    """A reason speaks for the advice, and none stands twice, in other words on the same facts or under another rule."""
    found = {repr(finding.text): finding for finding in reading.appraisal.findings}
    told: list[object] = []
    for reason in reading.appraisal.summary.reasons:
        finding = found.get(repr(reason))
        if finding is not None and finding.kind in AGAINST.get(reading.appraisal.advice, ()):
            against = f"an {finding.kind} under {reading.appraisal.advice}"
            yield _fault("dossier", "summary", "reason-against-advice", reason.id, against)
        own = reason.params.get("because") or (finding.facts if finding is not None else ()) or reason
        if own in told:
            yield _fault("dossier", "summary", "reason-twice", reason.id, f"{own}")
        told.append(own)


SHOWN = {"risk": "risk", "asset": "good", "gap": "unknown"}
"""How a finding is shown, by its kind; a list that says its kind elsewhere shows it plain."""


def _shown_as(reading: Reading) -> Iterator[Fault]:
    """A risk is shown as a risk in every document, and an asset as an asset."""
    kinds = {canonical(of_text(finding.text)): finding.kind for finding in reading.appraisal.findings}
    for name in ("dossier", "brief", "memorandum"):
        document = reading.documents.get(name)
        for sentence in document.sentences() if document is not None else ():
            kind = kinds.get(canonical(sentence.words)) if isinstance(sentence.words, Message) else None
            if kind is not None and sentence.tone not in ("plain", SHOWN.get(kind, "plain")):
                said = canonical(sentence.words)[:200] if isinstance(sentence.words, Message) else ""
                yield _fault(name, "findings", "shown-as", said, f"a {kind}, shown as {sentence.tone}")


def _in_force(reading: Reading) -> Iterator[Fault]:
    """Monitor and fund of one day say the same of a commitment."""
    for mark in ("", "@later"):
        seen, fund = (reading.published.get(f"{name}{mark}") for name in ("monitor", "fund"))
        told = {tier["id"]: tier["in_force"] for tier in seen["tiers"]} if seen is not None else {}
        for deal in fund["deals"][:1] if fund is not None else ():
            for tier in deal["tiers"]:
                if tier["id"] in told and tier["now"] != told[tier["id"]]:
                    said = f"{tier['id']}: {tier['now']}"
                    yield _fault(f"fund{mark}", "tiers", "in-force", said, f"the monitor says {told[tier['id']]}")


CROSSED = re.compile(r"playbooks\.change\.(above|below)\.")
"""What is said of a figure on the other side of the number of its row."""


def _possible(reading: Reading) -> Iterator[Fault]:
    """No change is named that the ends of a figure, which the same document shows, rule out."""
    figures = reading.appraisal.figures
    for reversal in reading.appraisal.reversals:
        change, figure = CROSSED.match(reversal.text.id), figures.get(reversal.finding)
        if change is None or figure is None or not figure.bounds:
            continue
        limit, ends = float(str(reversal.text.params["limit"])), (figure.low, figure.high)
        if None not in ends and not (limit < ends[1] if change[1] == "above" else ends[0] <= limit):
            yield _fault("dossier", "reversals", "impossible-change", f"{change[1]} {limit}", f"{figure.id}: {ends}")


def _rests(reading: Reading) -> Iterator[Fault]:
    """A row that passes because of findings alone does not rest on what is not known."""
    kinds = {finding.id: finding.kind for finding in reading.appraisal.findings}
    for row in reading.appraisal.rows:
        gaps = [id for id in row.findings if kinds.get(id) == "gap"]
        if row.outcome == "pass" and gaps and not row.figures:
            yield _fault("dossier", f"row:{row.id}", "rests-on-gap", row.outcome, ", ".join(gaps))


def _covenants(reading: Reading) -> Iterator[Fault]:
    """Of covenants that may stand in a clause that was not seen nobody says that they do not apply."""
    row = next((row for row in reading.appraisal.rows if row.id == "remedies"), None)
    sheet = reading.sheet
    if row is not None and sheet is not None and sheet.covenants_unseen and row.outcome == "not_applicable":
        yield _fault("dossier", "row:remedies", "unseen-not-applicable", row.outcome, "a clause was not seen")


def _called(reading: Reading) -> Iterator[Fault]:
    """What a row or a condition of the dossier rests on has a name of its own, under which it stands in the dossier."""
    document = reading.documents.get("dossier")
    if document is None:
        return
    places = {at: place for at, place in document.places.items() if place.at.startswith("finding:")}
    names = [canonical(place.words) if isinstance(place.words, Message) else place.words for place in places.values()]
    stands = {sentence.id: sentence for sentence in document.sentences() if sentence.id.startswith("finding:")}
    for place in places.values():
        told = stands.get(place.at)
        shown = "" if told is None else f"{told.name} {told.words}"
        if str(place.words) not in shown:
            yield _fault("dossier", place.at, "called-otherwise", str(place.words), shown[:200])
    for name in {name for name in names if names.count(name) > 1}:
        yield _fault("dossier", "findings", "one-name-for-two", str(name), f"{names.count(name)} findings")


EMPTY = ("diligence.no_facts", "diligence.only_words", "diligence.no_conclusion")
"""Beginnings of what a check says that concludes nothing."""


ASKED_BY = {
    "cash": ("runway",),
    "plan-money": ("plan-funding",),
    "unit-economics": ("unit-margin", "break-even"),
    "demand": ("trend",),
    "orders": ("orders",),
    "customers": ("customer-concentration", "related-party-demand"),
    "suppliers": ("single-supplier", "second-source"),
    "patents": ("technology-ownership",),
    "licence": ("licence",),
    "disputes": ("litigation", "pledged-shares", "frozen-shares"),
    "site": ("site-title",),
    "related-money": ("related-balances",),
    "elsewhere": ("city-promises",),
    "capacity": ("capacity-use",),
}
"""Questions of the plan, and the checks that ask the same."""


def _answered(reading: Reading) -> Iterator[Fault]:
    """No question counts as answered of which a check that asks it concludes nothing, and counts agree."""
    plan, findings = reading.appraisal.plan, reading.appraisal.findings
    silent = {finding.check for finding in findings if finding.text.id.startswith(EMPTY)}
    for question in plan.questions:
        against = silent & set(ASKED_BY.get(question.id, ()))
        if against and question.facts and not question.partly:
            yield _fault("dossier", "plan", "answered-and-unknown", question.id, ", ".join(sorted(against)))
    whole = sum(bool(question.facts) and not question.partly for question in plan.questions)
    told = plan.sentence.params.get("answered")
    if told != whole or sum(stream.answered for stream in plan.streams) != whole:
        yield _fault("dossier", "plan", "answers-miscounted", f"{told}", f"{whole}")


def _counted(reading: Reading) -> Iterator[Fault]:
    """The table of work-streams counts the findings that stand below it."""
    document = reading.documents.get("dossier")
    for table in () if document is None else (table for table in document.tables() if table.id == "streams"):
        for row in table.rows:
            held = row.cells[0].value
            named = row.head.value
            stream = named.id.rpartition(".")[2] if isinstance(named, Message) else str(named)
            mine = [finding for finding in reading.appraisal.findings if finding.stream == stream]
            numbers = [sum(finding.kind == kind for finding in mine) for kind in SHOWN]
            if [cell.value for cell in row.cells[1:4]] != numbers:
                yield _fault("dossier", "streams", "stream-miscounted", stream, f"{numbers}")
            if isinstance(held, Message) and dict(held.params).get("n", len(mine)) != len(mine):
                yield _fault("dossier", "streams", "stream-miscounted", f"{stream}: {held}", f"{len(mine)}")


OF_LOANS = r"appraisal\.demand\.definitive\.(?:interest|repayment|security)"
IS_HELD = re.compile(r"\b(is|are) held\b")


def _stoppable(reading: Reading) -> Iterator[Fault]:
    """Terms of a loan are asked for before signing while one is to be drawn, and not once all are out."""
    told = {part for demand in reading.appraisal.demands for part in re.findall(OF_LOANS, str(demand.text))}
    asked = sorted(told)
    if reading.sheet is None:
        return
    lent: list[Loan | ConvertibleNote] = [*reading.sheet.of(Loan), *reading.sheet.of(ConvertibleNote)]
    still = [one.id for one in lent if one.lender in reading.sheet.public and one.already is None]
    if asked and not still:
        yield _fault("dossier", "demands", "asked-of-what-is-out", ", ".join(asked), "no loan is still to be drawn")


def _awaited(reading: Reading) -> Iterator[Fault]:
    """Where the company cannot be forecast, no terms are what a simulation of the deal waits for."""
    told = {missing.text.id for missing in reading.appraisal.missing}
    if reading.appraisal.implausible and "appraisal.missing.terms.deal" in told:
        yield _fault(
            "dossier", "missing", "terms-for-forecast", "appraisal.missing.terms.deal", "the model cannot forecast"
        )


def _quoted(view: View, message: Message) -> Iterator[str]:
    """Facts whose name, period and number a sentence gives."""
    if message.id.startswith("diligence.fact."):
        said = dict(message.params)
        for fact in view.facts:
            same = (label_of(fact.name), str(fact.period)) == (said["name"], said["period"])
            value = said["value"]
            if same and isinstance(fact.value, int | float) and isinstance(value, float) and near(fact.number, value):
                yield fact.id


def _read_by(reading: Reading) -> Iterator[Fault]:
    """What says that something is held names the fact; a fact that answers, or stands in a trend, is no unused one."""
    for finding in reading.appraisal.findings:
        if not finding.facts and IS_HELD.search(render(of_text(finding.text))):
            yield _fault("dossier", "findings", "held-and-no-fact", finding.id, render(of_text(finding.text))[:200])
    used = {id for question in reading.appraisal.plan.questions for id in (*question.facts, *question.words)}
    used |= {one.fact for seen in reading.appraisal.trends.values() for one in seen}
    used |= {id for finding in reading.appraisal.findings for id in finding.facts}
    told = [message for finding in reading.appraisal.findings for message in within(of_text(finding.text))]
    used |= {id for message in told for id in _quoted(reading.view, message)}
    for fact in reading.appraisal.facts:
        if fact.id in used and fact.used_for == "nothing":
            corrected = any(other.supersedes == fact.id for other in reading.view.facts)
            if not corrected:
                yield _fault("dossier", f"fact:{fact.id}", "used-and-unused", fact.name, "a finding, question or trend")
