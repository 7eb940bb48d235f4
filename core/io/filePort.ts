/** What lies in a folder. */
export interface FileEntry {
  /** Full path, to be given back to the port. */
  readonly path: string;
  readonly name: string;
}

/**
 * How this folder reaches files, so that it can read from a disk, from memory in tests, or from anywhere else.
 * Compressed files (gzip) are delivered decompressed by `open` and `head`.
 */
export interface FilePort {
  /** The files directly in a folder, sorted by name; null when the path is a file. */
  list(path: string): Promise<readonly FileEntry[] | null>;
  /** Bytes on the disk (compressed, where the file is). */
  size(path: string): Promise<number>;
  /** The content from beginning to end. `onBytes` hears how many bytes of the disk file each step used. */
  open(path: string, onBytes?: (count: number) => void): AsyncIterable<Uint8Array>;
  /** At most the first `bytes` bytes of content. */
  head(path: string, bytes: number): Promise<Uint8Array>;
  /** A dataset file may name files anywhere: who typed its path on the command line may read them all the same. */
  readonly namesAnywhere?: boolean;
}
