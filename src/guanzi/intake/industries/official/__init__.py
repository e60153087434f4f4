"""Official data: where they lie, how they are fetched, and how the tables of each provider are read."""

from guanzi.intake.industries.official import eurostat, qcew, worldbank
from guanzi.intake.industries.official.download import Fetched, cache_folder, fetch
from guanzi.intake.industries.official.eurostat import read_eurostat
from guanzi.intake.industries.official.qcew import read_qcew
from guanzi.intake.industries.official.trade import baci_address, harvard_address, read_baci, read_harvard
from guanzi.intake.industries.official.worldbank import read_world_bank

__all__ = [
    "Fetched",
    "baci_address",
    "cache_folder",
    "eurostat",
    "fetch",
    "harvard_address",
    "qcew",
    "read_baci",
    "read_eurostat",
    "read_harvard",
    "read_qcew",
    "read_world_bank",
    "worldbank",
]
