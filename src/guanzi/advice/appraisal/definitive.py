"""What definitive agreements are still to state before anything binding is signed, read off the sheet."""

from __future__ import annotations

from guanzi.base.core import Message
from guanzi.deal.terms import Flow, TermSheet, Unknown, owed_by

ID = "appraisal.demand.definitive"


def definitive(sheet: TermSheet) -> Message:
    """The demand for definitive agreements: what the sheet does not state yet, or that they state the same."""
    asked = _asked(sheet)
    if not asked:
        return Message.of(f"{ID}.same")
    return Message.of(ID, what=tuple(Message.of(f"{ID}.{part}") for part in asked))


def _asked(sheet: TermSheet) -> tuple[str, ...]:
    """Parts of the agreement that the sheet leaves open, of what has not been paid."""
    seen = tuple(flow for flow in owed_by(sheet, *sheet.public) if flow.nature != "contingent")
    still = tuple(flow for flow in seen if flow.already is None)
    amounts = not seen or any(flow.low != flow.high or flow.low is None for flow in still)
    parts = {"amounts": amounts}
    if sheet.buys_shares is not False:
        stakes = sheet.public_stakes
        parts["share"] = not stakes or any(isinstance(stake.share, Unknown) for stake in stakes)
        parts["exit"] = sheet.sells_back is not True
    else:
        lent = tuple(flow for flow in still if flow.nature == "lent")
        given = tuple(flow for flow in still if flow.nature != "lent")
        if lent:
            parts |= _of_loans(sheet, {flow.instrument for flow in lent})
        if given or not lent:
            parts |= _of_gifts(sheet, given)
    return tuple(part for part, open_ in parts.items() if open_)


def _of_loans(sheet: TermSheet, ids: set[str]) -> dict[str, bool]:
    loans = [item for _, item in sheet.items("instruments") if item.id in ids]
    return {
        "interest": any(isinstance(loan.rate, Unknown) for loan in loans),
        "repayment": any(sheet.unseen(loan.id, "years") or sheet.unseen(loan.id, "repayment") for loan in loans),
        "security": any(loan.rank != "secured" and not loan.obligors for loan in loans),
    }


def _of_gifts(sheet: TermSheet, given: tuple[Flow, ...]) -> dict[str, bool]:
    free = any(flow.condition is None or sheet.awaits_unseen(flow) for flow in given)
    kept = any(sheet.claimed_back(flow.instrument) is not True for flow in given)
    return {"conditions": free or not given, "clawback": kept or not given}
