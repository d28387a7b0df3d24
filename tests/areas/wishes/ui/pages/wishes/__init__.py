"""The page of wishes."""
