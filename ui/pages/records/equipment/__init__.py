"""The site's devices: entered, corrected, told to be broken, mended or gone, beside the month's books."""
