// A workbench in a process of its own, for tests that kill it. Arguments: the workspace, the folder to import from.

import { startWorkbench } from '../workbench.ts';

const [workspaceDir, folder] = process.argv.slice(2);
const { address, loginToken } = await startWorkbench({ workspaceDir, allowedFolders: [folder] });
console.log(JSON.stringify({ address, loginToken }));
