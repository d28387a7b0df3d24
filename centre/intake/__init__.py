"""Intake: facts come in as bytes and are durable before anybody reads a meaning into them."""
