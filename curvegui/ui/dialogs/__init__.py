"""What dialogs share: questions, paths, jobs, and the frame of dialogs that save. Read `save_dialog` first."""
