"""What keyboards, clickers, card readers and scanners send, and what it means."""
