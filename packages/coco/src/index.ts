export * from "./coco-error.ts";
export * from "./types.ts";
