// The element types of tensors: ONNX's TensorProto.DataType, less strings, complex numbers and the 4- and 8-bit floats.

/** `code` is ONNX's number of the type; `short` is how prints name it. */
export const elementTypes = {
  float32: { code: 1, short: 'f32', bytes: 4 },
  uint8: { code: 2, short: 'u8', bytes: 1 },
  int8: { code: 3, short: 'i8', bytes: 1 },
  uint16: { code: 4, short: 'u16', bytes: 2 },
  int16: { code: 5, short: 'i16', bytes: 2 },
  int32: { code: 6, short: 'i32', bytes: 4 },
  int64: { code: 7, short: 'i64', bytes: 8 },
  bool: { code: 9, short: 'bool', bytes: 1 },
  float16: { code: 10, short: 'f16', bytes: 2 },
  float64: { code: 11, short: 'f64', bytes: 8 },
  uint32: { code: 12, short: 'u32', bytes: 4 },
  uint64: { code: 13, short: 'u64', bytes: 8 },
  bfloat16: { code: 16, short: 'bf16', bytes: 2 },
} as const satisfies Record<string, { code: number; short: string; bytes: number }>;

export type ElementType = keyof typeof elementTypes;

const typeOfCode = new Map(
  Object.entries(elementTypes).map(([type, { code }]) => [code as number, type as ElementType]),
);

/** The element type with ONNX's number `code`, or undefined for one that this package does not carry. */
export const elementTypeOfCode = (code: number): ElementType | undefined => typeOfCode.get(code);

/** True for the types that gradients flow through. */
export const isFloating = (type: ElementType): boolean =>
  type === 'float32' || type === 'float64' || type === 'float16' || type === 'bfloat16';
