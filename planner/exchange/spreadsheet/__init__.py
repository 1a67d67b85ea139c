"""Shops from the spreadsheets people have (.xlsx, .xls, .xlsb, .ods, .csv), and back into them (.xlsx, .csv)."""
