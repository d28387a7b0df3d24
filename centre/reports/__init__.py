"""Reports: what the centre knows of each session."""
