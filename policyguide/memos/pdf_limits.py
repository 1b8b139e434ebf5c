"""What the kernel holds the typesetter to, and what to say when it was too little."""

import resource
import signal


def limit_processor_time(seconds: float) -> None:
    """Allow so much from now on; past it the kernel ends the process. 0 is no limit."""
    signal.setitimer(signal.ITIMER_PROF, seconds)


def limit_memory_and_files(memory_bytes: int, file_bytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    resource.setrlimit(resource.RLIMIT_FSIZE, (file_bytes, file_bytes))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def cause_of_death(exitcode: int) -> str:
    if exitcode == -signal.SIGPROF:
        return "It needed more processor time than a memo may take."
    if exitcode < 0:
        name = signal.Signals(-exitcode).name
        return f"The typesetter was stopped by {name}, as when memory runs out."
    return f"The typesetter ended with status {exitcode}." if exitcode else ""
