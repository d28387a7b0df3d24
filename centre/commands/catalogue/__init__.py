"""Commands about the catalogue, its classes and the plan."""
