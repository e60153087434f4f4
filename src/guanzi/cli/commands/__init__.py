"""The commands, by the work they belong to: a file declares names and options; the work lies in the modules above."""
