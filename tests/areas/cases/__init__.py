"""Cases: the machine, its kinds, and what a station does with them."""
