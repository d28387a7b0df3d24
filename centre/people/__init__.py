"""Who is who: what stations propose about people, one person under several ids, the directory."""
