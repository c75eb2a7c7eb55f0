FROM python:3.13-slim

ENV PYTHONUNBUFFERED=1
WORKDIR /app
RUN useradd --create-home app && mkdir /app/var && chown app /app/var

COPY requirements/run.txt requirements/run.txt
RUN pip install --no-cache-dir --require-hashes --only-binary=:all: -r requirements/run.txt
COPY . .

USER app
ENTRYPOINT ["python", "-m", "ops.parts"]
CMD ["web"]
