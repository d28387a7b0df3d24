"""One screen for all, used by touch: the bar over the picture, idle tiles, the call for help."""
