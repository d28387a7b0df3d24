"""What station and centre both speak: the bytes of facts, the messages, the numbered errors."""
