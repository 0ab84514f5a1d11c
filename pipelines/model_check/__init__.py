"""Judges a stranger's model without loading it: headers are read, pickles taken apart, not run."""
