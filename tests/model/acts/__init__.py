"""What happens in a history: what operators do, and what befalls them."""
