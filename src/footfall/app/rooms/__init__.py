"""What each room of an install consists of while it is open, and how it is made: a file for each group."""
