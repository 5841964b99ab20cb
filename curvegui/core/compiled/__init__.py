"""The same iterations as machine code, where Numba is installed; read ``engine`` first, then ``kernels``."""
