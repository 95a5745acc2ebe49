/** A tensor outside of the runtime, in its element type's own array. */
export type HostTensor =
  | { readonly type: 'float32'; readonly shape: readonly number[]; readonly data: Float32Array }
  | { readonly type: 'uint8'; readonly shape: readonly number[]; readonly data: Uint8Array }
  | { readonly type: 'int64'; readonly shape: readonly number[]; readonly data: BigInt64Array };
