"""Figures of this program beside their floors: the least a correct program could take."""
