"""Forms of the centre: made from its report, as spreadsheet, for print, and for all sites at once."""
