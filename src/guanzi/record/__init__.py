"""The record: what is known, from where, since when; documents; how a city decides."""
