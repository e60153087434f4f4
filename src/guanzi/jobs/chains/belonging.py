"""To which chain an industry belongs, and which industries make the product of that chain."""

from __future__ import annotations

from guanzi.intake.chains import chain_names, load_chain


def chain_around(industry: str) -> str:
    """Name of the shipped chain whose product or one of whose links an industry makes; empty: there is none."""
    return next((name for name in chain_names() if _belongs(industry, name)), "")


def product_industries(chain: str) -> tuple[str, ...]:
    """The industries that make the product of a shipped chain."""
    return load_chain(chain).industries


def _belongs(industry: str, name: str) -> bool:
    chain = load_chain(name)
    return industry in chain.industries or industry in chain.components
