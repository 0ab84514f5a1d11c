"""The Story bible panel."""
