"""The documents of the job."""
