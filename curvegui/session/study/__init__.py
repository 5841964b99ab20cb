"""What a person looks at in the network, the guided tour, and the exercise. Read inspection.py first."""
