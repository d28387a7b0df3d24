"""The operator's pages: each a frozen state, a presenter without Qt, and a view."""
