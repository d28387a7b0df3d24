"""What people want to learn, how, and how long: asked before a course plan, summed, never by person."""
