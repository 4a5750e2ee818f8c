"""A student is shut in, serves, and is gone: everything is looked at from the inside, or tried.

As root the whole file runs a second time as an ordinary user.
"""

import contextlib
import errno
import json
import os
import platform
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import time
import traceback
from pathlib import Path

import pytest
from conftest import ROOT, refuse

from autograder.sandbox import jail, linux
from autograder.sandbox.layers import IsolationError
from autograder.sandbox.limits import GIB, MIB, Isolation, Limits
from autograder.sandbox.probe import missing_layers
from autograder.sandbox.warm import Student, WarmParent, WarmParentError

SECRET = "a secret of the grader's"
LIMITS = Limits(
    memory=GIB, file_size=4 * MIB, work_size=8 * MIB, open_files=64, processes=24, cpu_seconds=60
)
# A child of it, in a session of its own, deaf to every signal and to the death of its parent.
DAEMON = """
import os, signal, ctypes, time
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        ctypes.CDLL(None).prctl(1, 0, 0, 0, 0)
        for number in range(1, 32):
            if number not in (signal.SIGKILL, signal.SIGSTOP):
                signal.signal(number, signal.SIG_IGN)
        while True:
            time.sleep(1000)
    os._exit(0)
answer = os.getpid()
"""


def start(prepare: str = "prepare_nothing", **settings: object) -> WarmParent:
    return WarmParent(f"sandbox_serves:{prepare}", "sandbox_serves:serve", **settings)


def send(student: Student, code: str) -> None:
    student.channel.sendall(json.dumps(textwrap.dedent(code)).encode() + b"\n")


def receive(student: Student) -> list[object]:
    said = b""
    while not said.endswith(b"\n"):
        more = student.channel.recv(1 << 16)
        if not more:
            return ["gone", None]
        said += more
    return json.loads(said)


def run(student: Student, code: str) -> list[object]:
    """Run code in a student; return the kind of the answer and the answer."""
    send(student, code)
    return receive(student)


def ask(student: Student, code: str) -> object:
    kind, answer = run(student, code)
    assert kind == "answer", f"{kind}: {answer}"
    return answer


def below(pid: int) -> list[int]:
    """Return all processes that descend from one."""
    found = []
    with contextlib.suppress(FileNotFoundError, ProcessLookupError):
        for thread in Path(f"/proc/{pid}/task").iterdir():
            for child in map(int, (thread / "children").read_text().split()):
                found += [child, *below(child)]
    return found


def warm(parent: WarmParent) -> int:
    """Return the process of a warm parent."""
    return below(parent._launcher.pid)[0]


def wait_until_gone(pids: list[int]) -> None:
    """Wait for processes to end; a test that hangs here has found one that survives."""
    for pid in pids:
        while Path(f"/proc/{pid}/stat").exists():
            state = Path(f"/proc/{pid}/stat")
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                if state.read_text().rpartition(")")[2].split()[0] == "Z":
                    break  # its new parent, the machine's first process, has yet to look
            time.sleep(0.01)


@pytest.fixture(scope="module")
def parent():
    if missing := missing_layers():
        refuse(f"students can't be shut in here: {missing}")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("NNNUMPY_SECRET", SECRET)
        with start("prepare", limits=LIMITS) as parent:
            yield parent


@pytest.fixture
def student(parent):
    student = parent.student()
    yield student
    student.kill()
    assert below(warm(parent)) == []


# What it sees


def test_it_is_a_nobody_in_a_world_of_its_own(student):
    assert ask(student, "import os; answer = [os.getpid(), os.getppid()]") == [1, 0]
    assert ask(student, "import os; answer = os.getuid()") != 0
    assert ask(student, "import os; answer = os.uname().nodename") == "student"
    assert ask(student, "import os; answer = os.getcwd()") == str(jail.HOME / jail.WORK)
    no = "import ctypes; answer = [ctypes.CDLL(None).prctl(23, n, 0, 0, 0) for n in range(40)]"
    assert set(ask(student, no)) == {0}  # PR_CAPBSET_READ
    capabilities = """
        import ctypes
        header, sets = (ctypes.c_uint32 * 2)(0x20080522, 0), (ctypes.c_uint32 * 6)(*[7] * 6)
        ctypes.CDLL(None).capget(header, sets)
        answer = list(sets)
    """
    assert ask(student, capabilities) == [0] * 6


