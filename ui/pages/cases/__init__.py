"""What goes from hand to hand: wishes, requests, filings, and what waits for this station."""
