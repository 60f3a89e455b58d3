"""Prints milliseconds of joblib.load: its imports, the first call, and the median of 50 more calls."""

import statistics
import sys
from time import perf_counter


def millis(action):
    start = perf_counter()
    action()
    return (perf_counter() - start) * 1000


def imports():
    import joblib  # noqa: F401
    import sklearn.ensemble  # noqa: F401


importing = millis(imports)
from joblib import load

cold = millis(lambda: load(sys.argv[1]))
warm = statistics.median(millis(lambda: load(sys.argv[1])) for _ in range(50))
print(f"{importing:.3f} {cold:.3f} {warm:.3f}")
