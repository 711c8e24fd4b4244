# The bot in a container: no compiler, no build tools, no root. Its data is in /data.
#   docker compose up -d
FROM python:3.11-slim AS build
WORKDIR /src
RUN python -m venv /venv
COPY pyproject.toml README.md LICENSE ./
COPY deploy/constraints.txt deploy/hatch_build.py deploy/
COPY bot bot
COPY data data
# The versions that the tests ran with.
RUN /venv/bin/pip install --no-cache-dir --disable-pip-version-check -c deploy/constraints.txt '.[metrics,postgresql]'

FROM python:3.11-slim
RUN useradd --system --uid 10001 --no-create-home montage && install -d -o montage -g montage -m 0700 /data
COPY --from=build /venv /venv
ENV PATH=/venv/bin:$PATH \
    MONTAGE_DATABASE=/data/montage.db \
    MONTAGE_METRICS_PORT=8018 \
    MPLCONFIGDIR=/data/.matplotlib \
    OPENBLAS_NUM_THREADS=1 \
    PYTHONDONTWRITEBYTECODE=1
USER montage
WORKDIR /data
VOLUME /data
# Well while Discord's events arrive and the database can be written.
HEALTHCHECK --interval=30s --timeout=5s --start-period=30s --retries=4 \
    CMD ["python", "-c", "import urllib.request as web; web.urlopen('http://127.0.0.1:8018/ready', timeout=4)"]
STOPSIGNAL SIGTERM
ENTRYPOINT ["montage-bot"]
# --hold: where somebody has to do something first (a refused token), it says so and waits, instead of being
# restarted into the same refusal for ever.
CMD ["run", "--hold"]
