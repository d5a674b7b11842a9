"""The same question asked of OR-tools' CP-SAT: houses as JSON on the input, a line each; on the output the fewest moves, `null` when
there is no plan, or `"?"` when it was not decided in the seconds given as the first argument."""

import json
import sys

from ortools.sat.python import cp_model


def fewest(house, seconds):
    model = cp_model.CpModel()
    moved = []
    in_room = {}
    for n, guest in enumerate(house["guests"]):
        here = []
        for room in range(house["rooms"]):
            if room != guest["room"] and not guest["allowed"][room]:
                continue
            if any(f["room"] == room and f["from"] < guest["to"] and guest["from"] < f["to"] for f in house["fixtures"]):
                continue
            lies = model.new_bool_var(f"{n} in {room}")
            here.append(lies)
            in_room.setdefault(room, []).append((guest, lies))
            if guest["room"] is not None and room != guest["room"]:
                moved.append(lies)
        model.add_exactly_one(here)
    for guests in in_room.values():
        for night in {guest["from"] for guest, _ in guests}:
            model.add_at_most_one(lies for guest, lies in guests if guest["from"] <= night < guest["to"])
    model.minimize(sum(moved))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 1
    status = solver.solve(model)
    if status == cp_model.OPTIMAL:
        return round(solver.objective_value)
    return None if status == cp_model.INFEASIBLE else "?"


for line in sys.stdin:
    print(json.dumps(fewest(json.loads(line), float(sys.argv[1]))), flush=True)
