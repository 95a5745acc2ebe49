// What every other annotation format looks like from here: a tree of files on one side, a COCO
// dataset on the other, and the list of what did not fit through.

import type { CocoDataset } from "../types.ts";
import type { Loss } from "./loss.ts";

/** The files of a folder or an archive, with `/` between folders; who opens them is not our concern. */
export interface SourceTree {
  /** Every file's path, relative to the tree's root, in the order of their code points. */
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
  /** Pixels of a picture as it is shown, that is after its EXIF orientation. Rejects for what is no picture. */
  imageSize(path: string): Promise<{ width: number; height: number }>;
}

/** A file to be written: text, or the picture that the dataset knows as `imageFileName`. */
export type OutputFile = { path: string; text: string } | { path: string; imageFileName: string };

export interface ReadResult {
  dataset: CocoDataset;
  /** What the files say and COCO cannot. */
  losses: Loss[];
}

export interface WriteResult {
  /** Made one by one while they are asked for, so that a large dataset is never all text at once. */
  files: Iterable<OutputFile>;
  /** What COCO says and the format cannot; complete once `files` has been read to its end. */
  losses: Loss[];
}

export interface WriteOptions {
  /** What an annotation is written as, where the format knows several kinds. Default: what the dataset holds most of. */
  task?: "detect" | "segment" | "pose" | "classify";
  /** Put the pictures beside the labels where the format wants it so. Default: true. */
  withImages?: boolean;
}

/** Both directions of one format, and how to recognise it. */
export interface AnnotationFormat {
  /** As written on the command line: `yolo`. */
  name: string;
  /** As written for people: `YOLO (Ultralytics layout)`. */
  title: string;
  /**
   * True where the paths alone, or the start of a telling file, show that the tree is of this format.
   * Called for every format when none was named.
   */
  recognises(tree: SourceTree): Promise<boolean>;
  /** @throws CocoError `bad-format-input`, naming the file, what was expected and what came. */
  read(tree: SourceTree): Promise<ReadResult>;
  write(dataset: CocoDataset, options?: WriteOptions): WriteResult;
}
