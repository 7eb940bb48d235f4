/** What is used of WebAssembly. The language's own library does not declare it, since not every host has it. */
export interface WasmMemory {
  readonly buffer: SharedArrayBuffer;
  /** Adds pages of 64 KB; the number of pages before. Throws a RangeError where there is no room. */
  grow(pages: number): number;
}

/** Memory of one thread. Growing it makes all views of its buffer useless. */
export interface LocalMemory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface WebAssemblyApi {
  readonly Module: new (bytes: Uint8Array) => object;
  readonly Instance: new (module: object, imports: object) => { readonly exports: object };
  readonly Memory: {
    new (limits: { initial: number; maximum: number; shared: true }): WasmMemory;
    new (limits: { initial: number; maximum: number }): LocalMemory;
  };
  validate(bytes: Uint8Array): boolean;
}

/** Node and browsers have it. */
export const webAssembly = (globalThis as unknown as { WebAssembly: WebAssemblyApi }).WebAssembly;

/** Size of a page of memory in bytes. */
export const PAGE = 65_536;

/** Memory that all threads share: it begins small and grows to 4 GB at most. Messages to other threads may carry it. */
export const sharedMemory = (): WasmMemory => new webAssembly.Memory({ initial: 16, maximum: PAGE, shared: true });

/** Memory of this thread alone, which copies faster. */
export const localMemory = (pages: number): LocalMemory =>
  new webAssembly.Memory({ initial: Math.max(16, pages), maximum: PAGE });
