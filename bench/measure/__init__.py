"""The system benchmark: programs of ours and of others, run in turn on one machine."""
