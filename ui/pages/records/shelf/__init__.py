"""The month's books: each form on the screen, with the sessions behind its figures."""
