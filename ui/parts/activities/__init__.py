"""What was done in a session beside signing in: said by touch, over the page that is in front."""
