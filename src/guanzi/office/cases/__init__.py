"""A case as versions of its folder: files and facts, sheets of terms, what is computed in the background."""
