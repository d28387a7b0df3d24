"""Parts of the walk through every state: what one subject adds to it."""
