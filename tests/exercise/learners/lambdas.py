import numpy as np


def sigma(z):
    return 1 / (1 + np.exp(-z))


def d_sigma(z):
    return np.cosh(z / 2) ** (-2) / 4


def reset_network(n1=6, n2=7, random=np.random):
    global W1, W2, W3, b1, b2, b3
    W1 = random.randn(n1, 1) / 2
    W2 = random.randn(n2, n1) / 2
    W3 = random.randn(2, n2) / 2
    b1 = random.randn(n1, 1) / 2
    b2 = random.randn(n2, 1) / 2
    b3 = random.randn(2, 1) / 2


def network_function(a0):
    z1 = W1 @ a0 + b1
    a1 = sigma(z1)
    z2 = W2 @ a1 + b2
    a2 = sigma(z2)
    z3 = W3 @ a2 + b3
    a3 = sigma(z3)
    return a0, z1, a1, z2, a2, z3, a3


def cost(x, y):
    return np.linalg.norm(network_function(x)[-1] - y) ** 2 / x.size



delta3 = lambda x, y: 2 * (network_function(x)[6] - y) * d_sigma(network_function(x)[5])
delta2 = lambda x, y: (W3.T @ delta3(x, y)) * d_sigma(network_function(x)[3])
delta1 = lambda x, y: (W2.T @ delta2(x, y)) * d_sigma(network_function(x)[1])

J_W3 = lambda x, y: delta3(x, y) @ network_function(x)[4].T / x.size


J_b3 = lambda x, y: delta3(x, y).sum(axis=1, keepdims=True) / x.size


J_W2 = lambda x, y: delta2(x, y) @ network_function(x)[2].T / x.size


J_b2 = lambda x, y: delta2(x, y).sum(1, keepdims=True) / x.size


J_W1 = lambda x, y: delta1(x, y) @ x.T / x.size


J_b1 = lambda x, y: np.sum(delta1(x, y), 1, keepdims=True) / x.size
