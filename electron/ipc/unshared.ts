type TypedArray = Float64Array | Float32Array | Int32Array | Uint32Array | Uint8Array;

/**
 * The same message with every array in a buffer of its own. Shared memory cannot cross to another process, and a view
 * into a large buffer would take the whole buffer along.
 */
export function unshared<T>(message: T): T {
  return copy(message) as T; // same shape, other buffers
}

function copy(value: unknown): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (ArrayBuffer.isView(value)) return ownsItsBuffer(value) ? value : (value as TypedArray).slice();
  if (Array.isArray(value)) return value.map(copy);
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, copy(part)]));
}

const ownsItsBuffer = ({ buffer, byteLength }: ArrayBufferView): boolean =>
  buffer instanceof ArrayBuffer && buffer.byteLength === byteLength;
