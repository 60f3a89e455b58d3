/** The model in forms that other programs read: ONNX, and the directory of an MLflow model. */
package mlopsprimer.trainer.portable;