def test_it_sees_no_file_but_pythons(student):
    allowed = [str(path) for path in [*jail.readable(), *jail.DEVICES, jail.HOME]]
    walk = f"""
        import os
        allowed = {allowed!r}
        answer = []
        for folder, below, files in os.walk("/"):
            below[:] = [b for b in below if os.path.join(folder, b) not in allowed]
            answer += [p for f in files if (p := os.path.join(folder, f)) not in allowed]
    """
    assert ask(student, walk) == []
    hidden = [ROOT / "source", ROOT / "autograder", ROOT / "tests", Path.cwd() / "gradebook.db"]
    hidden += [Path("/proc/self"), Path("/sys/kernel"), Path("/home"), Path("/etc/passwd")]
    for path in hidden:
        assert not ask(student, f"import os; answer = os.path.exists({str(path)!r})"), path


def test_it_inherits_nothing(student):
    assert SECRET in os.environ["NNNUMPY_SECRET"]
    inherited = ask(student, "import os; answer = dict(os.environ)")
    allowed = {
        "PATH",
        "LANG",
        "HOME",
        "USER",
        "LOGNAME",
        "TMPDIR",
        "NBGRADER_EXECUTION",
        "IPYTHONDIR",
    }
    allowed |= {"MPLCONFIGDIR", "MPLBACKEND", "JOBLIB_MULTIPROCESSING"}
    imported = {"KMP_DUPLICATE_LIB_OK", "KMP_INIT_AT_FORK"}  # set by scikit-learn
    named = {name for name in inherited if not name.endswith("_NUM_THREADS")}
    assert named - imported == allowed
    assert SECRET not in inherited.values()
    descriptors = """
        import os
        answer = []
        for number in range(3, 64):
            try:
                answer.append(os.fstat(number).st_mode)
            except OSError:
                pass
    """
    assert len(ask(student, descriptors)) == 1  # its channel


def test_it_has_no_module_of_the_grader(student):
    loaded = ask(student, "import sys; answer = list(sys.modules)")
    for name in ("exercises", "reference", "referee"):
        assert not [module for module in loaded if module.startswith(f"autograder.{name}")]
        assert run(student, f"import autograder.{name}")[0] == "ModuleNotFoundError"
    path = ask(student, "import sys; answer = sys.path")
    assert not [folder for folder in path if folder in (str(ROOT), str(ROOT / "tests"))]


def test_no_two_students_draw_the_same_numbers(parent):
    draw = "import random, numpy; answer = [random.random(), numpy.random.rand()]"
    draws = []
    for _ in range(2):
        student = parent.student()
        draws += ask(student, draw)
        student.kill()
    assert len(set(draws)) == 4


# What it reaches


def test_it_reaches_no_network(student):
    for family in ("AF_INET", "AF_INET6", "AF_UNIX", "AF_NETLINK", "AF_PACKET"):
        kind, _ = run(student, f"import socket; socket.socket(socket.{family})")
        assert kind == "PermissionError", family


def test_it_reaches_no_other_process(parent, student):
    other = parent.student()
    assert ask(other, "answer = 1") == 1
    run(student, "import os, signal; os.kill(-1, signal.SIGKILL)")
    for pid in (0, 2, 3, warm(parent), os.getpid()):
        run(student, f"import os, signal; os.kill({pid}, signal.SIGTERM)")
    for pid in (warm(parent), os.getpid()):
        assert run(student, f"import os; os.kill({pid}, 0)")[0] == "ProcessLookupError"
    assert ask(other, "answer = 2") == 2
    other.kill()


