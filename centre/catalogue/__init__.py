"""The catalogue at the centre: lecturers, venues, classes and the other rows people maintain."""
