"""USB sticks: the bytes of HTTP exchanges as sealed, hash-named files; knows domain and wire only."""
