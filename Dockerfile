# syntax=docker/dockerfile:1
# One image for web, worker and follower. Stage one builds the wheel, front end inside.

FROM python:3.12-slim-bookworm AS build
WORKDIR /src
COPY requirements-uv.lock .
RUN pip install --no-cache-dir --require-hashes -r requirements-uv.lock
COPY . .
RUN uv build --wheel --out-dir /wheels
# The lock file names more than a server needs; as constraints it still fixes every version and hash.
RUN uv venv /opt/archive \
    && uv pip install --python /opt/archive/bin/python --compile-bytecode --verify-hashes \
        --constraints requirements.lock /wheels/*.whl

FROM python:3.12-slim-bookworm
# Chinese type, for pages of PDFs that do not carry their own.
RUN apt-get update \
    && apt-get install -y --no-install-recommends fonts-noto-cjk \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --uid 10001 --home-dir /data --create-home archive
COPY --from=build /opt/archive /opt/archive
ENV PATH=/opt/archive/bin:$PATH \
    PYTHONUNBUFFERED=1 \
    MALLOC_ARENA_MAX=2 \
    ARCHIVE_VAR=/data \
    ARCHIVE_HOST=0.0.0.0
USER archive
WORKDIR /data
VOLUME /data
EXPOSE 8000
CMD ["archive", "web"]
