"""The ledger: turnout."""
