"""The first three sentences: what we advise, on which terms, and how likely the public side comes out ahead, where."""

from __future__ import annotations

from dataclasses import replace

from guanzi.advice.appraisal.book import text
from guanzi.advice.appraisal.commitments import at_most, instalments
from guanzi.advice.appraisal.data import Text
from guanzi.advice.appraisal.document import Appraisal
from guanzi.advice.appraisal.missing import fetch_first
from guanzi.advice.appraisal.oddsfigures import ROW, SUCCESS
from guanzi.advice.appraisal.public_value import needed_sentence
from guanzi.base.core import Message
from guanzi.deal.terms import TermSheet

SIGNING = ("appraisal.unclear.gain", "appraisal.unclear.survival")
"""What says of a proposal that the other side's answer cannot be told at this number of paths."""


def lead(found: Appraisal, sheet: TermSheet | None) -> tuple[Text, ...]:
    """What follows the headline: the terms, what the register says, and the odds in each account that is computed.

    Where the evidence does not suffice no odds of the model are told: they would rest on what is not known.

    Args:
        found: The appraisal, with its proposal where there is one.
        sheet: The terms that are advised: the deal as signed, or the proposed form.
    """
    if found.implausible:
        reasons = tuple(Message.from_dict(reason.model_dump()) for reason in found.implausible)
        return *_first(found, sheet), text(Message.of("appraisal.sentence.implausible", reasons=reasons))
    if found.advice == "insufficient_evidence":
        return _first(found, sheet)
    return *_first(found, sheet), text(_odds(found, sheet))


def _first(found: Appraisal, sheet: TermSheet | None) -> tuple[Text, ...]:
    """The terms, and what the register says where it says something."""
    success, needed = (found.figures.get(id) for id in (SUCCESS, "odds.needed"))
    if success is None or needed is None or needed.note is None:
        return (text(_terms(found, sheet)),)
    how, ratio = needed.note.id.rpartition(".")[2], needed.note.params.get("ratio")
    own = found.proposal is not None and found.proposal.taken
    level = _value(found, "proposal.needed") if own else needed.value
    margin = next((row.rule.params.get("limit") for row in found.rows if row.id == ROW), 0.0)
    pays = Message.of(f"appraisal.lead.pays.{how}", needed=level, ratio=ratio, margin=margin)
    told = {"chance": success.value, "low": success.low, "high": success.high}
    return text(_terms(found, sheet)), text(Message.of("appraisal.lead.priced", pays=pays, **told))


_UNSIGNED, _REFUSED = "appraisal.lead.conditions.unsigned", "appraisal.lead.would_not_sign"
"""Sentences that say that the other side would not sign."""


def offer_headline(found: Appraisal) -> Text:
    """Decline as signed; back with the terms of the proposal."""
    params = dict(found.summary.headline.params)
    return Text(id="appraisal.headline.offer", params={k: params[k] for k in ("region", "company") if k in params})


def _terms(found: Appraisal, sheet: TermSheet | None) -> Message:
    """On which terms, and that the other side's answer cannot be told where it lies within its sampling error."""
    said, offer = _terms_message(found, sheet), found.proposal
    if offer is None or found.advice in ("insufficient_evidence", "back"):
        return said
    if all(unclear.id not in SIGNING for unclear in offer.unclear):
        return said
    if said.id in (_UNSIGNED, _REFUSED):
        return replace(said, id=f"{said.id}.undecided")
    return Message.of("appraisal.lead.undecided", said=said)


