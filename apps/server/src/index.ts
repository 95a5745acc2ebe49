// What the command line uses to bring up a workbench.

export { openWebApp } from './pages/web-app.ts';
export {
  portTakenCode,
  startWorkbench,
  type Workbench,
  type WorkbenchEvent,
  type WorkbenchOptions,
} from './workbench.ts';
