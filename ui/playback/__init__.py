"""Playing courses: the controller, and the state that screens show of it."""
