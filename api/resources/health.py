"""Is the process alive, and can it work?"""

from fastapi import APIRouter, Response, status
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from api.dependencies import WithRuntime
from core import migrate

router = APIRouter(tags=["health"])


@router.get("/healthz")
def healthz() -> dict[str, str]:
    """Answer as long as the process lives."""
    return {"status": "alive"}


@router.get("/readyz")
def readyz(runtime: WithRuntime, response: Response) -> dict[str, str]:
    """Answer 200 when the database answers and is migrated, else 503 with the reason."""
    try:
        with runtime.database.engine.connect() as connection:
            connection.execute(text("SELECT 1"))
        waiting = migrate.pending(runtime.database.engine)
    except SQLAlchemyError:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        return {"status": "the database does not answer"}
    if waiting:
        response.status_code = status.HTTP_503_SERVICE_UNAVAILABLE
        return {"status": "the database waits for a migration"}
    return {"status": "ready"}
