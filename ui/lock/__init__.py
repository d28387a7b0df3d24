"""The operator's locks: who comes back to the console enters the PIN; members never get there."""
