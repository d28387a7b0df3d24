"""What all pages share without Qt: the session in hand, preferences, names of pages, what has changed."""