def test_it_writes_nowhere_but_at_home(student):
    for folder in ["/", "/dev", "/usr/lib", "/etc", sys.prefix, sys.base_prefix]:
        for attempt in ("open(p + '/x', 'w')", "os.mkdir(p + '/x')", "os.chmod(p, 0o777)"):
            kind, _ = run(student, f"import os; p = {folder!r}; {attempt}")
            assert kind in REFUSALS, (folder, attempt)
    for folder in ("/student/work", "/student/tmp", "/tmp"):
        assert ask(student, f"answer = open('{folder}/x', 'w').write('abc')") == 3
    assert ask(student, "import tempfile; answer = tempfile.mkdtemp()").startswith("/student/")
    assert ask(student, "answer = open('/dev/null', 'w').write('abc')") == 3


def test_its_mounts_are_restricted(student):
    """Landlock and the user would keep it from writing as well: the mounts must do so alone."""
    read_only = os.ST_RDONLY | os.ST_NOSUID | os.ST_NODEV
    for folder in ["/", "/usr/lib", sys.prefix, sys.base_prefix]:
        flags = ask(student, f"import os; answer = os.statvfs({folder!r}).f_flag")
        assert flags & read_only == read_only, folder
    private = os.ST_NOEXEC | os.ST_NOSUID | os.ST_NODEV
    assert ask(student, "import os; answer = os.statvfs(work).f_flag") & private == private


def test_it_can_plant_no_program_and_no_device(student):
    program = """
        import os, subprocess
        with open(work / "program", "w") as file:
            file.write("#!/bin/sh\\n")
        os.chmod(work / "program", 0o4755)
        subprocess.run([str(work / "program")])
    """
    assert run(student, program)[0] == "PermissionError"
    device = "import os, stat; os.mknod(work / 'disk', stat.S_IFBLK | 0o666, os.makedev(8, 0))"
    assert run(student, device)[0] == "PermissionError"


REFUSALS = ("PermissionError", "OSError", "NotADirectoryError", "FileNotFoundError")
REFUSED = [
    (["socket", 2, 1, 0], errno.EPERM),
    (["socketpair", 1, 2, 0, 0], errno.EPERM),
    (["ptrace", 0, 0, 0, 0], errno.EPERM),
    (["unshare", linux.CLONE_NEWUSER], errno.EPERM),
    (["setns", 0, 0], errno.EPERM),
    (["clone", linux.CLONE_NEWUSER, 0, 0, 0, 0], errno.EPERM),
    (["clone", linux.CLONE_NEWPID | signal.SIGCHLD, 0, 0, 0, 0], errno.EPERM),
    (["clone3", 0, 0], errno.ENOSYS),
    (["mount", 0, 0, 0, 0, 0], errno.EPERM),
    (["umount2", 0, 0], errno.EPERM),
    (["chroot", 0], errno.EPERM),
    (["pivot_root", 0, 0], errno.EPERM),
    (["bpf", 0, 0, 0], errno.EPERM),
    (["perf_event_open", 0, 0, 0, 0, 0], errno.EPERM),
    (["userfaultfd", 0], errno.EPERM),
    (["keyctl", 0, 0, 0, 0, 0], errno.EPERM),
    (["io_uring_setup", 1, 0], errno.EPERM),
    (["memfd_create", 0, 0], errno.EPERM),
    (["shmget", 0, 4096, 0o1600], errno.EPERM),
    (["mq_open", 0, 0, 0, 0], errno.EPERM),
    (["process_vm_readv", 1, 0, 0, 0, 0, 0], errno.EPERM),
    (["pidfd_getfd", 0, 0, 0], errno.EPERM),
    (["setuid", 0], errno.EPERM),
    (["reboot", 0, 0, 0, 0], errno.EPERM),
    (["syslog", 3, 0, 0], errno.EPERM),
    (["personality", 0], errno.EPERM),
    (["ioctl", 0, 0x5412, 0], errno.EPERM),
    (["ioctl", 0, 0x7_0000_5412, 0], errno.EPERM),  # the kernel looks at 32 bits
    ([500], errno.ENOSYS),
]


