"""Contracts: their clauses, numbered as in the document, the figures that they state, and quotes with pages."""

from guanzi.intake.contracts.clauses import ContractSentence, read_sentences
from guanzi.intake.contracts.figures import PEOPLE, StatedFigure, day_of_contract, figures_in
from guanzi.intake.contracts.quoting import PageQuote, head_of, quotes_of

__all__ = [
    "PEOPLE",
    "ContractSentence",
    "PageQuote",
    "StatedFigure",
    "day_of_contract",
    "figures_in",
    "head_of",
    "quotes_of",
    "read_sentences",
]
