"""Networks: firms and their links, for shocks that travel."""

from guanzi.intake.networks.firms import FirmFile, find_firms, read_firms

__all__ = ["FirmFile", "find_firms", "read_firms"]
