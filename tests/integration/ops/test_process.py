"""Programs that cannot outlive the one that started them."""

import os
import select
import subprocess
import sys

import pytest

from ops.process import RunAs

PARENT = """
import subprocess, sys, time
from ops.process import RunAs, start
child = start(["sleep", "600"], log=subprocess.DEVNULL, run_as=RunAs[sys.argv[1]])
print(child.pid, flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("run_as", list(RunAs))
def test_child_dies_when_its_parent_is_killed(run_as: RunAs) -> None:
    if run_as is not RunAs.OURSELVES and os.geteuid() != 0:
        pytest.skip("only root has to become somebody else")
    parent = subprocess.Popen([sys.executable, "-c", PARENT, run_as.name], stdout=subprocess.PIPE, text=True)
    assert parent.stdout is not None
    child = os.pidfd_open(int(parent.stdout.readline()))
    parent.kill()
    parent.communicate()
    ended, _, _ = select.select([child], [], [], 5)
    os.close(child)
    assert ended
