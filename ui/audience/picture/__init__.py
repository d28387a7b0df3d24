"""The pictures the room sees, drawn on a canvas."""
