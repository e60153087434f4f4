"""The names of facts that a company reports after signing, and the units in which each is stated."""

from __future__ import annotations

from guanzi.record.evidence.moneyunits import MONEY

OF_WATCHING: dict[str, tuple[str, ...]] = {
    # figures of conditions
    "ebitda": MONEY,
    "founder_share": ("ratio",),
    "research_local": ("flag",),
    "listing_filed": ("flag",),
    "listed": ("flag",),
    "control_changed": ("flag",),
    "company_rescued": ("flag",),
    "company_taken_over": ("flag",),
    "company_restructured": ("flag",),
    # the stake: what the public side still holds, and what a sale showed the whole company to be worth
    "public_stake": ("ratio",),
    "company_value_in_sale": MONEY,
    "acquirer_delisting": ("text",),
    # signs of trouble
    "assets_seized": ("text",),
    "executives_left": ("people", "count"),
    "supplier_arrears": MONEY,
    "sign_answered": ("flag",),
    # milestones: the subject is the clause
    "milestone_promised": ("flag",),
    "milestone_reported": ("flag",),
    "milestone_verified": ("flag",),
    # a figure that was verified by a document: the subject is the fact
    "figure_verified": ("flag",),
}
