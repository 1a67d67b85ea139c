"""How the program speaks: its languages, its texts in them, and how numbers, money and days read."""
