"""Questions with keys that were fixed before anybody looked at an answer."""
