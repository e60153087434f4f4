"""What is verified by a document: figures that were written since the decision, and reports of milestones alike.

What a person wrote after the committee decided is his word. It moves money only once somebody else has verified it by a
document of the data room; the verification is one of what was written, by its hash, and falls with an interest of
whoever gave it (:func:`guanzi.office.deciding.voiding.void_verified`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from guanzi.base.core import sha256_of
from guanzi.deal.terms import payouts
from guanzi.jobs.following import READ_FROM, deciding_figures, monitoring
from guanzi.office.cases.contents import new_version, read_tree
from guanzi.office.models import FigureOwed, OfficeCase, Person, Verification
from guanzi.office.paying.afterwards import of_signed, watched_deal
from guanzi.office.paying.now import DealNow
from guanzi.record.evidence import WATCHED, Case, Fact

FIGURES = frozenset(name for names in READ_FROM.values() for name in names)
"""Names of the facts that conditions of a term sheet are tested on."""
SOON = timedelta(days=92)
"""How long before a payment falls due its figures wait for whoever may verify them."""
_BESIDE = ("terms/", "documents/")
"""Files that hold no facts."""


@dataclass(frozen=True, slots=True)
class WrittenFigure:
    """A figure that was written since the decision.

    Attributes:
        digest: Hash of what it says, with its source.
        writers: Who wrote it, by their number; with whoever invited the person of the company that did.
    """

    fact: Fact
    digest: str
    writers: frozenset[int]


@dataclass(frozen=True, slots=True)
class ProofGiven:
    """Where something stands: a document by its id and its hash, page, quote, and the file that says so."""

    document: str
    sha256: str
    page: int
    quote: str
    path: str


def written_since(deal: DealNow, watched: monitoring.Watched, some: Iterable[str]) -> Mapping[str, WrittenFigure]:
    """Which of some facts were written, or say something else, since the committee decided on what is signed.

    Args:
        deal: The signed deal.
        watched: The same on a day.
        some: Ids of facts.
    """
    number, tree = next((number, tree) for number, _, _, tree in deal.versions if tree is not None)
    wanted = frozenset(some)
    facts = [fact for fact in watched.case.facts if fact.id in wanted]
    digests = digests_of(watched.case, facts)
    new = [fact for fact in facts if _is_reported(fact)]
    others = [fact for fact in facts if not _is_reported(fact)]
    if others and _other_files(deal.case.tree, tree):
        stood = _stood(deal.case, tree)
        new += [fact for fact in others if stood.get(fact.id) != digests[fact.id]]
    found = {}
    for fact in new:
        since = 0 if _is_reported(fact) else number
        made = (by for n, changed, by, _ in deal.versions if n > since and fact.place.file in changed)
        by = {*made}
        by |= {deal.inviters[one] for one in by if one in deal.inviters}
        found[fact.id] = WrittenFigure(fact, digests[fact.id], frozenset(by))
    return found


def digests_of(read: Case, facts: Iterable[Fact]) -> Mapping[str, str]:
    """Hash of what facts of a case say, with their sources; by their ids."""
    sources = {source.id: source.content() for source in read.sources}
    return {fact.id: sha256_of({"fact": fact.content(), "source": sources[fact.source]}) for fact in facts}


def give(case: OfficeCase, fact: str, digest: str, proof: ProofGiven, person: Person, at: datetime) -> Verification:
    """Verify a fact by a document, within an action; what verified it before, or as it was before, falls."""
    Verification.objects.filter(case=case, fact=fact, fell_at=None).update(fell_at=at, fell_because="again")
    return Verification.objects.create(
        case=case,
        fact=fact,
        digest=digest,
        document=proof.document,
        proof=proof.sha256,
        page=proof.page,
        quote=proof.quote,
        path=proof.path,
        person=person,
        at=at,
    )


def log_entry(given: Verification) -> dict[str, Any]:
    """A verification as the log holds it, beside its quote and its document."""
    return {"verified": given.fact, "digest": given.digest, "proof": given.proof, "page": given.page}


def take_out(case: OfficeCase, person: Person) -> str | None:
    """Take out of the newest version what verifications say that fell, within an action; older versions keep it.

    Returns:
        Hash of the new version; None: nothing had to be taken out.
    """
    if case.state != "signed" or case.head is None:
        return None
    fallen = set(Verification.objects.filter(case=case).exclude(fell_at=None).values_list("path", flat=True))
    gone = sorted(fallen & case.tree.keys())
    if not gone:
        return None
    return new_version(case, dict.fromkeys(gone), person, "verification fell").version.sha256


def keep_unverified(case: OfficeCase, day: date) -> None:
    """Keep which figures decide a payment that is soon to be made and were written since the decision."""
    rows = unverified_rows(case, day)
    FigureOwed.objects.filter(case=case).delete()
    FigureOwed.objects.bulk_create(FigureOwed(case=case, **row) for row in rows)


def unverified_rows(case: OfficeCase, day: date) -> list[dict[str, Any]]:
    """Figures that decide a payment that is soon to be made and were written since the decision, as rows hold them."""
    watched, deal = watched_deal(case, day), DealNow(case)
    corrected = {fact.supersedes for fact in watched.case.facts}
    some = [f.id for f in watched.case.facts if f.name in FIGURES and f.id not in corrected]
    written = written_since(deal, watched, some)
    by: dict[str, list[str]] = {}
    if written:
        ahead = tuple(one for one in payouts(watched.sheet) if one.id not in deal.paid and one.due <= day + SOON)
        deciding = of_signed(
            case,
            day,
            ("deciding", *(one.id for one in ahead)),
            lambda folder: deciding_figures(watched.sheet, watched.view, ahead, watched.rules, watched.examined),
        )
        for tranche, facts in deciding.items():
            for fact in facts:
                if fact in written:
                    by.setdefault(fact, []).append(tranche)
    return [
        {
            "fact": fact,
            "digest": written[fact].digest,
            "name": written[fact].fact.name,
            "period": str(written[fact].fact.period),
            "tranches": tranches,
            "writers": sorted(written[fact].writers),
        }
        for fact, tranches in by.items()
    ]


def _is_reported(fact: Fact) -> bool:
    """Whether a fact stands in ``monitoring/``: it came after signing, whatever it says."""
    return fact.place.file.startswith(f"{WATCHED}/")


def _other_files(now: Mapping[str, str], then: Mapping[str, str]) -> bool:
    """Whether any file with facts is another one."""
    names = (name for name in {*now, *then} if not name.startswith((f"{WATCHED}/", *_BESIDE)))
    return any(now.get(name) != then.get(name) for name in names)


def _stood(case: OfficeCase, decided: Mapping[str, str]) -> Mapping[str, str]:
    """Facts that stood in the version on which the committee decided, with the hash of what they said."""
    read = read_tree(case.slug, decided)
    corrected = {fact.supersedes for fact in read.facts}
    return digests_of(read, [fact for fact in read.facts if fact.id not in corrected])
