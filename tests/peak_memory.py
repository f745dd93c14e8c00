"""How much memory a process of a test took at most."""

PRINT_PEAK = """
with open("/proc/self/status", encoding="ascii") as status:
    print(next(int(line.split()[1]) // 1024 for line in status if line.startswith("VmHWM")))
"""
"""Code that prints the megabytes of the process that runs it. Not ``ru_maxrss``: that begins with the parent's."""
