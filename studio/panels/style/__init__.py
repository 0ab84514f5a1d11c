"""The Style panel."""
