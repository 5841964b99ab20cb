"""What dialogs share: questions, paths, progress, and choices that are kept. Read question.py first."""
