"""The people of this station, as the centre keeps them."""
