"""What is said about a run: in words for people, in JSON for programs."""
