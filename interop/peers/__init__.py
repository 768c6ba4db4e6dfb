"""The other side of the interface: senders and receivers on spead2, sets through python-casacore.

Nothing here is shared with the suite; what the two agree on is the interface alone.
"""
