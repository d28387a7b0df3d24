"""The one-folder program, where no VLC is installed."""
