"""Cases at the centre: it orders their steps, moves them on, and sends down how they stand."""