@pytest.mark.parametrize(("call", "number"), REFUSED, ids=str)
def test_a_refused_call_is_an_error_and_no_crash(student, call, number):
    pyseccomp = pytest.importorskip("pyseccomp")
    name, *arguments = call
    if isinstance(name, str):
        name = pyseccomp.resolve_syscall(pyseccomp.Arch.NATIVE, name)
    code = f"""
        import ctypes
        libc = ctypes.CDLL(None, use_errno=True)
        result = libc.syscall(*[ctypes.c_long(n) for n in {[name, *arguments]}])
        answer = [result, ctypes.get_errno()]
    """
    assert ask(student, code) == [-1, number]


@pytest.mark.skipif(platform.machine() != "x86_64", reason="machine code of x86")
def test_calls_of_another_architecture_end_the_process(student):
    code = """
        import ctypes, mmap, os
        page = mmap.mmap(-1, 4096, prot=7)
        page.write(b"\\xb8\\x14\\x00\\x00\\x00\\xcd\\x80\\xc3")  # getpid, asked as on i386
        call = ctypes.CFUNCTYPE(ctypes.c_int)(ctypes.addressof(ctypes.c_char.from_buffer(page)))
        pid = os.fork()
        if pid == 0:
            call()
            os._exit(0)
        answer = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    """
    assert ask(student, code) == -signal.SIGSYS


# What it may use


def test_its_files_are_limited(student):
    one = "open(work / 'one', 'wb').write(bytes(5 << 20))"
    assert run(student, one) == ["OSError", f"[Errno {errno.EFBIG}] File too large"]
    for place in ("/student/work", "/student/tmp"):
        many = f"""
            for number in range(100):
                open(f"{place}/{{number}}", "wb").write(bytes(1 << 20))
        """
        kind, said = run(student, many)
        assert (kind, f"[Errno {errno.ENOSPC}]" in said) == ("OSError", True)


def test_its_number_of_files_is_limited(student):
    code = """
        for number in range(1 << 20):
            open(work / str(number), "w").close()
    """
    kind, said = run(student, code)
    assert (kind, f"[Errno {errno.ENOSPC}]" in said) == ("OSError", True)


def test_its_open_files_are_limited(student):
    kind, said = run(student, "import os\nkept = [os.dup(0) for _ in range(1000)]")
    assert (kind, f"[Errno {errno.EMFILE}]" in said) == ("OSError", True)


def test_its_processes_are_limited_for_each_student_alone(parent, student):
    bomb = """
        import os, time
        answer = 0
        while True:
            try:
                if os.fork() == 0:
                    while True:
                        time.sleep(1000)
            except BlockingIOError:
                break
            answer += 1
    """
    other = parent.student()
    assert ask(student, bomb) == LIMITS.processes - 1
    assert ask(other, bomb) == LIMITS.processes - 1
    other.kill()


def test_a_fork_bomb_ends_with_its_student(parent):
    student = parent.student()
    send(student, "import os\nwhile True:\n  try: os.fork()\n  except OSError: pass")
    while len(below(warm(parent))) < LIMITS.processes:
        time.sleep(0.01)
    student.kill()
    assert below(warm(parent)) == []


def test_its_threads_are_limited(student):
    flood = """
        import threading
        stop = threading.Event()
        kept = []
        try:
            while True:
                kept.append(threading.Thread(target=stop.wait))
                kept[-1].start()
        except RuntimeError:
            answer = len(kept)
        stop.set()
    """
    assert ask(student, flood) <= LIMITS.processes


def test_its_memory_is_limited(student):
    assert run(student, "bytearray(2 << 30)")[0] == "MemoryError"
    numpy = "import numpy; numpy.ones(1 << 28)"
    assert run(student, numpy)[0] in ("MemoryError", "_ArrayMemoryError")
    assert ask(student, "answer = 1") == 1


