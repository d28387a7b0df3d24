"""The ledger: absence."""
