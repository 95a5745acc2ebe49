// Makes a workspace with nothing in it, whose database the tests copy.
//
//   node scripts/empty-workspace.ts FOLDER

import { startWorkbench } from '../apps/server/src/workbench.ts';

const { stop } = await startWorkbench({ workspaceDir: process.argv[2], workerCount: 0 });
await stop();
