"""Work in the background, for the disk and for what takes long. Read job.py first."""
