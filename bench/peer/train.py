"""The training of the Python original: one forest, one hold-out. Arguments: prices (CSV), directory for the model."""

import sys
from pathlib import Path

import joblib
import pandas as pd
from sklearn.ensemble import RandomForestClassifier
from sklearn.metrics import accuracy_score

FEATURES = ["return", "ma_5", "ma_20", "volatility_10"]

prices, out = sys.argv[1], Path(sys.argv[2])

df = pd.read_csv(prices, parse_dates=["Date"], index_col="Date", date_format="%m/%d/%Y")
df = df[df.index > df.index.max() - pd.DateOffset(years=5)].copy()

df["return"] = df["Adj Close"].pct_change()
df["ma_5"] = df["Adj Close"].rolling(5).mean()
df["ma_20"] = df["Adj Close"].rolling(20).mean()
df["volatility_10"] = df["return"].rolling(10).std()
df["target"] = (df["Adj Close"].shift(-1) > df["Adj Close"]).astype(int)
df = df.dropna()

split = int(len(df) * 0.8)
train, test = df.iloc[:split], df.iloc[split:]
model = RandomForestClassifier(n_estimators=100, max_depth=5, random_state=42)
model.fit(train[FEATURES], train["target"])
accuracy = accuracy_score(test["target"], model.predict(test[FEATURES]))

joblib.dump(model, out / "model.joblib")
df[FEATURES].tail(1).reset_index(drop=True).to_json(out / "latest.json", orient="records")
print(f"rows={len(df)} accuracy={accuracy:.3f}")
