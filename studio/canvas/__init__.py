"""The canvas: pixels in tiles, tools that change them, and the widgets that show them."""
