// The least of a workbench: starts the database, prints its address, and stops it when told to.

import { startDatabase } from './start-database.ts';

const database = await startDatabase({ workspaceDir: process.argv[2] });
const keepRunning = setInterval(() => {}, 60_000);
process.once('SIGTERM', async () => {
  clearInterval(keepRunning);
  await database.stop();
});
// Last: whoever reads it may stop us at once.
console.log(database.connectionString);
