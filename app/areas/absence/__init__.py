"""Absence: how long a member has not been seen in organisational life, and whom to visit."""
