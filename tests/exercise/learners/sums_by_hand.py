import numpy as np

def J_W3(x, y):
    a0, z1, a1, z2, a2, z3, a3 = network_function(x)
    J = np.zeros(W3.shape)
    N = x.shape[1]
    for n in range(N):
        d = 2*(a3[:, n:n+1]-y[:, n:n+1])*d_sigma(z3[:, [n]])
        J += d @ a2[:, [n]].T
    return J/N

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
    J = np.zeros_like(b1)
    for n in range(x.size):
      for i in range(2):
        for j in range(len(W3[0])):
          for k in range(b1.size):
            J[k,0] += 2*(a3[i,n]-y[i,n])*d_sigma(z3[i,n])*W3[i,j]*d_sigma(z2[j,n])*W2[j,k]*d_sigma(z1[k,n])
    return J/x.size
