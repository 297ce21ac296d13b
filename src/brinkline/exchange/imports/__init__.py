"""Ways into a project from elsewhere: what a file says, as records ready to be stored, with all its faults at once.

Reading is apart from storing: a file is read and checked whole, then stored whole or not at all.
"""
