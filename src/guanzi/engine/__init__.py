"""The engine: company models, the machine that runs paths, and simulations on it."""
