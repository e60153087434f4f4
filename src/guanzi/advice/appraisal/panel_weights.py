"""Weights of the members, learnt on the companies of the panel and drawn to equal ones (``docs/methods/panel.md``).

They were learnt with the method that was frozen for the panel. What they score is told there with each company left
out; NIO is not among the companies.
"""

from __future__ import annotations

from collections.abc import Mapping

FAILURE: Mapping[str, float] = {"structural": 0.88, "rating": 0.09, "reference": 0.03}
"""Of the curves of failure."""
LEVELS: Mapping[str, Mapping[str, float]] = {
    "revenue": {"structural": 0.40, "reference": 0.55, "naive": 0.05},
    "cash": {"structural": 0.57, "naive": 0.43},
    "value": {"structural": 0.44, "market": 0.05, "naive": 0.51},
}
"""Of the distributions of sales, cash and market value."""
