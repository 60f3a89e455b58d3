#!/usr/bin/env python3
"""Asks an MLflow server with MLflow's own client, as a user of Python does. It prints one line of JSON.

mlflow-client.py runs MODEL                 the runs of the model's versions, the newest version first
mlflow-client.py versions MODEL             the ids of the stored versions by the numbers of the model's versions
mlflow-client.py alias MODEL NUMBER         moves the alias champion
mlflow-client.py predict MODEL FEATURES     the probability that the champion gives for the newest row of FEATURES,
                                            a file of the directory latest of the model store

MLFLOW_TRACKING_URI is the server. The Python is that of scripts/mlflow.sh.
"""

import json
import sys

import mlflow
import pandas as pd


def versions_of(client: mlflow.MlflowClient, model: str) -> list:
    found = client.search_model_versions(f"name = '{model}'")
    return sorted(found, key=lambda version: int(version.version), reverse=True)


def runs(client: mlflow.MlflowClient, model: str) -> list[dict]:
    found = [client.get_run(version.run_id) for version in versions_of(client, model)]
    return [
        {
            "id": run.info.run_id,
            "experiment": run.info.experiment_id,
            "name": client.get_experiment(run.info.experiment_id).name,
            "status": run.info.status,
            "settings": ", ".join(f"{name} {run.data.params.get(name)}" for name in ("history", "seed")),
            "brier": run.data.metrics.get("model/brier"),
            "artifacts": sorted(file.path for file in client.list_artifacts(run.info.run_id)),
        }
        for run in found
    ]


def versions(client: mlflow.MlflowClient, model: str) -> dict[str, str]:
    return {str(each.version): each.tags["mlops-primer.version"] for each in versions_of(client, model)}


def alias(client: mlflow.MlflowClient, model: str, number: str) -> dict[str, str]:
    client.set_registered_model_alias(model, "champion", number)
    return {"champion": number}


def predict(_: mlflow.MlflowClient, model: str, features: str) -> float:
    loaded = mlflow.pyfunc.load_model(f"models:/{model}@champion")
    with open(features) as file:
        rows = json.load(file)["rows"]
    (row,) = (each["row"]["values"] for each in rows.values())
    frame = pd.DataFrame([row], columns=loaded.metadata.get_input_schema().input_names())
    return float(loaded.predict(frame)["probability_up"].iloc[0])


VERBS = {"runs": runs, "versions": versions, "alias": alias, "predict": predict}
print(json.dumps(VERBS[sys.argv[1]](mlflow.MlflowClient(), *sys.argv[2:])))
