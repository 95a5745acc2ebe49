// From the bytes of a label file to text and JSON, with an error that names the file.

import { CocoError } from '../coco-error.ts';
import { piecesOf } from '../json/byte-source.ts';
import { type Phrase, phrase, type Words } from '../phrase.ts';
import type { SourceTree } from './format.ts';
import { extensionOf } from './safe-path.ts';

/** One error for every reader: `where` is `labels/a.txt:3` (file and line) or a file and a JSON path. */
export function badInput(where: Words, expected: Phrase, found: Words, advice?: Phrase): CocoError {
  return new CocoError('bad-format-input', {
    where,
    expected,
    found,
    ...(advice !== undefined && { advice }),
  });
}

/** What a message shows of a value: JSON, cut after 60 characters. */
export function shown(value: unknown): string {
  const text = value === undefined ? 'nothing' : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/**
 * The text of a file in UTF-8 (with or without a byte order mark) or in UTF-16 with one, as spreadsheets write it.
 *
 * @throws CocoError `bad-format-input` for bytes that are no text.
 */
export async function readText(tree: SourceTree, path: string): Promise<string> {
  const bytes = await tree.read(path);
  try {
    return new TextDecoder(encodingOf(bytes), { fatal: true }).decode(bytes);
  } catch {
    throw noText(path);
  }
}

/** The same piece by piece; none is empty. */
export async function* readTextInPieces(tree: SourceTree, path: string): AsyncGenerator<string> {
  let decoder: TextDecoder | undefined;
  try {
    for await (const piece of readInPieces(tree, path)) {
      decoder ??= new TextDecoder(encodingOf(piece), { fatal: true });
      const text = decoder.decode(piece, { stream: true });
      if (text !== '') yield text;
    }
    const rest = decoder?.decode() ?? '';
    if (rest !== '') yield rest;
  } catch (error) {
    throw error instanceof TypeError ? noText(path) : error;
  }
}

/** Enough to tell the encoding of a text by. */
const leastStart = 256;

/** The bytes of a file, in pieces of some megabytes at most. The first one tells the encoding, however small the pieces come. */
export async function* readInPieces(tree: SourceTree, path: string): AsyncGenerator<Uint8Array> {
  let start = new Uint8Array();
  let isStarted = false;
  for await (const piece of piecesOf(tree.pieces?.(path) ?? (await tree.read(path)))) {
    if (isStarted) {
      yield piece;
      continue;
    }
    const joined = new Uint8Array(start.length + piece.length);
    joined.set(start);
    joined.set(piece, start.length);
    start = joined;
    isStarted = start.length >= leastStart;
    if (isStarted) yield start;
  }
  if (!isStarted && start.length > 0) yield start;
}

const encodingOf = (bytes: Uint8Array): string =>
  bytes[0] === 0xff && bytes[1] === 0xfe
    ? 'utf-16le'
    : bytes[0] === 0xfe && bytes[1] === 0xff
      ? 'utf-16be'
      : 'utf-8';

const noText = (path: string): CocoError =>
  badInput(
    path,
    phrase`text in UTF-8`,
    phrase`bytes that are none`,
    phrase`Save the file as UTF-8.`,
  );

/** @throws CocoError `bad-format-input` for what is no JSON. */
export async function readJson(tree: SourceTree, path: string): Promise<unknown> {
  const text = await readText(tree, path);
  try {
    return JSON.parse(text);
  } catch (error) {
    throw badInput(path, phrase`JSON`, (error as Error).message);
  }
}

/** The value as an object, or undefined for arrays, null and everything else. */
export function objectOf(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined;
}

/** The first 64 KiB of a file as text, whatever they are: enough to recognise a format by. */
export async function startOfText(tree: SourceTree, path: string): Promise<string> {
  const bytes = await tree.read(path);
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  return new TextDecoder(encoding).decode(bytes.subarray(0, 65536));
}

/** The first few files with that extension: a tree may hold a hundred thousand. */
export function firstPaths(tree: SourceTree, extension: string, count = 3): string[] {
  const found: string[] = [];
  for (const path of tree.paths) {
    if (found.length === count) break;
    if (extensionOf(path) === extension) found.push(path);
  }
  return found;
}
