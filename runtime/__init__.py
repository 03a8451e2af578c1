"""The composition root: builds a process's parts from its settings. Above bots, below api and workers."""
