"""The discussion step: a timer, three questions on the big screen, what was said."""
