/** A table of sentences: what happened, where, and what to do. The sentence may be reworded freely, the code may not. */
export type Sentences<T> = { readonly [C in keyof T]: (details: T[C]) => string };
