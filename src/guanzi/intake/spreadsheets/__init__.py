"""Spreadsheets of others as evidence: formulas as a graph, read and never computed."""

from guanzi.intake.spreadsheets.cells import read_cells
from guanzi.intake.spreadsheets.graph import Address, CellDifference, ModelGraph, differences, shown

__all__ = ["Address", "CellDifference", "ModelGraph", "differences", "read_cells", "shown"]
