"""What stands on the undo stack."""
