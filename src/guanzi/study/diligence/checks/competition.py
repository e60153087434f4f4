"""Competition: who else sells here, with what means, and what the market does."""

from __future__ import annotations

from guanzi.base.core import Finding, Kind, Message, Severity, catalogue
from guanzi.record.evidence import OWN_SUBJECTS, Reading, View, annual, calendar, latest, over, words
from guanzi.study.diligence.check import Check, Need
from guanzi.study.diligence.deal import DealFacts
from guanzi.study.diligence.literature import COMPETITION as LITERATURE

WEEKS = 52


def _conclude(check: Check, view: View, deal: DealFacts | None) -> tuple[Finding, ...]:
    rivals = sorted({fact.subject for fact in view.facts} - OWN_SUBJECTS)
    found = [finding for rival in rivals for finding in (*_local(check, view, rival), *_means(check, view, rival))]
    return (*found, *_market(check, view), *_in_words(check, view))


def _local(check: Check, view: View, rival: str) -> list[Finding]:
    """A rival that has started to build in the country."""
    rate = latest(view, "local_weekly_rate", subject=rival)
    if rate is None or not rate.value > 0:
        return []
    own = annual(view, "deliveries")
    year = rate.value * WEEKS
    return [
        check.about(rival).finding(
            "local",
            Kind.RISK,
            Severity.HIGH,
            "competition",
            rate.facts + (own.facts if own else ()),
            variant="against-own" if own else "alone",
            rival=_name(rival),
            rate=rate.value,
            at=str(rate.period),
            year=year,
            own=own.value if own else None,
        )
    ]


def _means(check: Check, view: View, rival: str) -> list[Finding]:
    """A rival that is larger by deliveries in the last months, or the last year, held for both."""
    own, theirs = _both(view, rival)
    if own is None or theirs is None or not own.value > 0 or theirs.value <= own.value:
        return []
    return [
        check.about(rival).finding(
            "larger",
            Kind.RISK,
            Severity.MEDIUM,
            "competition",
            own.facts + theirs.facts,
            rival=_name(rival),
            theirs=theirs.value,
            own=own.value,
            times=theirs.value / own.value,
            period=str(own.period),
        )
    ]


def _both(view: View, rival: str) -> tuple[Reading | None, Reading | None]:
    """Deliveries of the company and of a rival over the newest months of which both are known."""
    newest = annual(view, "deliveries")
    held = [] if newest is None else [Reading(newest.amount, newest.period, newest.facts)]
    for own in (*held, *reversed(calendar(view, "deliveries"))):
        theirs = over(view, "deliveries", own.period, rival)
        if theirs is not None:
            return own, theirs
    return None, None


def _market(check: Check, view: View) -> list[Finding]:
    growth = latest(view, "nev_sales_yoy", subject="market")
    if growth is None:
        return []
    shrinks, grows = growth.value < 0, growth.value > 0
    return [
        check.finding(
            "market",
            Kind.ASSET if grows else Kind.RISK,
            Severity.HIGH if shrinks else Severity.MEDIUM,
            "market_grows" if grows else "market_shrinks" if shrinks else "market_still",
            growth.facts,
            variant="grows" if grows else "shrinks" if shrinks else "still",
            change=abs(growth.value),
            period=str(growth.period),
        )
    ]


def _in_words(check: Check, view: View) -> list[Finding]:
    """What is said in words about the field of start-ups and about subsidies."""
    found = []
    for fact, name in (("startups_left", "shakeout"), ("subsidy_text", "subsidy")):
        text = words(view, fact, subject="market")
        if text is not None:
            found.append(check.finding(name, Kind.RISK, Severity.MEDIUM, name, text[1], text=text[0]))
    return found


def _name(subject: str) -> str | Message:
    """The name of a rival that the catalogue knows, else the words of its id."""
    known = f"diligence.rival.{subject}"
    if known in catalogue("diligence"):
        return Message.of(known)
    return subject.upper() if len(subject) <= 3 else subject.replace("_", " ").title()


COMPETITION = Check(
    id="competition",
    stream="market",
    needs=(
        Need("local_weekly_rate", "*"),
        Need("deliveries", "*"),
        Need("nev_sales_yoy", "market"),
        Need("startups_left", "market"),
        Need("subsidy_text", "market"),
    ),
    literature=LITERATURE,
    conclude=_conclude,
    core=True,
)
