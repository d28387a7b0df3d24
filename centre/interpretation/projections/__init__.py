"""Projections: what is read out of facts, key by key, and can be folded anew at any time."""
