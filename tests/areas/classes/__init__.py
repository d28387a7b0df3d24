"""The ledger: classes."""
