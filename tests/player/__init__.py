"""Playing real video through real libvlc."""