def test_the_memory_of_all_its_processes_is_counted(parent):
    student = parent.student()
    before = student.memory()
    assert before < 200 * MIB
    ask(
        student,
        """
        import os, time
        for _ in range(4):
            ready, done = os.pipe()
            if os.fork() == 0:
                os.setsid()
                full = b"x" * (64 << 20)
                os.write(done, b"x")
                time.sleep(1000)
            os.read(ready, 1)
        """,
    )
    assert 250 * MIB < student.memory() - before < 600 * MIB
    # A process that hides its pages is counted all the same.
    ask(student, "import ctypes; ctypes.CDLL(None).prctl(4, 0, 0, 0, 0)")
    assert student.memory() > before + 250 * MIB
    assert student.exceeds(before + 200 * MIB) and not student.exceeds(before + 2000 * MIB)
    student.kill()
    assert student.memory() == 0 and not student.exceeds(0)


def test_the_computing_time_of_all_its_processes_is_counted(student):
    before = student.cpu_seconds()
    ask(
        student,
        """
        import os, time

        def burn():
            end = time.process_time() + 0.3
            while time.process_time() < end:
                pass

        ready, done = os.pipe()
        if os.fork() == 0:  # one that ended
            burn()
            os._exit(0)
        os.wait()
        if os.fork() == 0:  # and one that lives
            burn()
            os.write(done, b"x")
            time.sleep(1000)
        os.read(ready, 1)
        burn()
        """,
    )
    assert 0.85 < student.cpu_seconds() - before < 3
    student.kill()
    assert student.cpu_seconds() == 0


def test_its_computing_time_is_limited():
    with start(limits=Limits(cpu_seconds=1)) as parent:
        student = parent.student()
        assert run(student, "while True: pass") == ["gone", None]
        student.kill()
        assert student.status == -signal.SIGKILL


def test_too_little_memory_is_refused():
    with pytest.raises(ValueError, match="NumPy hangs"):
        Limits(memory=GIB - 1)


# What works


def test_numpy_works(student):
    code = """
        import numpy as np
        rng = np.random.default_rng(1)
        A = rng.normal(size=(500, 500))
        U, s, Vt = np.linalg.svd(A)
        answer = float(abs((U * s) @ Vt - A).max())
    """
    assert ask(student, code) < 1e-10


def test_figures_work(student):
    code = """
        import matplotlib
        matplotlib.use("agg")
        import matplotlib.pyplot as plt
        figure, axes = plt.subplots()
        axes.plot([1, 2, 3])
        axes.set_title("a title in $\\\\sigma$")
        figure.savefig(work / "figure.png")
        answer = list((work / "figure.png").read_bytes()[1:4])
    """
    assert ask(student, code) == list(b"PNG")


def test_scikit_learn_works(student):
    code = """
        import numpy as np
        from sklearn.cluster import KMeans
        from sklearn.linear_model import LogisticRegression
        rng = np.random.default_rng(1)
        X = rng.normal(size=(100, 2))
        y = (X[:, 0] > 0).astype(int)
        KMeans(2, n_init=1).fit(X)  # OpenMP
        answer = LogisticRegression().fit(X, y).score(X, y)
    """
    assert ask(student, code) > 0.9


def test_threads_work(student):
    code = """
        from concurrent.futures import ThreadPoolExecutor
        with ThreadPoolExecutor(4) as pool:
            answer = sum(pool.map(abs, range(-3, 4)))
    """
    assert ask(student, code) == 12


def test_programs_are_not_there(student):
    assert run(student, "import subprocess; subprocess.run(['ls'])")[0] == "FileNotFoundError"
    assert ask(student, "import os; answer = os.system('ls')") != 0


