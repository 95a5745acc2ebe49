// The project's own TypeScript files and what they import, for tests that hold the code against the design.

import { globSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

export const root = dirname(import.meta.dirname);

export interface Import {
  /** As written: `./rle.ts`, `node:fs`, `@migaki/coco`, `commander`. */
  specifier: string;
  /** True for `import type` and `export type … from`, which leave nothing behind at run time. */
  isTypeOnly: boolean;
}

export interface SourceFile {
  /** Relative to the repository, with `/`. */
  path: string;
  /** Folder of the workspace it belongs to: `packages/coco`; undefined for `bench`, `test` and `scripts`. */
  workspace: string | undefined;
  text: string;
  imports: Import[];
  isTest: boolean;
}

const importPattern =
  /^\s*(?:import|export)\s+(type\s)?[^'";]*?from\s*['"]([^'"]+)['"]|^\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]\s*\)/gm;

/** Every import, export-from and dynamic import of a text in TypeScript. */
export function importsOf(text: string): Import[] {
  return [...text.matchAll(importPattern)].map(([, type, from, bare, dynamic]) => ({
    specifier: from ?? bare ?? dynamic,
    isTypeOnly: type !== undefined,
  }));
}

export function sourceFiles(): SourceFile[] {
  return globSync('{packages,apps}/*/src/**/*.{ts,tsx}', { cwd: root })
    .concat(globSync('{bench,test,scripts}/**/*.ts', { cwd: root }))
    .map((file) => file.replaceAll('\\', '/'))
    .sort()
    .map((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return {
        path,
        workspace: /^(packages|apps)\/[^/]+/.exec(path)?.[0],
        text,
        imports: importsOf(text),
        isTest: /\.test\.tsx?$/.test(path) || path.includes('/testing/'),
      };
    });
}

/** The file that a relative import of `from` leads to. */
export function resolveImport(from: SourceFile, specifier: string): string {
  return normalize(join(dirname(from.path), specifier)).replaceAll('\\', '/');
}
