"""Reusable widgets that know neither jobs nor document."""
