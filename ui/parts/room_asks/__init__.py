"""What the operator asks of those in the room: a rating, what they need, a test, a quiz."""
