"""The county's ledgers: sums over session lines in SQL, the rare cases by the rule itself."""
