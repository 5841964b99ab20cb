"""What dialogs share: questions, paths, work in the background, and the frame of dialogs that save. Read `save_dialog`
first."""
