"""The ledger: yearly."""
