"""Builds the ONNX graphs of all-MiniLM-L6-v2 from its safetensors and quantises them to int8.

Two graphs, one after the other: the first four layers give each word in its context, the last two and the pooling
give the sentence. Used at set-up only: it imports ``onnx`` and the quantiser, which a serving process does not need.
The network is BERT (Devlin et al. 2019, arXiv:1810.04805) with 6 layers, 12 heads and 384
dimensions; mean pooling and the L2 norm follow the model's card (sentence-transformers).
"""

from __future__ import annotations

import math
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper
from onnxruntime.quantization import QuantType, quantize_dynamic
from safetensors.numpy import load_file

LAYERS, HEADS, WIDTH = 6, 12, 384
WORDS_LAYER = 4  # of six, the one that best tells a name from a word; the last has given way to the whole sentence
EPSILON = 1e-12
OPSET = 17  # the first with LayerNormalization
GRAPHS = ("words.onnx", "sentence.onnx")
PIECES: list[str | int] = ["n", "tokens"]

Port = tuple[int, list[str | int]]
"""Type and shape of a graph's input or output."""


def write_int8_models(weights: Path, folder: Path, report: Callable[[str, float], None]) -> None:
    """Writes the quantised models (23 MB together) to ``folder``.

    ``words.onnx`` takes ``input_ids`` and ``attention_mask``, both (n, tokens) int64, and gives ``words``
    (n, tokens, 384), the hidden states after the fourth layer; ``sentence.onnx`` takes those and the mask and gives
    ``vectors`` (n, 384).
    """
    report("building the graph of the vector model", 0.2)
    with tempfile.TemporaryDirectory() as scratch:
        write_float_models(weights, Path(scratch))
        report("quantising the vector model", 0.5)
        for name in GRAPHS:
            quantize_dynamic(Path(scratch) / name, folder / name, per_channel=True, weight_type=QuantType.QInt8)


def write_float_models(weights: Path, folder: Path) -> None:
    """Writes the float32 models (90 MB): the reference the quantised ones are compared with."""
    values = load_file(weights)
    onnx.save(_Graph(values).words(), str(folder / "words.onnx"))
    onnx.save(_Graph(values).sentence(), str(folder / "sentence.onnx"))


