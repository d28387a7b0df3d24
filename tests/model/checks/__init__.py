"""What must be true: each promise looked at from outside."""
