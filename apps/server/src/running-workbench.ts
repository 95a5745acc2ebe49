// What a command needs to reach a workbench that runs, without loading what one is made of: that would take it longer than
// all the rest.

export { findWorkspaceHolder, type WorkspaceHolder } from '@migaki/store/workspace-lock';
export { readLocalToken } from './secrets.ts';
