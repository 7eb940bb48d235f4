/** A text that is equal for equal requests; typed arrays count by content. */
export const callKey = (name: string, input: unknown): string =>
  `${name}:${JSON.stringify(input, (_, value: unknown) =>
    ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value,
  )}`;
