"""Opening a roster file of any kind in a child process, as sheets of cells."""
