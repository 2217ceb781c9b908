#!/usr/bin/env python3
"""The peer of the gallery benchmark: FAISS's exact index of inner products, IndexFlatIP.

    faiss_peer.py --rows FILE --probes FILE --dimension N

Both files are float32 vectors, one behind the other. It loads them, writes one JSON line about itself, and then answers
each line `THREADS FIRST COUNT LIMIT` of its input (search for COUNT probes from FIRST on, together) with a JSON line:
the milliseconds inside the search, and for each probe the rows found and their inner products.
"""

import argparse
import json
import sys
import time

import faiss
import numpy as np


def main(arguments):
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n", maxsplit=1)[0])
    parser.add_argument("--rows", required=True)
    parser.add_argument("--probes", required=True)
    parser.add_argument("--dimension", type=int, required=True)
    options = parser.parse_args(arguments)

    index = faiss.IndexFlatIP(options.dimension)
    index.add(np.fromfile(options.rows, dtype=np.float32).reshape(-1, options.dimension))
    probes = np.fromfile(options.probes, dtype=np.float32).reshape(-1, options.dimension)
    print(json.dumps({"version": faiss.__version__, "options": faiss.get_compile_options().strip(),
                      "rows": index.ntotal}), flush=True)
    for line in sys.stdin:
        threads, first, count, limit = map(int, line.split())
        faiss.omp_set_num_threads(threads)
        wanted = np.ascontiguousarray(probes[first:first + count])
        started = time.perf_counter()
        products, rows = index.search(wanted, limit)
        milliseconds = (time.perf_counter() - started) * 1000
        print(json.dumps({"milliseconds": milliseconds, "rows": rows.tolist(), "products": products.tolist()}),
              flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
