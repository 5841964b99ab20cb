"""Many iterations a call with NumPy, and what every engine has in common; read ``loop`` first."""
