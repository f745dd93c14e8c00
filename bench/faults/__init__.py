"""Kills the program at random moments and compares what it left with a replay of what it had acknowledged."""
