"""Who each row of a roster is: somebody known, somebody new, or a question."""