def test_processes_talk_or_fail_kindly(student):
    pipe = """
        import multiprocessing
        context = multiprocessing.get_context("fork")
        ours, theirs = context.Pipe()
        process = context.Process(target=theirs.send, args=(7,))
        process.start()
        answer = ours.recv()
        process.join()
    """
    assert ask(student, pipe) == 7
    pool = "import multiprocessing; multiprocessing.get_context('fork').Pool(2)"
    assert run(student, pool)[0] in ("FileNotFoundError", "PermissionError", "OSError")


def test_an_interrupt_is_an_exception(student):
    code = """
        import time
        try:
            channel.sendall(b"ready\\n")
            time.sleep(1000)
        except KeyboardInterrupt:
            answer = "interrupted"
    """
    send(student, code)
    assert student.channel.recv(100) == b"ready\n"
    student.interrupt()
    assert receive(student) == ["answer", "interrupted"]
    assert ask(student, "answer = 1") == 1


# How it ends


def test_its_status_is_known(parent):
    for code, status in (
        ("import os; os._exit(7)", 7),
        ("import ctypes; ctypes.string_at(0)", -11),
    ):
        student = parent.student()
        assert student.alive
        assert run(student, code) == ["gone", None]
        student.kill()
        assert (student.alive, student.status) == (False, status)
        student.kill()
        assert student.status == status


def test_a_daemon_ends_with_its_student(parent):
    student = parent.student()
    ask(student, DAEMON)
    assert len(below(warm(parent))) >= 2
    student.kill()
    assert below(warm(parent)) == []
    assert student.status == -signal.SIGKILL


def test_a_stopped_student_ends(parent):
    student = parent.student()
    ask(student, "import os; answer = os.getpid()")
    for pid in below(warm(parent)):
        os.kill(pid, signal.SIGSTOP)
    student.kill()
    assert below(warm(parent)) == []


def test_a_hundred_students_leave_nothing(parent):
    open_before = len(list(Path("/proc/self/fd").iterdir()))
    for number in range(100):
        student = parent.student()
        if number % 10 == 0:
            ask(student, DAEMON)
        student.kill()
    assert below(warm(parent)) == []
    assert len(list(Path("/proc/self/fd").iterdir())) == open_before


def test_many_live_at_once(parent):
    students = [parent.student() for _ in range(8)]
    users = [ask(student, "import os; answer = os.getuid()") for student in students]
    assert len(set(users)) == (8 if os.geteuid() == 0 else 1)
    for student in reversed(students):
        student.kill()
    assert below(warm(parent)) == []


def test_a_forked_worker_has_students_that_end_with_it(parent):
    ours = parent.student()
    pid = os.fork()
    if pid == 0:
        try:
            student = parent.connect().student()
            parent.close()  # it is not the worker's to close
            ask(student, DAEMON)
            os._exit(len(below(warm(parent))))
        finally:
            traceback.print_exc()
            os._exit(0)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) >= 2
    while len(below(warm(parent))) > 1:
        time.sleep(0.01)
    assert ask(ours, "answer = 1") == 1
    ours.kill()


def test_students_end_with_their_connection(parent):
    connection = parent.connect()
    student = connection.student()
    ask(student, DAEMON)
    connection.close()
    assert receive(student) == ["gone", None]
    student.kill()
    assert below(warm(parent)) == []


GRADER = """
import sys, time
sys.path[:0] = [{tests!r}]
from test_sandbox import DAEMON, ask, below, start, warm
with start() as parent:
    students = [parent.student() for _ in range(3)]
    for student in students:
        ask(student, DAEMON)
    print(parent._launcher.pid, *below(parent._launcher.pid), flush=True)
    try:
        time.sleep(1000)
    finally:
        if {close}:
            for student in students:
                student.kill()
"""


