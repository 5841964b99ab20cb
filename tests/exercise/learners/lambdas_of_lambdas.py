import numpy as np
d3 = lambda x, y: (lambda t: 2*(t[6]-y)*d_sigma(t[5]))(network_function(x))
d2 = lambda x, y: W3.T @ d3(x,y) * d_sigma(network_function(x)[3])
d1 = lambda x, y: W2.T @ d2(x,y) * d_sigma(network_function(x)[1])
J_W1 = lambda x, y: d1(x, y) @ network_function(x)[0].T / x.size
J_b1 = lambda x, y: d1(x, y).mean(axis=1).reshape(-1, 1)
J_W2 = lambda x, y: d2(x, y) @ network_function(x)[2].T / x.size
J_b2 = lambda x, y: d2(x, y).mean(axis=1).reshape(-1, 1)
J_W3 = lambda x, y: d3(x, y) @ network_function(x)[4].T / x.size
J_b3 = lambda x, y: d3(x, y).mean(axis=1).reshape(-1, 1)