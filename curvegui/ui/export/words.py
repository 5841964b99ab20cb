"""What is said of pictures of the parts of the window."""

from curvegui.core.language.text import mark

COPIED = {
    "network": mark("Copied the picture of the network."),
    "maths": mark("Copied the picture of the mathematics."),
    "cost": mark("Copied the picture of the cost."),
}
NOT_SHOWN = {
    "network": mark("There is no picture of the network: it is not shown here."),
    "maths": mark("There is no picture of the mathematics: it is not shown here."),
    "cost": mark("There is no picture of the cost: it is not shown here."),
}
PARTS = {"network": mark("the network"), "maths": mark("the mathematics"), "cost": mark("the cost")}
