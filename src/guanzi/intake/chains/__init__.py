"""Industrial chains: what a table states of components, firms, plants and ties, and what of it was known on a day."""

from guanzi.intake.chains.model import Chain, ChainFirm, ChainStatement, ChainView, Component, Locality
from guanzi.intake.chains.reading import chain_names, chain_of, link_names, load_chain, read_chain
from guanzi.intake.chains.writing import write_chain_workbook

__all__ = [
    "Chain",
    "ChainFirm",
    "ChainStatement",
    "ChainView",
    "Component",
    "Locality",
    "chain_names",
    "chain_of",
    "link_names",
    "load_chain",
    "read_chain",
    "write_chain_workbook",
]
