/** Domains whose operators the runtime has and that the standard describes; '' is written out by some as ai.onnx. */
export const KNOWN_DOMAINS: ReadonlySet<string> = new Set(['', 'ai.onnx', 'ai.onnx.ml']);

/** The newest versions of operators that the runtime knows (ONNX 1.21), and of the file format. */
export const NEWEST_OPSET: ReadonlyMap<string, number> = new Map([
  ['', 26],
  ['ai.onnx', 26],
  ['ai.onnx.ml', 5],
]);
export const NEWEST_IR = 13;

/** Graphs inside the nodes of graphs; no exporter for calibrations writes more than two. */
export const DEEPEST_GRAPH = 8;
/** Operations in all, each call of a function counted with all that it holds. */
export const MOST_NODES = 200_000;
/** Numbers of one array: 1 GB of doubles. */
export const MOST_ELEMENTS = 2 ** 27;

/** Never ends when its condition says so; no calibration needs one, and nothing could stop it. */
export const ENDLESS_OPERATORS: ReadonlySet<string> = new Set(['Loop']);

/** Operators that make an array of the size that an input says: which input. */
export const SIZE_INPUTS: ReadonlyMap<string, number> = new Map([
  ['ConstantOfShape', 0], ['Expand', 1], ['Tile', 1], ['Pad', 1], ['OneHot', 1], ['Resize', 3], ['BlackmanWindow', 0],
  ['HannWindow', 0], ['HammingWindow', 0],
]); // prettier-ignore
