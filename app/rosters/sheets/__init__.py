"""Reading the cells of a sheet as rows of people."""
