"""Looking for what must not be there: known addresses, agents, e-mails and tokens, in every file and every spelling.

The room searches and reports. Which events carried what it looks for, and where the install lies, it is told.
"""
