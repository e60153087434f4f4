"""After the signature: what may be released, what is held, and what a deal shows every night."""
