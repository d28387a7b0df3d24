"""For trying and showing the program: the sample place and the tour."""
