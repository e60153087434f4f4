"""Benchmarks of tracks: panels that are made up, the comparison with a peer, and the protocol of the forecast."""
