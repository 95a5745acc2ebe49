// What the command line uses to bring up a workbench, and to find one that runs.

export { findWorkspaceHolder } from '@migaki/store';
export { firstFreePort } from './http/free-port.ts';
export { openWebApp } from './pages/web-app.ts';
export { readLocalToken } from './secrets.ts';
export {
  startWorkbench,
  type Workbench,
  type WorkbenchEvent,
  type WorkbenchOptions,
} from './workbench.ts';
