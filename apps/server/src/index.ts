// What the command line uses to bring up a workbench. What finds one that runs is `running-workbench.ts`.

export { firstFreePort } from './http/free-port.ts';
export { openWebApp } from './pages/web-app.ts';
export {
  startWorkbench,
  usualEndpoints,
  usualFolders,
  type Workbench,
  type WorkbenchEvent,
  type WorkbenchOptions,
} from './workbench.ts';
