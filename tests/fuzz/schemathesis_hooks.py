"""Puts ids of a real hotel into half of the generated requests, so that they get past 404."""

import json
import os
import random

import schemathesis

IDS = json.loads(os.environ.get("PMS_FUZZ_IDS", "{}"))
chance = random.Random(7)


def with_real_ids(values):
    if isinstance(values, dict) and chance.random() < 0.5:
        return {name: IDS.get(name, value) for name, value in values.items()}
    return values


@schemathesis.hook
def map_query(context, query):
    return with_real_ids(query)


@schemathesis.hook
def map_body(context, body):
    return with_real_ids(body)


@schemathesis.hook
def map_path_parameters(context, path_parameters):
    if path_parameters and chance.random() < 0.5:
        parts = context.operation.path.split("/")
        noun = "/" + parts[4] if len(parts) > 4 else ""
        if noun in IDS and "id" in path_parameters:
            return {**path_parameters, "id": IDS[noun]}
    return path_parameters
