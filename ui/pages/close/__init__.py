"""The last step: look over the evening, then close it; late entries afterwards."""
