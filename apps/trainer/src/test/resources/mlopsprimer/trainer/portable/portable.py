"""Loads model.onnx, or the directory of an MLflow model, as a user of Python does.

portable.py onnx DIRECTORY      each directory in it has a model.onnx and rows.csv
portable.py mlflow DIRECTORY    it has the directory model and rows.csv
portable.py reference DIRECTORY compares DIRECTORY/model with what mlflow.onnx.save_model writes

rows.csv has the columns of the model and the column expected: the probability that the API gives.
Prints one line of JSON for each model.
"""

import json
import pathlib
import re
import sys

import numpy as np
import pandas as pd


def rows_of(directory):
    frame = pd.read_csv(directory / "rows.csv", float_precision="round_trip")
    return frame.drop(columns="expected"), frame["expected"].to_numpy()


def report(name, probability, prediction, expected):
    assert probability.dtype == np.float64, probability.dtype
    assert probability.shape == expected.shape, probability.shape
    labels = np.where(expected > 0.5, "UP", "DOWN")
    assert list(prediction) == list(labels), "prediction"
    difference = float(np.abs(probability - expected).max())
    print(json.dumps({"name": name, "rows": len(expected), "difference": difference}))


def check_onnx(directory):
    import onnx
    import onnxruntime

    for each in sorted(path for path in directory.iterdir() if path.is_dir()):
        onnx.checker.check_model(str(each / "model.onnx"), full_check=True)
        frame, expected = rows_of(each)
        session = onnxruntime.InferenceSession(str(each / "model.onnx"))
        assert [node.name for node in session.get_inputs()] == list(frame.columns)
        feed = {name: frame[name].to_numpy(np.float64) for name in frame.columns}
        probability, prediction = session.run(["probability_up", "prediction"], feed)
        report(each.name, probability, prediction, expected)


def check_mlflow(directory):
    import mlflow

    frame, expected = rows_of(directory)
    model = mlflow.pyfunc.load_model(str(directory / "model"))
    answers = model.predict(frame)
    report("predict", answers["probability_up"].to_numpy(), answers["prediction"], expected)
    example = model.input_example
    assert list(example.columns) == list(frame.columns), example.columns
    model.predict(example)
    loaded = mlflow.onnx.load_model(str(directory / "model"))
    assert loaded.graph.input[0].name == frame.columns[0]


def compare_with_reference(directory):
    import mlflow
    import onnx
    import yaml

    ours, theirs = directory / "model", directory / "reference"
    described = mlflow.models.Model.load(str(ours))
    mlflow.onnx.save_model(
        onnx.load(str(ours / "model.onnx")),
        str(theirs),
        signature=described.signature,
        input_example=described.load_input_example(str(ours)),
        onnx_execution_providers=["CPUExecutionProvider"],
        metadata=described.metadata,
    )
    assert sorted(path.name for path in ours.iterdir()) == sorted(path.name for path in theirs.iterdir())
    ignored = re.compile(r"(python_version: |python[=:]|pip[<=]=|setuptools==|numpy==)[ '<=.\w]*")

    def content(path):
        text = path.read_text()
        if path.suffix == ".json":
            return json.loads(text)
        return yaml.safe_load(ignored.sub(r"\1", text)) if path.suffix == ".yaml" else ignored.sub(r"\1", text)

    for name in ["conda.yaml", "python_env.yaml", "requirements.txt", "input_example.json", "serving_input_example.json"]:
        assert content(ours / name) == content(theirs / name), (name, content(ours / name), content(theirs / name))
    assert onnx.load(str(ours / "model.onnx")) == onnx.load(str(theirs / "model.onnx"))
    one, other = (yaml.safe_load((each / "MLmodel").read_text()) for each in (ours, theirs))
    for each in (one, other):
        each["signature"] = {key: value and json.loads(value) for key, value in each["signature"].items()}
        for own in ("model_uuid", "utc_time_created", "model_size_bytes"):
            each.pop(own)
        each["flavors"]["python_function"].pop("python_version")
    assert one == other, (one, other)
    print(json.dumps({"name": "reference", "files": len(list(theirs.iterdir()))}))


{"onnx": check_onnx, "mlflow": check_mlflow, "reference": compare_with_reference}[sys.argv[1]](pathlib.Path(sys.argv[2]))
