"""The documents of the job and their pictures."""
