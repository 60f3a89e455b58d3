"""The API of the Python original. It reads the model once, and predicts for every request."""

import os
from pathlib import Path

import joblib
import pandas as pd
from fastapi import FastAPI

directory = Path(os.environ["MODEL_DIR"])
model = joblib.load(directory / "model.joblib")
latest = pd.read_json(directory / "latest.json", orient="records")

app = FastAPI()


def answer(probability_up):
    return {"prediction": "UP" if probability_up > 0.5 else "DOWN", "confidence": round(probability_up, 3)}


@app.get("/predictionForTomorrow")
def prediction_for_tomorrow():
    return answer(float(model.predict_proba(latest)[0][1]))


constant = answer(float(model.predict_proba(latest)[0][1]))


# FastAPI runs a coroutine without a thread of its own, so this is the fastest that FastAPI can be.
@app.get("/constant")
async def the_same_without_predicting():
    return constant
