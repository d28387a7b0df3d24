"""The first page: what is planned today, and one button to begin it."""
