"""A generated county-year: real facts in real stores, and a naive recount of every ledger over it."""
