"""The words and the code of the exercise that "New exercise" gives: passages to read, and cells to run, in turn."""

from curvegui.core.language.text import mark

PASSAGES: tuple[str, ...] = (
    mark(
        """\
Your own Jacobians

A small network learns to draw a curve. It takes one number, how far along the curve you are, and returns a point
(x, y). Between them are two hidden layers with n1 and n2 neurons. To learn, find out how the cost C depends on every
weight and every bias, and take a small step downhill. That is what the six Jacobians are for.

J_W3 and J_W2 are done. Write J_b3, J_b2, J_W1 and J_b1. Each time you save this file, CurveGUI checks it and shows
what is right, what is wrong and why. You can also run the file by itself: it ends with a short check of its own."""
    ),
    mark(
        """\
What the network computes

Each neuron multiplies what comes in by its weights, adds it all up, and adds a bias. The sum is z. The neuron's
activation a is sigma of it:

    z1 = W1 @ a0 + b1        a1 = sigma(z1)
    z2 = W2 @ a1 + b2        a2 = sigma(z2)
    z3 = W3 @ a2 + b3        a3 = sigma(z3)

All N points go through the network at once, one in each column: a0 has the shape (1, N), z1 and a1 (n1, N), z2 and
a2 (n2, N), z3 and a3 (2, N). d_sigma is the derivative of sigma: how much a changes when z does."""
    ),
    '''\
import numpy as np


def sigma(z):
    """The logistic function: from 0 to 1."""
    return 1 / (1 + np.exp(-z))


def d_sigma(z):
    """Its derivative."""
    return np.cosh(z / 2) ** (-2) / 4


def reset_network(n1=6, n2=7, random=np.random):
    """Start a new network with random weights and biases."""
    global W1, W2, W3, b1, b2, b3
    W1 = random.randn(n1, 1) / 2
    W2 = random.randn(n2, n1) / 2
    W3 = random.randn(2, n2) / 2
    b1 = random.randn(n1, 1) / 2
    b2 = random.randn(n2, 1) / 2
    b3 = random.randn(2, 1) / 2


def network_function(a0):
    """Feed forward: everything that is computed on the way; the last one, a3, is the network's curve."""
    z1 = W1 @ a0 + b1
    a1 = sigma(z1)
    z2 = W2 @ a1 + b2
    a2 = sigma(z2)
    z3 = W3 @ a2 + b3
    a3 = sigma(z3)
    return a0, z1, a1, z2, a2, z3, a3


def cost(x, y):
    """How far off the network's curve is: the mean over the points of the squared distance from y."""
    return np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size


def training_data(N=100):
    """A heart to learn: x, shape (1, N), and y, shape (2, N)."""
    t = np.arange(N) / N
    turn = 2 * np.pi * t
    across = 16 * np.sin(turn) ** 3
    up = 13 * np.cos(turn) - 5 * np.cos(2 * turn) - 2 * np.cos(3 * turn) - np.cos(4 * turn)
    return t.reshape(1, N), (np.array([across, up]) + 20) / 40


reset_network()''',
    mark(
        """\
Layer 3: the chain rule, three factors long

How does the cost depend on W3? W3 changes z3, z3 changes a3, and a3 changes the cost:

    dC/dW3 = dC/da3 * da3/dz3 * dz3/dW3

Factor by factor: the cost is the mean over the points of the squared distance between a3 and y, so dC/da3 is
2 * (a3 - y) at each point, and the division by the number of points, x.size, comes at the end. da3/dz3 is
d_sigma(z3). And dz3/dW3 is a2: `@ a2.T` multiplies by it and adds up over the points in one step.

The result has the shape of W3, (2, n2): one number for each weight."""
    ),
    '''\
def J_W3(x, y):
    """How the cost depends on W3."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)  # dC/da3
    J = J * d_sigma(z3)  # da3/dz3
    return J @ a2.T / x.size  # dz3/dW3, and the mean over the points''',
    mark(
        """\
b3 is simpler. Only the last factor is different:

    dC/db3 = dC/da3 * da3/dz3 * dz3/db3

dz3/db3 is 1, because the bias is added as it is. So there is nothing left to multiply by, but you still need the sum
over the points: np.sum(..., axis=1, keepdims=True). The result has the shape of b3, (2, 1).

From here on, replace `J = ...` with your own lines."""
    ),
    '''\
def J_b3(x, y):
    """How the cost depends on b3."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...  # dC/da3, then da3/dz3, then the mean over the points
    return J''',
    mark(
        """\
Layer 2: one layer further back

W2 changes z2, z2 changes a2, a2 changes z3, and z3 changes a3:

    dC/dW2 = dC/da3 * (da3/dz3 * dz3/da2) * da2/dz2 * dz2/dW2

The part in brackets is new: the link from layer 3 back to layer 2. dz3/da2 is W3. To multiply by it, transpose J,
multiply, and transpose back: (J.T @ W3).T. This changes the shape from (2, N) to (n2, N): every neuron of layer 2
now has its own share of the error."""
    ),
    '''\
def J_W2(x, y):
    """How the cost depends on W2."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2 * (a3 - y)  # dC/da3
    J = J * d_sigma(z3)  # da3/dz3
    J = (J.T @ W3).T  # dz3/da2
    J = J * d_sigma(z2)  # da2/dz2
    return J @ a1.T / x.size  # dz2/dW2, and the mean over the points''',
    mark(
        """\
For b2, again only the last factor is different:

    dC/db2 = dC/da3 * (da3/dz3 * dz3/da2) * da2/dz2 * dz2/db2"""
    ),
    '''\
def J_b2(x, y):
    """How the cost depends on b2."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...  # the same as for W2 up to da2/dz2
    return J''',
    mark(
        """\
Layer 1: two links back

The longest chain has two links, from layer 3 to layer 2 and from layer 2 to layer 1:

    dC/dW1 = dC/da3 * (da3/dz3 * dz3/da2) * (da2/dz2 * dz2/da1) * da1/dz1 * dz1/dW1

dz2/da1 is W2, and dz1/dW1 is a0. The result has the shape of W1, (n1, 1)."""
    ),
    '''\
def J_W1(x, y):
    """How the cost depends on W1."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...  # both links, then da1/dz1, then dz1/dW1 and the mean over the points
    return J''',
    """\
    dC/db1 = dC/da3 * (da3/dz3 * dz3/da2) * (da2/dz2 * dz2/da1) * da1/dz1 * dz1/db1""",
    '''\
def J_b1(x, y):
    """How the cost depends on b1."""
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = ...
    return J''',
    mark(
        """\
Is it right?

You can find out how the cost depends on a weight without the chain rule: change the weight a little and look at the
cost. This is called a finite difference. It is slow and only approximate, but good enough to check every entry."""
    ),
    '''\
def finite_difference(name, x, y, step=1e-5):
    """The Jacobian of one parameter: change each entry a little both ways and compare the costs."""
    parameter = globals()[name]
    J = np.zeros(parameter.shape)
    for place in np.ndindex(*parameter.shape):
        kept = parameter[place]
        parameter[place] = kept + step
        above = cost(x, y)
        parameter[place] = kept - step
        below = cost(x, y)
        parameter[place] = kept
        J[place] = (above - below) / (2 * step)
    return J


def tell(function):
    """One line about one of the six."""
    parameter = function.__name__[2:]
    try:
        J = function(*training_data())
    except Exception as fault:
        return f"stops with {type(fault).__name__}: {fault}"
    if J is None or J is ...:
        return "not written yet"
    wanted = finite_difference(parameter, *training_data())
    if np.shape(J) != wanted.shape:
        return f"has the shape {np.shape(J)}; {parameter} has {wanted.shape}"
    off = np.max(np.abs(J - wanted)) / np.max(np.abs(wanted))
    return "right" if off < 1e-5 else f"wrong: off by {off:.2g} of its largest entry"


if __name__ == "__main__":
    for function in (J_W3, J_b3, J_W2, J_b2, J_W1, J_b1):
        print(function.__name__, tell(function))''',
)
"""Those that begin with ``import`` or ``def`` are code, the others are to be read."""

READ_IN_CODE = (
    mark("The logistic function: from 0 to 1."),
    mark("Its derivative."),
    mark("Start a new network with random weights and biases."),
    mark("Feed forward: everything that is computed on the way; the last one, a3, is the network's curve."),
    mark("How far off the network's curve is: the mean over the points of the squared distance from y."),
    mark("A heart to learn: x, shape (1, N), and y, shape (2, N)."),
    mark("How the cost depends on {name}."),
    mark("{factor}, and the mean over the points"),
    mark("dC/da3, then da3/dz3, then the mean over the points"),
    mark("the same as for W2 up to da2/dz2"),
    mark("both links, then da1/dz1, then dz1/dW1 and the mean over the points"),
    mark("The Jacobian of one parameter: change each entry a little both ways and compare the costs."),
    mark("One line about one of the six."),
    mark("stops with {type(fault).__name__}: {fault}"),
    mark("not written yet"),
    mark("has the shape {np.shape(J)}; {parameter} has {wanted.shape}"),
    mark("right"),
    mark("wrong: off by {off:.2g} of its largest entry"),
)
"""What a person reads in the code: comments, docstrings, and what it prints."""
