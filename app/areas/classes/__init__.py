"""Classes: their timetable as people say it, who attended how much, who has not been through."""
