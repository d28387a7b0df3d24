"""Text that is as large as its place allows and never cut."""
