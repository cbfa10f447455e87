# One image for web, worker and clock; compose.yaml says which one a container is.
FROM python:3.13-slim-bookworm AS environment
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
COPY requirements/base.lock /tmp/base.lock
RUN python -m venv /opt/venv && /opt/venv/bin/pip install --require-hashes -r /tmp/base.lock

FROM python:3.13-slim-bookworm
RUN useradd --uid 10001 --create-home --home-dir /home/hub --shell /usr/sbin/nologin hub \
    && install --directory --owner=hub --group=hub /data
COPY --from=environment /opt/venv /opt/venv
COPY . /srv/arboretum
WORKDIR /srv/arboretum
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    ARBORETUM_DATA=/data ARBORETUM_BIND=0.0.0.0 ARBORETUM_LOG_JSON=true PORT=8000
USER hub
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "--config", "python:hub.launch.gunicorn_conf"]
