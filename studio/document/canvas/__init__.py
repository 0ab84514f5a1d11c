"""What a canvas keeps in the project."""