def _terms_message(found: Appraisal, sheet: TermSheet | None) -> Message:
    offer, currency = found.proposal, found.case.currency
    n = len(found.demands)
    if found.advice == "insufficient_evidence":
        first = tuple(Message.from_dict(m.text.model_dump()) for m in fetch_first(found.missing))
        return Message.of("appraisal.lead.fetch", first=first)
    if offer is not None and offer.taken and sheet is not None:
        planned = instalments(sheet, "invested", "lent")
        free = sum(i.amount.mid or 0.0 for i in planned if not i.conditional)
        tied = sum(i.amount.mid or 0.0 for i in planned if i.conditional)
        kind = "tied" if planned else "given"
        return Message.of_money(currency, f"appraisal.lead.{kind}", free=free, tied=tied, n=n)
    if found.advice != "decline" and SUCCESS in found.figures and _value(found, "public.amount") is None:
        before = sum(demand.precedent for demand in found.demands)
        return Message.of("appraisal.lead.negotiate", n=n, first=before)
    if found.advice == "back":
        return Message.of("appraisal.lead.as_signed")
    if found.advice == "back_with_conditions":
        return Message.of("appraisal.lead.conditions" if offer is None or offer.signs else _UNSIGNED, n=n)
    if offer is None:
        rules = tuple(Message.from_dict(row.rule.model_dump()) for row in found.rows if row.decided)
        return Message.of(f"appraisal.lead.{'unsearched' if found.implausible else 'no_term'}", rules=rules)
    if not offer.signs:
        return Message.of(_REFUSED)
    return Message.of(
        "appraisal.lead.tied_declined", rules=tuple(Message.from_dict(rule.model_dump()) for rule in offer.deciding)
    )


def _odds(found: Appraisal, sheet: TermSheet | None) -> Message:
    """How likely the public side is ahead: the fund at its hurdle, and all that is computed in money."""
    own = found.proposal is not None and found.proposal.taken
    prefix = "proposal." if own else ""
    fund = _value(found, f"{prefix}fund_ahead" if own else "fund.ahead")
    whole = _value(found, f"{prefix}value_ahead" if own else "public.value_ahead")
    both = _value(found, f"{prefix}ahead" if own else "public.ahead")
    changed = found.advice in ("back_with_conditions", "decline")
    terms = Message.of(f"appraisal.lead.odds.{'as_it_stands' if changed and not own else 'proposed'}")
    match fund, whole, both:
        case float(), float(), _:
            return Message.of("appraisal.lead.odds.fund_and_value", terms=terms, fund=fund, whole=whole)
        case None, float(), _:
            given = _given(found, sheet, prefix)
            return Message.of("appraisal.lead.odds.value", whole=whole, given=given, needed=_needed(found, own))
        case float(), None, float():
            return Message.of("appraisal.lead.odds.fund", terms=terms, fund=fund, both=both)
        case None, None, float():
            given = _given(found, sheet, prefix)
            return Message.of("appraisal.lead.odds.given", given=given, needed=_needed(found, own))
    ended = any(finding.code == "company_ended" for finding in found.findings)
    simulated = _value(found, "company.survival") is not None
    return Message.of(f"appraisal.lead.odds.{'ended' if ended else 'not_computed' if simulated else 'unknown'}")


def _given(found: Appraisal, sheet: TermSheet | None, prefix: str) -> Message:
    """What a deal that only gives costs: as planned, on average, and how often all of it is paid."""
    most = None if sheet is None else at_most(sheet)
    planned = None if most is None else most[0].mid
    expected = _value(found, f"{prefix or 'public.'}paid_mean")
    currency = found.case.currency
    full = found.figures.get(f"{prefix or 'public.'}paid_in_full")
    if full is None or full.sample is None:
        low, high = (None, None) if most is None else (most[0].low, most[0].high)
        if low != high:
            return Message.of_money(currency, "appraisal.lead.given.between", low=low, high=high, expected=expected)
        return Message.of_money(currency, "appraisal.lead.given.at_most", planned=planned, expected=expected)
    n, paths = full.sample
    return Message.of_money(
        currency, "appraisal.lead.given.planned", planned=planned, expected=expected, n=n, paths=paths
    )


def _needed(found: Appraisal, own: bool) -> Message | str:
    """What a job, else a unit, would have to be worth; nothing where it is whole already, or is not computed."""
    figures = ("break_even.job_year", "break_even.unit")
    held = [(id, value) for id in figures if (value := _value(found, id)) is not None]
    if own or not held or held[0][1] == 0.0:
        return ""
    return needed_sentence(dict(held[:1]), found.case.currency)


def _value(found: Appraisal, id: str) -> float | None:
    return found.figures[id].value if id in found.figures else None
