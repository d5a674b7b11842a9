"""The same questions asked of HiGHS alone, through OR-tools: houses as JSON on the input, a line each; on the output a line each with the
seconds that the solver took and the fewest moves, or null when it was not done in the seconds given as the first argument."""

import json
import sys
import time

from ortools.linear_solver.python import model_builder


def fewest(house, seconds):
    model = model_builder.Model()
    moved = []
    in_room = {}
    taken = [set() for _ in range(house["rooms"])]
    for fixture in house["fixtures"]:
        taken[fixture["room"]].update(range(fixture["from"], fixture["to"]))
    for n, guest in enumerate(house["guests"]):
        here = []
        nights = set(range(guest["from"], guest["to"]))
        for room in range(house["rooms"]):
            if nights & taken[room]:
                continue
            lies = model.new_bool_var(f"{n}_{room}")
            here.append(lies)
            in_room.setdefault(room, []).append((guest, lies))
            if guest["room"] is not None and room != guest["room"]:
                moved.append(lies)
        model.add(sum(here) == 1)
    for guests in in_room.values():
        # Stays that share a night share the arrival of one of them.
        for night in {guest["from"] for guest, _ in guests}:
            model.add(sum(lies for guest, lies in guests if guest["from"] <= night < guest["to"]) <= 1)
    model.minimize(sum(moved))
    solver = model_builder.Solver("highs")
    solver.set_time_limit_in_seconds(seconds)
    began = time.monotonic()
    status = solver.solve(model)
    took = time.monotonic() - began
    is_done = status == model_builder.SolveStatus.OPTIMAL
    return {"seconds": took, "moves": round(solver.objective_value) if is_done else None, "variables": model.num_variables}


for line in sys.stdin:
    print(json.dumps(fewest(json.loads(line), float(sys.argv[1]))), flush=True)
