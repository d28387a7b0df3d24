"""The last step: look over the session, then close it; late entries afterwards."""
