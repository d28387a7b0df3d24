"""Course files on this disk."""
