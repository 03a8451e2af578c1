"""Talk: what people say becomes one command to the core, what the core promises becomes words.

A bot decides nothing about campaigns, deals or money; it asks, shows what it understood, and passes on.
"""
