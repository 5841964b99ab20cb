"""What a hand can hold on the canvas, besides the view."""

PENCIL, RESHAPE, STRETCH = "pencil", "reshape", "stretch"
