"""The HTTP service: routes, admission of requests, connections, worker processes."""
