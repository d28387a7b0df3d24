"""Cases: what is opened, moves from hand to hand and ends – wishes, requests, filings, faults."""
