"""`python -m api`: the web process, the same in a container and on one machine."""

from api.serving import run

run()
