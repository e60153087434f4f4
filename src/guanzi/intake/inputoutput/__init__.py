"""Input-output tables as publishers issue them, bills of materials, and the size of a region's sectors."""

from guanzi.intake.inputoutput.bills import Bill, BillPart, Span, read_bill
from guanzi.intake.inputoutput.forms import IO_FORMS
from guanzi.intake.inputoutput.provinces import ProvinceTables, province_tables
from guanzi.intake.inputoutput.reading import read_io_table
from guanzi.intake.inputoutput.regions import RegionFile, read_region, region_of_size
from guanzi.intake.inputoutput.shipped import (
    USUAL_TABLE,
    bill_names,
    find_bill,
    find_province,
    find_table,
    table_cards,
    table_names,
    table_of_country,
    unpacked,
)
from guanzi.intake.inputoutput.table import IOTable

__all__ = [
    "IO_FORMS",
    "USUAL_TABLE",
    "Bill",
    "BillPart",
    "IOTable",
    "ProvinceTables",
    "RegionFile",
    "Span",
    "bill_names",
    "find_bill",
    "find_province",
    "find_table",
    "province_tables",
    "read_bill",
    "read_io_table",
    "read_region",
    "region_of_size",
    "table_cards",
    "table_names",
    "table_of_country",
    "unpacked",
]
