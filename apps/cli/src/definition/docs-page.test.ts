import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { loadAllCommands } from '../commands/index.ts';
import { cliFolder } from '../testing/run-migaki.ts';
import { cliPage } from './docs-page.ts';

test('docs/cli.md says what the commands are', async () => {
  const page = readFileSync(join(cliFolder, '../../docs/cli.md'), 'utf8');
  assert.equal(
    page,
    cliPage(await loadAllCommands()),
    'renew it with: npx migaki help --markdown > docs/cli.md',
  );
});
