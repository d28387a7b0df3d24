"""What people at the centre decided, signed, so that stations can bring it back to a centre that lost it."""
