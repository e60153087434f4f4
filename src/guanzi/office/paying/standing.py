"""Where a signed deal stands, as plain data: what the portfolio adds up without opening a case."""

from __future__ import annotations

from typing import Any

from guanzi.advice.following import FundDeal, fund
from guanzi.jobs.following import monitoring
from guanzi.office.models import OfficeCase
from guanzi.record.playbooks import load_playbook


def standing_of(case: OfficeCase, found: monitoring.Result) -> dict[str, Any]:
    """Planned, bound and paid money of a deal, its calls by quarter, its days, its covenants; amounts in millions."""
    watched = found.watched
    view, sheet = watched.view, watched.sheet
    deal = FundDeal(view, sheet, found.examined, None)
    whole = fund([deal], sheet.currency, load_playbook(case.playbook))
    row = whole.rows[0]
    return {
        "currency": sheet.currency,
        "company": view.company.id,
        "industry": view.industry,
        "region": view.region.id,
        "planned": row.planned,
        "before": row.before,
        "bound": row.bound,
        "untold": row.untold,
        "due": row.due,
        "paid": row.paid,
        "returned": row.returned,
        "unknown": len(row.unknown),
        "tiers": [{"id": tier.id, "now": tier.now} for tier in row.tiers],
        "breached": [one.id for one in found.examined.covenants if one.state == "breached"],
        "calls": [
            {"quarter": str(call.period), "planned": call.planned, "paid": call.paid, "unknown": call.unknown}
            for call in whole.calls
        ],
        "calendar": [
            {"day": entry.day.isoformat(), "kind": entry.kind, "text": entry.text.as_dict()}
            for entry in found.calendar
            if not entry.done
        ],
    }
