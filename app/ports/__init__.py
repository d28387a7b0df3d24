"""Where the core touches the machine: one small protocol for each side of such a seam."""
