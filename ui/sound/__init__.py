"""The soft tones of the sign-in screen."""
