import numpy as np

def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2*(a3-y)*d_sigma(z3)
    return J @ a2.T / x.size

def J_b3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2*(a3-y)*d_sigma(z3)
    return np.sum(J, axis=1, keepdims=True) / x.size

def J_W2(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2*(a3-y)*d_sigma(z3)
    J = (J.T @ W3).T * d_sigma(z2)
    return J @ a1.T / x.size

def J_b2(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2*(a3-y)*d_sigma(z3)
    J = (J.T @ W3).T * d_sigma(z2)
    return np.sum(J, axis=1, keepdims=True) / x.size

def J_W1(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2*(a3-y)*d_sigma(z3)
    J = (J.T @ W3).T * d_sigma(z2)
    J = (J.T @ W2).T * d_sigma(z1)
    return J @ a0.T / x.size

def J_b1(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = 2*(a3-y)*d_sigma(z3)
    J = (J.T @ W3).T * d_sigma(z2)
    J = (J.T @ W2).T * d_sigma(z1)
    return np.sum(J, axis=1, keepdims=True) / x.size
