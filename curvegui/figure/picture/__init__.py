"""Pictures of a run as bytes, in every format. Read `export` and `formats` first."""
