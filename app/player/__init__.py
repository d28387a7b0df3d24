"""Playing video with libvlc, behind the port ``app.ports.player``."""
