FROM python:3.11-slim AS build
COPY requirements.lock requirements-uv.lock ./
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.lock \
 && uv venv /opt/venv \
 && uv pip install --python /opt/venv/bin/python --require-hashes -r requirements.lock

FROM python:3.11-slim
RUN useradd --create-home --uid 10001 market && mkdir /state && chown market /state
COPY --from=build /opt/venv /opt/venv
WORKDIR /app
COPY api api
COPY bots bots
COPY core core
COPY market market
COPY retrieval retrieval
COPY runtime runtime
COPY workers workers
ENV PATH=/opt/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 STATE_DIR=/state HOST=0.0.0.0
USER market
VOLUME /state
EXPOSE 8000
CMD ["python", "-m", "api"]
