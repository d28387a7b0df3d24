"""The catalogue: what the centre says exists – lecturers, venues, classes, rules – and sends down."""
