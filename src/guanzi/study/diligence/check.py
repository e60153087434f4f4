"""A check: one question of due diligence, the facts it needs, and what it concludes from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from guanzi.base.core import HOME, Finding, Kind, Message, Severity, made_of, money_form
from guanzi.record.evidence import (
    ACCOUNTS,
    OWN_SUBJECTS,
    Fact,
    View,
    asked_of,
    awaited_of,
    entered_as,
    flow_of,
    is_expected,
    label_of,
    parts_beyond,
    product_unit,
    recalled,
    rivals,
    says_nothing,
    spoken,
    stale_periods,
    words,
)
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import fitting

NOTHING = "no-facts"
"""Ends the id of what a check says that concludes nothing."""
type Conclude = Callable[["Check", View, DealFacts | None], tuple[Finding, ...]]


def always(view: View) -> bool:
    """A question that every case must answer."""
    return True


def _subjects(view: View) -> Mapping[str, frozenset[str]]:
    """Whom the facts of each flow are about."""
    found: dict[str, set[str]] = {}
    for fact in view.facts:
        found.setdefault(flow_of(fact.name), set()).add(fact.subject)
    return {flow: frozenset(subjects) for flow, subjects in found.items()}


@dataclass(frozen=True, slots=True)
class Need:
    """A fact that a check looks for. ``subject`` ``*`` means any other company."""

    name: str
    subject: str = "company"

    def held(self, view: View) -> bool:
        """Whether the view has such a fact."""
        return any(map(self.covers, view.once(_subjects).get(flow_of(self.name), ())))

    def names(self, name: str) -> bool:
        """Whether a fact of this name states what is meant, if in another form or with the other sign."""
        return flow_of(name) == flow_of(self.name)

    @property
    def label(self) -> Message:
        """What is looked for; whose figure it is where the company has one of the same name."""
        name = Message.of(f"evidence.name.{self.name}")
        others = self.subject == "*" and self.name in ACCOUNTS
        return Message.of("diligence.need.of_others", name=name) if others else name

    def covers(self, subject: str) -> bool:
        """Whether a fact about this subject is meant."""
        return subject not in OWN_SUBJECTS if self.subject == "*" else subject == self.subject


@dataclass(frozen=True, slots=True)
class Check:
    """One check of due diligence.

    Attributes:
        id: E.g. ``going-concern``.
        stream: Work-stream of its findings: ``finance``, ``technology``, ``chain``, ``users``, ``unit-economics``,
            ``people`` (team and governance) or ``legal``; ``market`` and ``model`` lie across them.
        needs: The facts it looks for; with none of them it says so, and concludes nothing from silence.
        literature: Where the reasoning comes from; what fits the company while it runs.
        conclude: From check, view and deal to findings.
        core: One of the questions without which there is nothing to weigh; only these count in ``coverage``.
        severity_if_missing: Severity of the gap when none of the facts is held, or when they allow no conclusion.
        currency, product: Of the amounts in its findings, and what they count; those of the view while it runs.
        history: It looks at what was, so that its figures do not grow stale.
        gaps: Codes of its gaps beside that of its own name.
        asks: Whether the case has what the question is about, such as a product that is sold; of a case that has not,
            it says nothing, unless one of its facts is held.
        of: Whom a finding is about, where the check says the same of several; it is in the id and not in the sentence.
    """

    id: str
    stream: str
    needs: tuple[Need, ...]
    literature: str
    conclude: Conclude
    core: bool = False
    severity_if_missing: Severity = Severity.HIGH
    currency: str = HOME
    product: str = ""
    history: bool = False
    gaps: tuple[str, ...] = ()
    asks: Callable[[View], bool] = always
    of: str = ""

    @property
    def title(self) -> Message:
        """The question in words."""
        return Message.of(f"diligence.check.{self.id}")

    @property
    def gap_code(self) -> str:
        """Code of the gap of this check."""
        return "gap_" + self.id.replace("-", "_")

    def has_evidence(self, view: View) -> bool:
        """Whether at least one needed fact is in the view."""
        return any(need.held(view) for need in self.needs)

    def applies(self, view: View) -> bool:
        """Whether the question can be put to the case at all."""
        return self.has_evidence(view) or self.asks(view)

    def run(self, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
        """The findings; none only where the question cannot be put to the case: without facts it says so with a gap."""
        if not self.applies(view):
            return ()
        return recalled(view, _findings_of, self, deal, view.once(_unfit))

    def concluded(self, view: View, deal: DealFacts | None, unfit: tuple[tuple[str, ...], ...]) -> tuple[Finding, ...]:
        """The findings of a case to which the question can be put, where some facts hardly fit one another."""
        product = product_unit(view)
        own = replace(self, currency=view.currency, product=product, literature=fitting(self.literature, product))
        found = self.conclude(own, view, deal)
        found = tuple(_doubted(_qualified(finding, view), view, unfit) for finding in found)
        if not self.history:
            found = tuple(_dated(finding, view) for finding in found)
        if not self.has_evidence(view):
            return (own.without("diligence.no_facts", view), *found)
        if found:
            return found
        held = tuple(f.id for f in view.facts if any(n.names(f.name) and n.covers(f.subject) for n in self.needs))
        return (replace(own.without("diligence.no_conclusion", view), facts=held),)

    def finding(
        self,
        name: str,
        kind: Kind,
        severity: Severity,
        code: str,
        facts: tuple[str, ...] = (),
        *,
        literature: str = "",
        variant: str = "",
        **params: Any,
    ) -> Finding:
        """A finding of this check, with the message ``diligence.<check>.<name>[.<variant>]``."""
        wording = f"{name}.{variant}" if variant else name
        return Finding(
            id=f"{self.id}.{name}.{self.of}" if self.of else f"{self.id}.{name}",
            check=self.id,
            stream=self.stream,
            kind=kind,
            severity=severity,
            message=made_of(Message.of_money(self.currency, f"diligence.{self.id}.{wording}", **params), self.product),
            facts=tuple(dict.fromkeys(facts)),
            literature=literature or self.literature,
            code=code,
        )

    def in_words(
        self, view: View, fact: str, name: str, kind: Kind, severity: Severity, code: str, *, literature: str = ""
    ) -> list[Finding]:
        """A fact in words as a finding that says them; nothing when no such fact is held, or when it says "none"."""
        text = words(view, fact)
        if text is None or says_nothing(text[0]):
            return []
        return [self.finding(name, kind, severity, code, text[1], literature=literature, text=text[0])]

    def gap(self, name: str, severity: Severity, code: str, **params: Any) -> Finding:
        """A gap that this check found; ``variant`` as in :meth:`finding`."""
        return self.finding(name, Kind.GAP, severity, code, **params)

    def within(self, stream: str) -> Check:
        """This check where its finding belongs to another work-stream."""
        return replace(self, stream=stream)

    def about(self, whom: str) -> Check:
        """This check where it says the same of several, e.g. of competitors; the id of a finding tells them apart."""
        return replace(self, of=whom)

    def without(self, reason: str, view: View) -> Finding:
        """The gap of this check where it concludes nothing: why, the names of what it looks for, what speaks of it."""
        asked = tuple(need for need in self.needs if asked_of(view, need.name))
        own = {need.name for need in asked if need.subject != "*"} if reason == "diligence.no_facts" else set[str]()
        if said := spoken(view, own):
            asked = tuple(need for need in asked if need.name not in own or not spoken(view, (need.name,)))
            reason = "diligence.only_words.but" if asked else "diligence.only_words"
        names = tuple(dict.fromkeys(need.label for need in asked))
        return Finding(
            id=f"{self.id}.{NOTHING}",
            check=self.id,
            stream=self.stream,
            kind=Kind.GAP,
            severity=self.severity_if_missing,
            message=Message.of(reason, check=self.title, needs=names, said=tuple(said.values())),
            facts=tuple(said),
            literature=self.literature,
            code=self.gap_code,
        )


def _findings_of(
    view: View, check: Check, deal: DealFacts | None, unfit: tuple[tuple[str, ...], ...]
) -> tuple[Finding, ...]:
    return check.concluded(view, deal, unfit)


def _unfit(view: View) -> tuple[tuple[str, ...], ...]:
    """Ids of facts of the company that hardly fit one another."""
    stated = {fact.id for fact in view.facts if fact.subject == "company"}
    return tuple(tuple(id for id in one.facts if id in stated) for one in parts_beyond(view))


def _qualified(finding: Finding, view: View) -> Finding:
    """The finding, of which the sentence says what its numbers are: a middle, one of several, or no result yet."""
    told_numbers = set(_numbers(finding.message))
    facts = [view.fact(id) for id in finding.facts]
    told = [fact for fact in facts if not isinstance(fact.value, str | bool) and fact.number in told_numbers]
    others = [other for fact in told for other in rivals(view.resolution_of(fact)) if other not in told]
    qualified = {
        "ranged": [_value(fact) for fact in told if fact.interval[0] != fact.interval[1]],
        "rivals": [_value(other) for other in others],
        "expected": [_value(fact) for fact in told if is_expected(fact)],
    }
    message = finding.message
    for kind, parts in qualified.items():
        if parts:
            message = Message.of(f"diligence.{kind}", said=message, parts=tuple(dict.fromkeys(parts)))
    also = (other.id for other in others if other.id not in finding.facts)
    return replace(finding, message=message, facts=(*finding.facts, *dict.fromkeys(also)))


def _doubted(finding: Finding, view: View, unfit: Iterable[tuple[str, ...]]) -> Finding:
    """The finding, of which the sentence says what of its figures hardly fits another; not the one that tells this."""
    odd = [ids for ids in unfit if not set(ids).isdisjoint(finding.facts)]
    if not odd or finding.code == "gap_parts":
        return finding
    facts = (view.fact(id) for ids in odd for id in ids)
    parts = (Message.of("diligence.stale.part", name=label_of(f.name) or f.name, period=str(f.period)) for f in facts)
    told = Message.of("diligence.doubted", said=finding.message, parts=tuple(dict.fromkeys(parts)))
    return replace(finding, message=told)


def _value(fact: Fact) -> Message:
    """What a fact is called, with its period and its value or its two ends."""
    form, (low, high) = money_form(fact.unit), fact.interval
    scale, kind = (1.0, "number") if form is None else (1.0 if form[1] else 1e-6, "money")
    ends = {"value": low * scale} if low == high else {"low": low * scale, "high": high * scale}
    id = f"diligence.{'fact' if low == high else 'ranged'}.{kind}"
    told = Message.of(id, name=label_of(fact.name) or fact.name, period=str(fact.period), **ends)
    return told if form is None else told.counted_in(form[0])


def _numbers(message: Message) -> Iterator[float]:
    """The numbers of a message and of those within it."""
    for _, value in message.params:
        if isinstance(value, Message):
            yield from _numbers(value)
        elif isinstance(value, int | float):
            yield value


def _dated(finding: Finding, view: View) -> Finding:
    """The finding, of which the sentence itself says what of its figures is stale: nobody can tell it without."""
    stale = stale_of(view, finding.facts)
    if stale is None:
        return finding
    return replace(finding, message=Message.of("diligence.dated", said=finding.message, stale=stale))


def stale_of(view: View, facts: Iterable[str]) -> Message | None:
    """What of some facts newer accounts should have replaced by the day of a view; None: nothing."""
    old = stale_periods(view, facts)
    if not old:
        return None
    named = ((entered_as(view, flow, period), period) for flow, period in old)
    parts = tuple(
        Message.of("diligence.stale.part", name=label_of(name) or name, period=str(period)) for name, period in named
    )
    day = max(awaited_of(view, period) for _, period in old)
    return Message.of("diligence.stale", parts=parts, day=day.isoformat())
