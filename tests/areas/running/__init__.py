"""The ledger: running."""
