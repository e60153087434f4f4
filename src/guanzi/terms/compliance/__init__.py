"""Compliance: public rules as packs of data, judged on a term sheet by the law that is in force on its day."""
