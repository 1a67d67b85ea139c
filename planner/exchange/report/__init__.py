"""report.html: a plan as one page to look at, search and print, without a network."""
