import numpy as np
from functools import lru_cache, partial

def forward(x): return network_function(x)

def deltas(x, y):
    a0, z1, a1, z2, a2, z3, a3 = forward(x)
    d3 = 2/x.size*(a3-y)*d_sigma(z3)
    d2 = W3.T@d3*d_sigma(z2)
    d1 = W2.T@d2*d_sigma(z1)
    return (a0,a1,a2),(d1,d2,d3)

def grad(layer, bias, x, y):
    a, d = deltas(x, y)
    return d[layer-1].sum(1, keepdims=True) if bias else d[layer-1]@a[layer-1].T

J_W1 = partial(grad, 1, False)
J_W2 = partial(grad, 2, False)
J_W3 = partial(grad, 3, False)
J_b1 = partial(grad, 1, True)
J_b2 = partial(grad, 2, True)
J_b3 = partial(grad, 3, True)