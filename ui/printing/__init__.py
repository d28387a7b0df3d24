"""Paper: sign-in sheets, session records and member cards, to a printer or a PDF."""
