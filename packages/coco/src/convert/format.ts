// What every other annotation format looks like from here: a tree of files on one side, a COCO
// dataset on the other, and the list of what did not fit through. How COCO carries splits, labels of whole
// pictures and captions is written in `conventions.ts`.
//
// Bad input, in every reader alike:
// - One record that cannot be used (a line, an object, the label file of one picture, a picture that
//   does not open, a name that leads out of the tree) is left out and counted as the loss
//   `unusable-records`, with file, line and reason. The rest is read: nobody wants ten thousand
//   label files refused for one.
// - A file on which everything else rests (`data.yaml`, a table's header, the one JSON or XML of a whole
//   dataset) is a CocoError when it cannot be understood.
// - When records were there and none could be used, the first one's CocoError is thrown: the tree is
//   then most likely of another format. Pictures that nobody has annotated do not count against it.
//
// What a reader adds: `area`, `bbox` and `iscrowd` are filled in where the shape implies them. Ids count
// from 1, pictures in the order of their paths, annotations in the order of the files.

import type { CocoDataset } from '../types.ts';
import type { Loss } from './loss.ts';

/** The files of a folder or an archive, with `/` between folders; who opens them is not our concern. */
export interface SourceTree {
  /** Every file's path, relative to the tree's root, in the order of their code points. */
  readonly paths: readonly string[];
  read(path: string): Promise<Uint8Array>;
  /** The same piece by piece, which readers prefer for what may be large. */
  readonly pieces?: (path: string) => AsyncIterable<Uint8Array>;
  /** Pixels of a picture as it is shown, that is after its EXIF orientation. Rejects for what is no picture. */
  imageSize(path: string): Promise<{ width: number; height: number }>;
}

/**
 * A file to be written: text, whole or in pieces to be joined, or the picture that the dataset knows as
 * `imageFileName`. `for await` reads pieces of either kind.
 */
export type OutputFile =
  | { path: string; text: string | Iterable<string> | AsyncIterable<string> }
  | { path: string; imageFileName: string };

/** Some pictures and what is on them. Ids go on from part to part; the categories come with the last one. */
export interface ReadPart {
  dataset: CocoDataset;
  /** Where in the tree each picture lies, by its `file_name`; pictures that are not in the tree are missing. */
  imagePaths: Map<string, string>;
}

export interface ReadResult extends ReadPart {
  /** What the files say and COCO cannot, and records that could not be used. */
  losses: Loss[];
}

export interface WriteResult {
  /** Made one by one while they are asked for, so that a large dataset is never all text at once. */
  files: Iterable<OutputFile>;
  /** What COCO says and the format cannot; complete once `files` and their texts have been read to the end. */
  losses: Loss[];
}

/** What an annotation is written as, where a format knows several kinds. */
export type WriteTask = 'detect' | 'segment' | 'pose' | 'classify';

export interface WriteOptions {
  /** Default: what the dataset holds most of. */
  task?: WriteTask;
  /** Put the pictures beside the labels where the format wants it so. Default: true. */
  withImages?: boolean;
}

/** Both directions of one format, and how to recognise it. */
export interface AnnotationFormat {
  /** As written on the command line: `yolo`. */
  name: string;
  /** As written for people: `YOLO (Ultralytics layout)`. */
  title: string;
  /** What its writer can be asked for; missing where there is but one way. */
  tasks?: readonly WriteTask[];
  /**
   * True where the paths alone, or the start of a telling file, show that the tree is of this format.
   * Called for every format when none was named.
   */
  recognises(tree: SourceTree): Promise<boolean>;
  /** @throws CocoError `bad-format-input`, naming the file, what was expected and what came. */
  read(tree: SourceTree): Promise<ReadResult>;
  /** The same part by part, and last what is left; formats have it that keep a file for each picture. */
  readParts?(tree: SourceTree): AsyncGenerator<ReadPart, ReadResult>;
  /** @throws CocoError `unsafe-path` for a picture whose name leads out of the dataset's folder. */
  write(dataset: CocoDataset, options?: WriteOptions): WriteResult;
}
