// Holds every import against the arrows that ARCHITECTURE.md draws, and pure packages to their promise.

import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { join } from 'node:path';
import { test } from 'node:test';
import { importsOf, resolveImport, root, type SourceFile, sourceFiles } from './sources.ts';

/** Which workspace may use which; what is not listed may not be imported. */
const arrows: Record<string, { uses: string[]; isPure: boolean }> = {
  'packages/coco': { uses: [], isPure: true },
  'packages/annotator': { uses: ['packages/coco'], isPure: true },
  'packages/graph': { uses: [], isPure: true },
  'packages/train': { uses: ['packages/coco', 'packages/graph'], isPure: false },
  'packages/api': { uses: ['packages/coco'], isPure: false },
  'packages/embeddings': { uses: [], isPure: true },
  'packages/store': { uses: ['packages/coco', 'packages/embeddings'], isPure: false },
  'apps/server': {
    uses: [
      'packages/api',
      'packages/coco',
      'packages/embeddings',
      'packages/store',
      'packages/train',
    ],
    isPure: false,
  },
  'apps/web': { uses: ['packages/annotator', 'packages/api', 'packages/coco'], isPure: false },
  'apps/cli': {
    uses: ['packages/api', 'packages/coco', 'packages/train', 'apps/server'],
    isPure: false,
  },
};

const files = sourceFiles();
const workspaces = [...new Set(files.flatMap(({ workspace }) => workspace ?? []))];
const manifestOf = (workspace: string) =>
  JSON.parse(readFileSync(join(root, workspace, 'package.json'), 'utf8')) as {
    name: string;
    dependencies?: Record<string, string>;
    devDependencies?: Record<string, string>;
  };
const rootManifest = manifestOf('.');
const workspaceOfName = new Map(
  workspaces.map((workspace) => [manifestOf(workspace).name, workspace]),
);

/** `@scope/name/deep` and `name/deep` without what follows the package's name. */
const packageNameOf = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function complaintsAbout(file: SourceFile): string[] {
  return file.imports.flatMap(({ specifier }) => {
    const complain = (reason: string) => [`${file.path} imports ${specifier}: ${reason}`];
    if (specifier.startsWith('.')) {
      const target = resolveImport(file, specifier);
      if (!existsSync(join(root, target))) return complain('there is no such file');
      const isOutside = file.workspace !== undefined && !target.startsWith(`${file.workspace}/`);
      return isOutside ? complain('it leads out of its workspace; import the package by name') : [];
    }
    const { workspace } = file;
    if (isBuiltin(specifier)) {
      if (!specifier.startsWith('node:')) return complain('write it as node:…');
      const isPure = workspace !== undefined && arrows[workspace]?.isPure;
      return isPure && !file.isTest ? complain('this package is pure') : [];
    }
    const name = packageNameOf(specifier);
    const target = workspaceOfName.get(name);
    const manifest = workspace === undefined ? rootManifest : manifestOf(workspace);
    if (target !== undefined) {
      const isAllowed = workspace === undefined || arrows[workspace]?.uses.includes(target);
      if (!isAllowed) return complain(`no arrow leads from ${workspace} to ${target}`);
      const isDeclared = workspace === undefined || manifest.dependencies?.[name] !== undefined;
      return isDeclared ? [] : complain(`package.json of ${workspace} does not name it`);
    }
    const isForTests = file.isTest || workspace === undefined;
    const isDeclared =
      manifest.dependencies?.[name] !== undefined ||
      (isForTests &&
        (manifest.devDependencies?.[name] ?? rootManifest.devDependencies?.[name]) !== undefined);
    return isDeclared ? [] : complain('package.json does not name it as a dependency');
  });
}

test('every workspace has its arrows declared', () => {
  assert.deepEqual(Object.keys(arrows).sort(), workspaces.toSorted());
});

test('imports follow the arrows and name only declared dependencies', () => {
  assert.deepEqual(files.flatMap(complaintsAbout), []);
});

test('finds imports in every form in which TypeScript writes them', () => {
  const text = readFileSync(join(import.meta.dirname, 'fixtures/imports.txt'), 'utf8');
  assert.deepEqual(
    importsOf(text).map(
      ({ specifier, isTypeOnly }) => `${specifier}${isTypeOnly ? ' (type)' : ''}`,
    ),
    ['one', 'two (type)', './three.ts', './four.ts', './five.ts (type)', './six.ts', 'seven'],
  );
});

test('pure packages read no clock, no randomness and nothing of the machine', () => {
  const impure =
    /\b(Date\.now|new Date|performance\.|Math\.random|setTimeout|setInterval|fetch\(|process\.|console\.|globalThis)/;
  const complaints = files
    .filter(
      ({ workspace, isTest }) => workspace !== undefined && arrows[workspace]?.isPure && !isTest,
    )
    .flatMap(({ path, text }) =>
      text.split('\n').flatMap((line, index) => {
        const isComment = /^\s*(\/\/|\*|\/\*)/.test(line);
        return !isComment && impure.test(line) ? [`${path}:${index + 1}: ${line.trim()}`] : [];
      }),
    );
  assert.deepEqual(complaints, []);
});

test('no file imports itself through others', () => {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (path: string, trail: string[]): void => {
    const seenAt = trail.indexOf(path);
    if (seenAt >= 0) {
      circles.push([...trail.slice(seenAt), path].join(' → '));
      return;
    }
    const file = byPath.get(path);
    if (file === undefined || done.has(path)) return;
    for (const { specifier } of file.imports) {
      if (specifier.startsWith('.')) walk(resolveImport(file, specifier), [...trail, path]);
    }
    done.add(path);
  };
  for (const { path } of files) walk(path, []);
  assert.deepEqual(circles, []);
});

test('a file past 500 lines says at its top why it is one piece', () => {
  const long = files.filter(({ text }) => text.split('\n').length > 500);
  const silent = long.filter(({ text }) => !/^\/\/[\s\S]{0,600}one piece/.test(text));
  assert.deepEqual(
    silent.map(({ path }) => path),
    [],
  );
});
