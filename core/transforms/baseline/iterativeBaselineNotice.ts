/** Why baselines that are found by iteration have no ONNX form. */
export const iterativeBaselineNotice = (operator: string): string =>
  `${operator} finds the baseline of each spectrum by iteration, which an ONNX graph does not hold. Use Detrend, PolynomialBaseline or a derivative in models that are exported to ONNX, or keep the native model format.`;
