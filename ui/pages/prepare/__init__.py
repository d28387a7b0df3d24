"""The preparation step: is everything ready, and what will be shown."""
