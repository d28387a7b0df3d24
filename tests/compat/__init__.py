"""What released versions wrote and said: their stores open, their messages are understood."""
