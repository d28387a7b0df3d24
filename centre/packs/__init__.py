"""Question packs: imported, sealed, opened in time; and what tests came to."""
