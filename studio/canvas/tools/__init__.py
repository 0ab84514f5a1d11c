"""One small class for each tool of the canvas, behind one protocol."""
