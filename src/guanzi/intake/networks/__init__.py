"""Networks: firms and their links, for shocks that travel; sites and demand, for stations."""

from guanzi.intake.networks.firms import FirmFile, find_firms, read_firms
from guanzi.intake.networks.stations import StationFile, find_stations, read_stations

__all__ = ["FirmFile", "StationFile", "find_firms", "find_stations", "read_firms", "read_stations"]
