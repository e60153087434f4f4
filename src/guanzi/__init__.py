"""Guanzi: choose an industry, examine a company, structure a staged deal, watch it, and learn from it."""

__version__ = "0.1.0"
