FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1
WORKDIR /app
RUN useradd --uid 10001 --no-create-home --shell /usr/sbin/nologin app && mkdir /app/var /app/photos && chown app /app/var /app/photos

COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements/run.txt
COPY . .
# Compiled now: the containers' file systems are read-only.
RUN python -m compileall -q .

USER 10001
ENTRYPOINT ["python", "-m", "ops.parts"]
CMD ["web"]
