"""Training classes: their timetable as people say it, and who has been through one."""
