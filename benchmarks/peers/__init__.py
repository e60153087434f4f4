"""What the lane machine is measured against: the same deal written by others' means, and an executor in NumPy."""
