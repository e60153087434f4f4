"""The names under which facts state one flow: plain, to date, or with the other sign."""

from __future__ import annotations

FORMS: dict[str, tuple[tuple[str, int], ...]] = {
    "net_loss": (("net_loss", 1), ("net_profit", -1), ("net_loss_to_date", 1)),
    "net_profit": (("net_profit", 1), ("net_loss", -1), ("net_loss_to_date", -1)),
    "operating_loss": (("operating_loss", 1), ("operating_profit", -1)),
    "operating_profit": (("operating_profit", 1), ("operating_loss", -1)),
    "revenue": (("revenue", 1), ("revenue_to_date", 1)),
    "deliveries": (("deliveries", 1), ("deliveries_to_date", 1)),
}
"""Under which names, and with which sign, facts state a flow; where two state one period, the first counts."""


_FLOW_OF: dict[str, str] = {}
for _flow, _forms in FORMS.items():
    for _name, _ in _forms:
        _FLOW_OF.setdefault(_name, _flow)


def names_of(flow: str) -> tuple[str, ...]:
    """The names under which facts state a flow, its own first."""
    return tuple(name for name, _ in FORMS.get(flow, ((flow, 1),)))


def flow_of(name: str) -> str:
    """The flow that facts of a name state when they do so in another form, or with the other sign.

    >>> flow_of("net_loss_to_date"), flow_of("net_profit"), flow_of("capex")
    ('net_loss', 'net_loss', 'capex')
    """
    return _FLOW_OF.get(name, name)
