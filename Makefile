# make run: set up and start everything.  make test: set up and test.  make check: everything a machine can say
# about the code without running it.

PYTHON ?= python3
VENV := .venv/bin

.PHONY: help run test check storm sakai bench watchers wall screens measured signals docs messages backup restore setup setup-dev lock format devdb

help:
	@echo "make run    安装并启动全部服务   set up and start everything"
	@echo "make test   安装并运行测试       set up and run the tests"
	@echo "make check  格式、类型、依赖方向等检查   format, lint, types, import contracts, migrations"
	@echo "make backup FILE=…   备份数据库   copy the database into a new file"
	@echo "make restore FILE=…  恢复到空数据库并核对   fill an empty database from a copy and verify it"
	@echo "make storm  杀进程、断消息代理、重启数据库，核对时钟与证据   kill, flush, restart, and count (3 minutes)"
	@echo "make sakai  十家医院报送六千名患者，中途杀进程，核对人数   6,000 patients from ten hospitals, killed in the middle, and counted"
	@echo "make bench  本机测量，给出比值   measure on this machine, as ratios"
	@echo "make signals  早期发现：平静一年的误报、真实暴发提前的时间   early detection: false alarms, time gained"
	@echo "make watchers  500 个看板同时观看，测更新要多久   500 boards on one web process: how soon each follows"
	@echo "make wall   大屏经一万次变化、一百次重启占多少内存   a wall's memory through 10,000 changes and 100 restarts (half an hour)"
	@echo "make screens   重拍 docs/screens 的页面图片   take the pictures of the pages anew"
	@echo "make measured  重测页面的字节、请求、查询和无障碍   measure the pages: bytes, requests, queries, axe"
	@echo "make docs   重写生成的文档       write the generated documents anew"
	@echo "make messages  更新并编译英文           bring the English up to date and compile it"

setup:
	@$(PYTHON) ops/setup.py run

setup-dev:
	@$(PYTHON) ops/setup.py dev

run: setup
	@exec $(VENV)/python -m ops.run

test: setup-dev
	@exec $(VENV)/python -m ops.test

check: setup-dev
	@exec $(VENV)/python -m ops.check

backup: setup
	@exec $(VENV)/python -m ops.backup $(FILE)

restore: setup
	@exec $(VENV)/python -m ops.restore $(FILE)

storm: setup
	@exec $(VENV)/python -m ops.storm

sakai: setup
	@exec $(VENV)/python -m ops.sakai

bench: setup-dev
	@exec $(VENV)/python -m ops.bench

signals: setup-dev
	@exec $(VENV)/python -m ops.signalling

# All on the kept servers of `make devdb`, which go on running.
watchers: setup-dev
	@exec $(VENV)/python -m ops.devdb run $(VENV)/python -m tests.bench.watchers

wall: setup-dev
	@exec $(VENV)/python -m ops.devdb run $(VENV)/python -m tests.bench.wall

screens: setup-dev
	@exec $(VENV)/python -m ops.devdb run $(VENV)/python -m tests.shots

measured: setup-dev
	@exec $(VENV)/python -m ops.devdb run $(VENV)/python -m tests.shots measured

docs: setup-dev
	@exec $(VENV)/python -m ops.coverage

messages: setup-dev
	@exec $(VENV)/python -m ops.messages

format: setup-dev
	$(VENV)/ruff check --fix-only --quiet .
	$(VENV)/ruff format .

devdb: setup-dev
	@exec $(VENV)/python -m ops.devdb

# Needs uv. The locks hold for every supported Python, so they are compiled once, for the oldest.
LOCK := uv pip compile pyproject.toml --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header --quiet
lock:
	$(LOCK) --extra embedded -o requirements/run.txt
	$(LOCK) --extra embedded --extra dev -c requirements/run.txt -o requirements/dev.txt
