# A small image: the build's tools stay behind, the process is nobody in particular, and only /data is written to.
#   docker build -t footfall .
FROM python:3.13-slim AS build
COPY . /src
RUN python -m venv /opt/footfall \
 && /opt/footfall/bin/pip install --no-cache-dir --require-hashes -r /src/requirements.lock \
 && /opt/footfall/bin/pip install --no-cache-dir --no-deps /src

FROM python:3.13-slim
RUN useradd --system --uid 10001 --no-create-home footfall \
 && install -d -o footfall -g footfall -m 700 /data
COPY --from=build /opt/footfall /opt/footfall
ENV PATH=/opt/footfall/bin:$PATH \
    FOOTFALL_DATA_DIR=/data \
    FOOTFALL_HOST=0.0.0.0 \
    PYTHONDONTWRITEBYTECODE=1
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s \
  CMD ["python", "-c", "import urllib.request as r; r.urlopen('http://127.0.0.1:8000/health', timeout=4)"]
ENTRYPOINT ["footfall"]
CMD ["serve"]
