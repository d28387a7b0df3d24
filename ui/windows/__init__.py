"""The windows: the operator's, the room's, and how they are left."""
