"""Scripts that make what ships beside the program: lessons, fonts, sounds, sample roster."""
