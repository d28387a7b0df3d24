"""The township's or county's word about what was entered late: a session, or one person's mark."""
