"""Commands about sessions that were held: what was entered late, what a month still lacks."""
