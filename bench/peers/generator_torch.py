"""Samples one of our models with PyTorch on the CPU: nn.GRU-like step, batch 256, finished rows refilled, as our sampler does.

    python3 generator_torch.py MODEL_FOLDER COUNT THREADS
"""
import json
import sys
import time
from pathlib import Path

import numpy
import torch

folder, count, threads = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
torch.set_num_threads(threads)
card = json.loads((folder / "model.json").read_text())
V, H = len(card["vocabulary"]), card["architecture"]["hidden"]
limit, batch = card["architecture"]["maxTokens"], 256
flat = torch.from_numpy(numpy.fromfile(folder / "weights.bin", dtype="<f4"))
shapes = [(V, 3 * H), (H, 3 * H), (3 * H,), (3 * H,), (H, V), (V,)]
sizes = [int(numpy.prod(s)) for s in shapes]
wx, wh, bx, bh, wo, bo = (part.view(shape) for part, shape in zip(flat.split(sizes), shapes))
wx = wx + bx

torch.manual_seed(1)
started, cpu_before = time.perf_counter(), time.process_time()
state = torch.zeros(batch, H)
token = torch.ones(batch, dtype=torch.long)
length = torch.zeros(batch, dtype=torch.long)
rows = [[] for _ in range(batch)]
done = []
first = None
with torch.inference_mode():
    while len(done) < count:
        x = wx[token]
        y = torch.addmm(bh, state, wh)
        r = torch.sigmoid(x[:, :H] + y[:, :H])
        z = torch.sigmoid(x[:, H:2 * H] + y[:, H:2 * H])
        n = torch.tanh(x[:, 2 * H:] + r * y[:, 2 * H:])
        state = n + z * (state - n)
        token = torch.multinomial(torch.softmax(torch.addmm(bo, state, wo), 1), 1).squeeze(1)
        length += 1
        over = (token == 2) | (length >= limit)
        for row, t in enumerate(token.tolist()):
            if t != 2:
                rows[row].append(t)
        for row in over.nonzero().flatten().tolist():
            done.append("".join(card["vocabulary"][t] for t in rows[row]))
            rows[row] = []
            first = first or time.perf_counter() - started
        state[over] = 0
        token[over] = 1
        length[over] = 0
seconds, cpu = time.perf_counter() - started, time.process_time() - cpu_before
print(json.dumps({"peer": f"PyTorch {torch.__version__}", "threads": threads, "firstMolecule_ms": round(first * 1000),
                  "samplesPerSecond": round(len(done) / seconds), "samplesPerCpuSecond": round(len(done) / cpu), "note": "no check of validity, start of Python not counted"}))
