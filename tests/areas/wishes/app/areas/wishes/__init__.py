"""What people of the village wish to learn."""
