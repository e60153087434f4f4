"""Chains: what a place has of an industrial chain, what is missing, whom to invite, what a stop takes."""

from typing import TYPE_CHECKING

from guanzi.base.core import late_names

if TYPE_CHECKING:
    from guanzi.intake.chains import chain_names
    from guanzi.jobs.chains.documents.chain import ChainStudy, chain_document, chain_part
    from guanzi.jobs.chains.documents.coverage import coverage_document

__all__ = [
    "ChainStudy",
    "chain_document",
    "chain_names",
    "chain_part",
    "coverage_document",
    "gaps",
    "laboratories",
    "links",
    "multipliers",
    "openness",
    "places",
    "shocks",
    "stations",
    "targets",
]

_LATE = {
    "guanzi.intake.chains": ("chain_names",),
    "documents.chain": (
        "ChainStudy",
        "chain_document",
        "chain_part",
    ),
    "documents.coverage": ("coverage_document",),
}
__getattr__ = late_names(
    __name__,
    _LATE,
    ("gaps", "laboratories", "links", "multipliers", "openness", "places", "shocks", "stations", "targets"),
)