class _Graph:
    """Nodes and constants of the graph while it grows; each method returns the name of its output."""

    def __init__(self, weights: dict[str, np.ndarray[Any, Any]]) -> None:
        self.weights = weights
        self.nodes: list[onnx.NodeProto] = []
        self.constants: dict[str, onnx.TensorProto] = {}

    def words(self) -> onnx.ModelProto:
        hidden, bias = self.embeddings(), self.attention_bias()
        for layer in range(WORDS_LAYER):
            hidden = self.layer(f"encoder.layer.{layer}", hidden, bias)
        self.node("Identity", hidden, output="words")
        inputs = {"input_ids": (TensorProto.INT64, PIECES), "attention_mask": (TensorProto.INT64, PIECES)}
        return self.model(inputs, {"words": (TensorProto.FLOAT, [*PIECES, WIDTH])})

    def sentence(self) -> onnx.ModelProto:
        hidden, bias = "words", self.attention_bias()
        for layer in range(WORDS_LAYER, LAYERS):
            hidden = self.layer(f"encoder.layer.{layer}", hidden, bias)
        self.pool(hidden)
        inputs = {"words": (TensorProto.FLOAT, [*PIECES, WIDTH]), "attention_mask": (TensorProto.INT64, PIECES)}
        return self.model(inputs, {"vectors": (TensorProto.FLOAT, ["n", WIDTH])})

    def model(self, inputs: dict[str, Port], outputs: dict[str, Port]) -> onnx.ModelProto:
        """The graph so far, with its types and shapes."""
        graph = helper.make_graph(
            self.nodes,
            "all-MiniLM-L6-v2",
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in inputs.items()],
            [helper.make_tensor_value_info(name, kind, shape) for name, (kind, shape) in outputs.items()],
            list(self.constants.values()),
        )
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=8)
        # The quantiser asks for its own pre-processing (shapes, fusions), which this graph does not need.
        helper.set_model_props(model, {"onnx.quant.pre_process": "onnxruntime.quant"})
        onnx.checker.check_model(model)
        return model

    def node(self, kind: str, *inputs: str, output: str | None = None, **attributes: Any) -> str:
        name = output or f"{kind}_{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, inputs, [name], name=f"node_{name}", **attributes))
        return name

    def constant(self, name: str, value: np.ndarray[Any, Any]) -> str:
        self.constants.setdefault(name, numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def weight(self, name: str) -> str:
        return self.constant(name, self.weights[name])

    def integers(self, *values: int) -> str:
        return self.constant("ints_" + "_".join(map(str, values)), np.array(values, dtype=np.int64))

    def number(self, value: float) -> str:
        return self.constant(f"float_{value!r}", np.array(value, dtype=np.float32))

    def linear(self, name: str, hidden: str) -> str:
        transposed = self.constant(f"{name}.weight.T", self.weights[f"{name}.weight"].T)
        return self.node("Add", self.node("MatMul", hidden, transposed), self.weight(f"{name}.bias"))

    def norm(self, name: str, hidden: str) -> str:
        return self.node(
            "LayerNormalization",
            hidden,
            self.weight(f"{name}.weight"),
            self.weight(f"{name}.bias"),
            axis=-1,
            epsilon=EPSILON,
        )

    def embeddings(self) -> str:
        words = self.node("Gather", self.weight("embeddings.word_embeddings.weight"), "input_ids")
        tokens = self.node("Slice", self.node("Shape", "input_ids"), self.integers(1), self.integers(2))
        positions = self.node(
            "Slice", self.weight("embeddings.position_embeddings.weight"), self.integers(0), tokens, self.integers(0)
        )
        first_type = self.constant("token_type", self.weights["embeddings.token_type_embeddings.weight"][0])
        return self.norm("embeddings.LayerNorm", self.node("Add", self.node("Add", words, positions), first_type))

    def attention_bias(self) -> str:
        """0 where a token is, −10000 where padding is, shaped (n, 1, 1, tokens)."""
        mask = self.node("Unsqueeze", self.node("Cast", "attention_mask", to=TensorProto.FLOAT), self.integers(1, 2))
        return self.node("Mul", self.node("Sub", self.number(1.0), mask), self.number(-10000.0))

    def heads(self, name: str, hidden: str, order: list[int]) -> str:
        split = self.node("Reshape", self.linear(name, hidden), self.integers(0, 0, HEADS, WIDTH // HEADS))
        return self.node("Transpose", split, perm=order)

    def layer(self, name: str, hidden: str, bias: str) -> str:
        attention = f"{name}.attention"
        query = self.heads(f"{attention}.self.query", hidden, [0, 2, 1, 3])
        key = self.heads(f"{attention}.self.key", hidden, [0, 2, 3, 1])
        value = self.heads(f"{attention}.self.value", hidden, [0, 2, 1, 3])
        scores = self.node("Mul", self.node("MatMul", query, key), self.number(1 / math.sqrt(WIDTH // HEADS)))
        shares = self.node("Softmax", self.node("Add", scores, bias), axis=-1)
        joined = self.node("Transpose", self.node("MatMul", shares, value), perm=[0, 2, 1, 3])
        mixed = self.linear(f"{attention}.output.dense", self.node("Reshape", joined, self.integers(0, 0, WIDTH)))
        hidden = self.norm(f"{attention}.output.LayerNorm", self.node("Add", mixed, hidden))
        wide = self.gelu(self.linear(f"{name}.intermediate.dense", hidden))
        return self.norm(
            f"{name}.output.LayerNorm", self.node("Add", self.linear(f"{name}.output.dense", wide), hidden)
        )

    def gelu(self, x: str) -> str:
        """x · (1 + erf(x / √2)) / 2 (Hendrycks and Gimpel 2016, arXiv:1606.08415)."""
        erf = self.node("Erf", self.node("Mul", x, self.number(1 / math.sqrt(2))))
        return self.node("Mul", self.node("Mul", x, self.number(0.5)), self.node("Add", erf, self.number(1.0)))

    def pool(self, hidden: str) -> str:
        """The mean over the tokens that are not padding, then length one."""
        mask = self.node("Unsqueeze", self.node("Cast", "attention_mask", to=TensorProto.FLOAT), self.integers(2))
        total = self.node("ReduceSum", self.node("Mul", hidden, mask), self.integers(1), keepdims=0)
        mean = self.node("Div", total, self.node("ReduceSum", mask, self.integers(1), keepdims=0))
        length = self.node("ReduceL2", mean, axes=[1], keepdims=1)
        return self.node("Div", mean, length, output="vectors")