@pytest.mark.parametrize("victim", ["grader", "launcher", "warm parent", "Ctrl-C"])
def test_nothing_survives_the_death_of(victim):
    code = GRADER.format(tests=str(ROOT / "tests"), close=victim == "Ctrl-C")
    # What it runs later must not hold our pipe open.
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        cwd=ROOT, start_new_session=True,
    ) as grader:  # fmt: skip
        launcher, warm_parent, *students = map(int, grader.stdout.readline().split())
        assert len(students) >= 6
        match victim:
            case "grader":
                grader.kill()
            case "launcher":
                os.kill(launcher, signal.SIGKILL)
            case "warm parent":
                os.kill(warm_parent, signal.SIGKILL)
            case "Ctrl-C":
                os.killpg(grader.pid, signal.SIGINT)
        wait_until_gone([warm_parent, *students])
        if victim == "Ctrl-C":
            grader.wait()
        grader.kill()
    wait_until_gone([launcher])


def test_nothing_is_left_on_the_machine(parent, monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with start() as another:
        student = another.student()
        ask(student, "import tempfile; open(tempfile.mktemp(), 'w').write('x'); answer = 1")
        mounts = Path("/proc/self/mountinfo").read_text()
        assert f" {jail.HOME} " not in mounts
        assert "/.old" not in mounts
        launched = [another._launcher.pid, *below(another._launcher.pid)]
        assert len(launched) >= 3
    student.kill()
    assert list(tmp_path.iterdir()) == []
    assert not jail.HOME.exists()
    for pid in launched:
        assert not Path(f"/proc/{pid}").exists()


def test_a_student_may_end_while_its_grader_hangs_up(parent):
    """The warm parent may hear of both at once: at some of these delays it does."""
    for number in range(100):
        student = parent.student()
        send(student, "import os; os._exit(0)")
        assert student.channel.recv(1) == b""
        time.sleep(number * 2e-5)
        student.kill()
    student = parent.student()
    assert ask(student, "answer = 1") == 1
    student.kill()


def test_without_its_warm_parent_it_says_so():
    with start() as parent:
        student = parent.student()
        os.kill(warm(parent), signal.SIGKILL)
        student.kill()
        assert student.status == -signal.SIGKILL
        with pytest.raises(WarmParentError, match="ended"):
            while True:  # until the kernel has closed its sockets
                parent.student().kill()


# How it starts


@pytest.mark.parametrize(
    ("prepare", "said"),
    [
        ("prepare_a_thread", "straggler"),
        ("prepare_secrets", "autograder.exercises"),
        ("prepare_wrongly", "FileNotFoundError: no such thing"),
        ("prepare_elsewhere", "prepare_elsewhere"),
    ],
)
def test_what_was_prepared_wrongly_is_named(prepare, said):
    with pytest.raises(WarmParentError, match=said):
        start(prepare)


def test_a_missing_module_is_named():
    with pytest.raises(WarmParentError, match="no module nowhere"):
        WarmParent("nowhere:prepare", "sandbox_serves:serve")


def test_it_imports_what_it_is_told_to_as_far_as_it_is_installed():
    with start(modules=["numpy.polynomial", "no_such_module"]) as parent:
        student = parent.student()
        loaded = ask(student, "import sys; answer = sorted(sys.modules)")
        assert "numpy.polynomial" in loaded
        assert not any(name.startswith(("sklearn", "no_such_module")) for name in loaded)
        # What it was not told of is imported when a student does, and says nothing of where it is.
        assert ask(
            student,
            """
            import contextlib, io, warnings
            with contextlib.redirect_stderr(io.StringIO()) as said:
                from sklearn.datasets import load_iris
            answer = [len(load_iris().target), said.getvalue()]
            """,
        ) == [150, ""]
        student.kill()


def test_the_warm_parent_lets_the_package_be_imported_without_exercises():
    code = "import autograder, sys; print([m for m in sys.modules if m.startswith('autograder.')])"
    said = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert said.stdout == "[]\n"


WITHOUT_NAMESPACES = """
import errno, sys
sys.path[:0] = [{tests!r}]
import pyseccomp
rules = pyseccomp.SyscallFilter(pyseccomp.ALLOW)
rules.add_rule(pyseccomp.ERRNO(errno.EPERM), "unshare")
rules.load()
from test_sandbox import *
from test_sandbox import _reduced
_reduced()
"""


def _reduced() -> None:
    """Grade where there are no namespaces; called in a process that may not make any."""
    try:
        start()
    except IsolationError as error:
        print(error)
    with start(isolation=Isolation.REDUCED, limits=LIMITS) as parent:
        student = parent.student()
        work = Path(ask(student, "answer = str(work)"))
        ask(student, "open('x', 'w').write('x')")
        secret = ROOT / "README.md"
        print(run(student, f"open({str(secret)!r})")[0], run(student, "open('/etc/x', 'w')")[0])
        print(run(student, "import socket; socket.socket()")[0])
        there = work.exists()
        ask(student, DAEMON)
        launcher = parent._launcher.pid
        student.kill()
        print(there, work.exists(), below(launcher))


def test_without_namespaces_it_refuses_unless_told_otherwise():
    said = subprocess.run(
        [sys.executable, "-c", WITHOUT_NAMESPACES.format(tests=str(ROOT / "tests"))],
        capture_output=True, text=True, check=True, cwd=ROOT, timeout=120,
    ).stdout  # fmt: skip
    refused, rest = said.split("\nISOLATION=reduced grades without what is missing\n")
    assert refused.startswith("this machine can't shut student code in; missing:\n- namespaces: ")
    assert "apparmor_restrict_unprivileged_userns" in refused
    assert "- seccomp" not in refused
    assert rest.splitlines() == [
        "PermissionError PermissionError",
        "PermissionError",
        "True False []",
    ]


def test_an_installation_among_others_is_hidden(tmp_path):
    """Also: a Python below /tmp, in a folder whose name holds a space."""
    folder = tmp_path / "my python"
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True)
    python = folder / "bin" / "python"
    where = "import sysconfig; print(sysconfig.get_path('purelib'))"
    site = Path(subprocess.check_output([python, "-I", "-c", where], text=True).strip())
    import pyseccomp

    shutil.copytree(ROOT / "autograder", site / "autograder")
    shutil.copy(ROOT / "tests" / "sandbox_serves.py", site)
    shutil.copy(pyseccomp.__file__, site)
    code = f"""
import json
from autograder.sandbox.warm import WarmParent
with WarmParent("sandbox_serves:prepare_nothing", "sandbox_serves:serve") as parent:
    student = parent.student()
    student.channel.sendall(json.dumps('''
import os
answer = [os.listdir({str(site / "autograder")!r}), os.path.exists({str(site)!r})]
try:
    import autograder.exercises
except ModuleNotFoundError:
    answer.append("hidden")
''').encode() + b"\\n")
    print(student.channel.recv(1000).decode())
"""
    said = subprocess.run(
        [python, "-I", "-c", code], capture_output=True, text=True, cwd=tmp_path, check=False
    )
    assert said.stderr == ""
    assert json.loads(said.stdout) == ["answer", [[], True, "hidden"]]


# As another user


@pytest.mark.long
@pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")
def test_all_of_it_holds_for_an_ordinary_user():
    with tempfile.TemporaryDirectory() as name:
        spare, home = Path(name, "spare"), Path(name, "home")
        Path(name).chmod(0o755)
        for folder in (spare, home):
            folder.mkdir()
        os.chown(home, 65534, 65534)
        environment = {**os.environ, "HOME": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
        environment |= {"PYTHONPATH": str(ROOT), "TMPDIR": str(home)}
        said = subprocess.run(
            [
                sys.executable, str(ROOT / "tests" / "sandbox_user.py"), str(spare),
                sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider",
                f"--basetemp={home / 'pytest'}", str(ROOT / "tests" / "test_sandbox.py"),
            ],
            cwd=ROOT, env=environment, capture_output=True, text=True, check=False,
        )  # fmt: skip
    assert said.returncode == 0, said.stdout[-5000:] + said.stderr[-2000:]
