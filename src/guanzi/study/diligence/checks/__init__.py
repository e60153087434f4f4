"""The checks: those of every file here, in the order in which a dossier shows them."""

from guanzi.base.core import modules_in
from guanzi.study.diligence.check import Check

_ORDER = [
    "going-concern",
    "runway",
    "funding-window",
    "plan-funding",
    "shareholder-support",
    "buyer-obligations",
    "trend",
    "unit-margin",
    "break-even",
    "lifecycle-cost",
    "capacity-use",
    "competition",
    "related-party-demand",
    "customer-concentration",
    "customer-index",
    "orders",
    "order-quality",
    "user-retention",
    "referral-price",
    "quality",
    "dependence",
    "plant-before-product",
    "single-supplier",
    "supplier-concentration",
    "second-source",
    "supply-contracts",
    "contribution-in-kind",
    "technology-ownership",
    "technology-route",
    "patent-portfolio",
    "founder",
    "founder-identity",
    "earlier-ventures",
    "references",
    "key-person",
    "team-completeness",
    "competence",
    "plan-kept",
    "city-promises",
    "buyer-record",
    "ownership",
    "litigation",
    "pledged-shares",
    "frozen-shares",
    "related-balances",
    "licence",
    "site-title",
    "ip-and-plant",
    "price-payment",
    "unvalidated",
]
"""A check that is not named comes after those that are."""


def _found() -> tuple[Check, ...]:
    held = [one for file in modules_in(__name__, __path__) for one in vars(file).values() if isinstance(one, Check)]
    by_id = {check.id: check for check in held}
    return tuple(by_id[id] for id in dict.fromkeys((*_ORDER, *by_id)))


CHECKS = _found()

__all__ = ["CHECKS"]
